//! What a person typed, as the HTML that is sent.

use std::collections::HashSet;

use crate::domain::{Body, Prose, Text};

use super::html::{escape, parse, source};
use super::links::addresses;
use super::visible::start_of;

/// The most that is quoted, in bytes of HTML. Longer posts are cut.
const MAX_QUOTED: usize = 200_000;

/// The HTML of typed `text`: a `div` for each line with everything escaped, spaces kept, and addresses as links; below
/// it, if given, `quoted` (from [`quote_of`], or clean HTML like it) as a quote.
pub fn reply_html(text: &str, quoted: Option<&str>) -> String {
    let mut html = String::new();
    for line in Prose::new(text).as_str().trim_end().split('\n') {
        let line = if line.is_empty() {
            "<br>".to_owned()
        } else {
            line_html(line)
        };
        // Each line goes in the direction of its own script.
        html.push_str(&format!("<div dir=\"auto\">{line}</div>"));
    }
    if let Some(quoted) = quoted {
        // The attribute and the style by which Apple Mail, Thunderbird and Gmail mark a quote. What was answered and who
        // said it are all inside, so that the element alone tells the two apart, whatever else a server rewrites.
        html.push_str(
            "<br><blockquote type=\"cite\" style=\"margin:0 0 0 0.8ex;border-left:1px solid #ccc;padding-left:1ex\">",
        );
        html.push_str(quoted);
        html.push_str("</blockquote>");
    }
    html
}

/// The HTML to quote a post by: a line with its author and time, and its body with everything removed that could run,
/// fetch, or style. Images become their descriptions.
pub fn quote_of(body: &Body, author: &str, when: &str) -> String {
    let header = format!("On {}, {} wrote:", Text::new(when), Text::new(author));
    let quoted = match body {
        // Through our own bounded parser first: ammonia's has no bounds.
        Body::Html(html) => cleaner()
            .clean(&source(&parse(html.source()).dom, MAX_QUOTED))
            .to_string(),
        Body::Plain(prose) => {
            let text = start_of(prose.as_str(), MAX_QUOTED);
            text.split('\n')
                .map(|line| format!("{}<br>", line_html(line)))
                .collect()
        }
    };
    format!("<div>{}</div><div>{quoted}</div>", escape(&header))
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None);
    cleaner
}

/// One typed line, escaped, with links.
fn line_html(line: &str) -> String {
    let mut html = String::new();
    let mut done = 0;
    for (range, target) in addresses(line) {
        if !target.starts_with("https://") && !target.starts_with("http://") {
            continue;
        }
        let written = line.get(range.clone()).unwrap_or_default();
        html.push_str(&escape(line.get(done..range.start).unwrap_or_default()));
        html.push_str(&format!("<a href=\"{}\">{}</a>", escape(&target), escape(written)));
        done = range.end;
    }
    html.push_str(&escape(line.get(done..).unwrap_or_default()));
    keep_spaces(&html)
}

/// Hard spaces for all spaces but the first between two words, which HTML would take away.
fn keep_spaces(html: &str) -> String {
    let hard = if html.starts_with(' ') {
        format!("&nbsp;{}", html.get(1..).unwrap_or_default())
    } else {
        html.to_owned()
    };
    hard.replace("  ", " &nbsp;")
}
