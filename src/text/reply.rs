//! What a person wrote, as the HTML that is sent.

use std::collections::HashSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use crate::domain::{Body, Draft, Enclosed, Format, Html, Kind, Prose, Text};

use super::html::{escape, parse, source};
use super::links::addresses;
use super::visible::start_of;

/// The most that is quoted, in bytes of HTML. Longer posts are cut.
const MAX_QUOTED: usize = 200_000;

/// The most that is sent of Markdown, in bytes of HTML: as much as Graph takes.
const MAX_MARKDOWN: usize = 4 << 20;

/// What goes out with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// A body.
    Html(String),
    /// Words beside a forwarded post: Graph takes no HTML there.
    Comment(String),
}

impl Wording {
    /// Of a draft as it stands.
    pub fn of(draft: &Draft) -> Self {
        let Draft { text, with, target, .. } = draft;
        match (&target.kind, &with.signature) {
            (Kind::Forward { .. }, None) => Wording::Comment(text.clone()),
            (Kind::Forward { .. }, Some(signature)) => Wording::Comment(format!("{text}\n\n-- \n{signature}")),
            _ => Wording::Html(draft_html(text, with, target.quoted.as_deref())),
        }
    }

    /// As it goes out.
    pub fn content(&self) -> &str {
        let (Wording::Html(content) | Wording::Comment(content)) = self;
        content
    }

    /// As whoever gets it reads it.
    pub fn body(&self) -> Body {
        match self {
            Wording::Html(html) => Body::Html(Html::new(html.as_str())),
            Wording::Comment(words) => Body::Plain(Prose::new(words)),
        }
    }
}

/// The HTML of a draft's `text` in its format, with its signature below; below that, if given, `quoted` (from [`quote_of`],
/// or clean HTML like it) as a quote.
pub fn draft_html(text: &str, with: &Enclosed, quoted: Option<&str>) -> String {
    let mut html = own_html(text, with);
    if let Some(quoted) = quoted {
        add_quote(&mut html, quoted);
    }
    html
}

/// The HTML of a draft's own words: [`draft_html`] without what is quoted.
pub fn own_html(text: &str, with: &Enclosed) -> String {
    let of = match with.format {
        Format::Plain => plain_html,
        Format::Markdown => markdown_html,
    };
    let mut html = of(text);
    if let Some(signature) = &with.signature {
        // The line above a signature, by which mail programs know it (RFC 3676 §4.3).
        html.push_str("<div><br></div><div>--&nbsp;</div>");
        html.push_str(&of(signature));
    }
    html
}

/// The HTML of Markdown (CommonMark with tables and strikethrough), with everything removed that could run, fetch or style.
/// Bare addresses become links, and images links to where they are: a mail that fetches tells who reads it.
fn markdown_html(text: &str) -> String {
    let text = Prose::new(text);
    let parser = Parser::new_ext(text.as_str(), Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut verbatim = 0_usize;
    let events = TextMergeStream::new(parser).map(|event| match event {
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            verbatim += 1;
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            })
        }
        Event::End(TagEnd::Image) => {
            verbatim = verbatim.saturating_sub(1);
            Event::End(TagEnd::Link)
        }
        Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => {
            verbatim += 1;
            event
        }
        Event::End(TagEnd::Link | TagEnd::CodeBlock) => {
            verbatim = verbatim.saturating_sub(1);
            event
        }
        Event::Text(text) if verbatim == 0 => Event::InlineHtml(with_links(&text).into()),
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    // Through our own bounded parser first: ammonia's has no bounds.
    cleaner().clean(&source(&parse(&html).dom, MAX_MARKDOWN)).to_string()
}

/// The most of a body that is written to a page, in bytes of HTML.
const MAX_WRITTEN: usize = 4_000_000;

/// The HTML of typed `text`: a `div` for each line with everything escaped, spaces kept, and addresses as links.
fn plain_html(text: &str) -> String {
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
    html
}

fn add_quote(html: &mut String, quoted: &str) {
    // The attribute and the style by which Apple Mail, Thunderbird and Gmail mark a quote. What was answered and who
    // said it are all inside, so that the element alone tells the two apart, whatever else a server rewrites.
    html.push_str(
        "<br><blockquote type=\"cite\" style=\"margin:0 0 0 0.8ex;border-left:1px solid #ccc;padding-left:1ex\">",
    );
    html.push_str(quoted);
    html.push_str("</blockquote>");
}

/// The HTML to quote a post by: a line with its author and time, and its body with everything removed that could run,
/// fetch, or style. Images become their descriptions.
pub fn quote_of(body: &Body, author: &str, when: &str) -> String {
    let header = format!("On {}, {} wrote:", Text::new(when), Text::new(author));
    let quoted = match body {
        Body::Html(html) => harmless(html, MAX_QUOTED),
        Body::Plain(prose) => {
            let text = start_of(prose.as_str(), MAX_QUOTED);
            text.split('\n')
                .map(|line| format!("{}<br>", line_html(line)))
                .collect()
        }
    };
    format!("<div>{}</div><div>{quoted}</div>", escape(&header))
}

/// A body as HTML with everything removed that could run, fetch, or style, drive a terminal or reorder what is read: for a
/// page that others open in a browser.
/// Images become their descriptions. Very long ones are cut.
pub fn harmless_html(body: &Body) -> String {
    match body {
        Body::Html(html) => harmless(html, MAX_WRITTEN),
        Body::Plain(prose) => format!("<pre>{}</pre>", escape(prose.as_str())),
    }
}

fn harmless(html: &Html, limit: usize) -> String {
    // Through our own bounded parser first: ammonia's has no bounds.
    cleaner().clean(&source(&parse(html.source()).dom, limit)).to_string()
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None);
    cleaner
}

/// One typed line, escaped, with links and with its spaces.
fn line_html(line: &str) -> String {
    keep_spaces(&with_links(line))
}

/// Words, escaped, with links.
fn with_links(line: &str) -> String {
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
    html
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
