//! Typed text to HTML.

use crate::domain::{Body, Prose};

/// The HTML of what a person typed: a `div` for each line, escaped, with the quoted HTML below it.
pub fn reply_html(text: &str, quoted: Option<&str>) -> String {
    let mut html = String::new();
    for line in Prose::new(text).as_str().trim_end().split('\n') {
        let line = if line.is_empty() { "<br>".into() } else { escape(line) };
        html.push_str(&format!("<div>{line}</div>"));
    }
    if let Some(quoted) = quoted {
        html.push_str(&format!("<br><blockquote type=\"cite\">{quoted}</blockquote>"));
    }
    html
}

/// The cleaned HTML of a post to quote, under a line that says who wrote it and when.
pub fn quote_of(body: &Body, author: &str, when: &str) -> String {
    let header = escape(&format!("On {when}, {author} wrote:"));
    let quoted = match body {
        Body::Html(html) => ammonia::clean(html.source()),
        Body::Plain(prose) => escape(prose.as_str()).replace('\n', "<br>"),
    };
    format!("<div>{header}</div>{quoted}")
}

fn escape(text: &str) -> String {
    ammonia::clean_text(text)
}
