//! A thread as a web page: no script, nothing remote, pictures beside it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::story::{Enclosed, Story};
use super::{Saved, Times};
use crate::domain::{Group, Post, Recipient};
use crate::text::{self, escape_html, harmless_html};

/// What stays as it is in the path of a file beside the page.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'/');

const STYLE: &str = "body{max-width:50em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif}\
article{border-top:1px solid #bbb;padding:1em 0}header,footer{color:#666}\
blockquote{margin-left:0;padding-left:1em;border-left:3px solid #ccc;color:#555}img{max-width:100%}pre{overflow:auto}";

/// What a browser may do with the page: nothing but show it and the pictures beside it.
const POLICY: &str = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'";

/// A thread as one page.
pub fn write(group: &Group, story: &Story, saved: &[Saved], times: &Times<'_>) -> String {
    let topic = escape_html(story.thread.topic.as_str());
    let mut page = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{topic}</title>\n<style>{STYLE}</style></head><body>\n<h1 dir=\"auto\">{topic}</h1>\n"
    );
    let mut facts = vec![format!("Group: {}", group.name)];
    let to = Recipient::listed(&story.thread.to_recipients);
    let copies = Recipient::listed(&story.thread.cc_recipients);
    for (label, people) in [("To", to), ("Copies", copies)] {
        if !people.is_empty() {
            facts.push(format!("{label}: {}", people));
        }
    }
    let facts: Vec<String> = facts.iter().map(|fact| escape_html(fact)).collect();
    page.push_str(&format!("<header>{}</header>\n", facts.join("<br>\n")));
    let mut enclosed = story.enclosed().zip(saved).peekable();
    for (number, told) in (1..).zip(&story.posts) {
        page.push_str(&format!(
            "<article id=\"post-{number}\">\n<header><b>{}</b> · {}{}</header>\n<div dir=\"auto\">{}</div>\n",
            escape_html(&told.post.author().addressed()),
            times(told.post.when()),
            categories(&told.post),
            harmless_html(&told.post.body)
        ));
        let mut files = Vec::new();
        while let Some(((_, it), path)) = enclosed.next_if(|((post, _), _)| post.id == told.post.id) {
            files.push(file(it, path));
        }
        if !files.is_empty() {
            page.push_str(&format!("<footer>{}</footer>\n", files.join("<br>\n")));
        }
        page.push_str("</article>\n");
    }
    page.push_str("</body></html>\n");
    page
}

fn categories(post: &Post) -> String {
    post.categories
        .iter()
        .map(|it| format!(" · {}", escape_html(it.as_str())))
        .collect()
}

fn file(Enclosed { attachment, .. }: &Enclosed, saved: &Saved) -> String {
    let name = escape_html(attachment.name.as_str());
    let Some(path) = saved.path() else {
        return format!("{name} ({})", saved.elsewhere());
    };
    let path = utf8_percent_encode(path, PATH);
    match attachment.inline {
        true => format!("<img src=\"{path}\" alt=\"{name}\">"),
        false => format!("<a href=\"{path}\">{name}</a> ({})", text::bytes(attachment.size)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::story::tests::story;
    use super::*;

    #[test]
    fn nothing_of_a_body_can_run_or_fetch() {
        let body = "<p onclick=\"x()\">Hej <b>there</b><script>alert(1)</script></p>\
                    <img src=\"https://tracker.example/x.png\" alt=\"a picture\"><style>p{color:red}</style>\
                    <a href=\"javascript:x()\">no</a> <a href=\"https://folk.example/a?b&c\">yes</a>";
        let group: Group = serde_json::from_str(r#"{"id": "g", "displayName": "<Group> & more"}"#).unwrap();
        let page = write(
            &group,
            &story(&[("a", None, 0, body)]),
            &[],
            &crate::runtime::export::tests::exactly,
        );
        for wrong in [
            "<script",
            "onclick",
            "tracker.example",
            "javascript:",
            "<Group>",
            "color:red",
        ] {
            assert!(!page.contains(wrong), "{wrong}: {page}");
        }
        for right in [
            "Hej <b>there</b>",
            "[a picture]",
            "https://folk.example/a?b&amp;c",
            "2026-11-18T08:26:40Z",
            "山田 花子",
        ] {
            assert!(page.contains(right), "{right}: {page}");
        }
    }
}
