//! A thread in Markdown (CommonMark with GitHub's strikethrough), attachments beside it.

use super::story::{Enclosed, Story};
use super::{Saved, Times};
use crate::domain::{Body, Group, Recipient};
use crate::text::{self, Line, Link, Role, Run, Typeset, markdown_literal as literal};

/// Lines are not wrapped: whatever shows the file does that.
const WIDTH: u16 = 1000;
/// A thread as one document.
pub fn write(group: &Group, story: &Story, saved: &[Saved], times: &Times<'_>) -> String {
    let mut out = format!("# {}\n\n", literal(story.thread.topic.as_str()));
    let to = Recipient::listed(&story.thread.to_recipients);
    let copies = Recipient::listed(&story.thread.cc_recipients);
    for (label, words) in [("Group", group.name.to_string()), ("To", to), ("Copies", copies)] {
        if !words.is_empty() {
            out.push_str(&format!("- {label}: {}\n", literal(&words)));
        }
    }
    let mut enclosed = story.enclosed().zip(saved).peekable();
    for (number, told) in (1..).zip(&story.posts) {
        let mut head = vec![
            number.to_string(),
            literal(&told.post.author().addressed()),
            times(told.post.when()).to_string(),
        ];
        head.extend(told.post.categories.iter().map(|it| literal(it.as_str())));
        out.push_str(&format!("\n## {}\n\n", head.join(" · ")));
        out.push_str(&body(&told.post.body));
        let mut files = String::new();
        while let Some(((_, it), path)) = enclosed.next_if(|((post, _), _)| post.id == told.post.id) {
            files.push_str(&file(it, path));
        }
        if !files.is_empty() {
            out.push_str(&format!("\n{files}"));
        }
    }
    out
}

fn file(Enclosed { attachment, .. }: &Enclosed, saved: &Saved) -> String {
    let name = literal(attachment.name.as_str());
    match (saved.path(), attachment.inline) {
        (None, _) => format!("- {name} ({})\n", saved.elsewhere()),
        // The names of saved files have no angle brackets.
        (Some(path), true) => format!("- ![{name}](<{path}>)\n"),
        (Some(path), false) => format!("- [{name}](<{path}>) ({})\n", text::bytes(attachment.size)),
    }
}

/// A body's words with their headings, emphasis, links, lists, quotes and tables.
fn body(body: &Body) -> String {
    let typeset = text::typeset(body, WIDTH);
    let mut out = String::new();
    let mut in_table = false;
    let mut lines = typeset.lines.iter().peekable();
    while let Some(line) = lines.next() {
        let quote = "> ".repeat(line.quote.into());
        let is_table = is_drawn(line) || (in_table && !is_blank(line));
        if is_rule(line) && !in_table && !lines.peek().is_some_and(|next| is_drawn(next) && !is_rule(next)) {
            out.push_str(&format!("{quote}---\n"));
            continue;
        }
        if is_table != in_table {
            out.push_str(&format!("{quote}```\n"));
            in_table = is_table;
        }
        if is_table {
            out.push_str(&format!("{quote}{}\n", line.text().replace("```", "'''").trim_end()));
            continue;
        }
        let words = words(line, &typeset);
        // Two spaces make a line end where the author's did.
        let goes_on = lines.peek().is_some_and(|next| !is_blank(next) && !is_drawn(next));
        let end = if words.is_empty() || !goes_on { "" } else { "  " };
        out.push_str(format!("{quote}{words}{end}").trim_start_matches('\n'));
        out.push('\n');
    }
    if in_table {
        out.push_str("```\n");
    }
    if let Some(notice) = &typeset.notice {
        out.push_str(&format!("\n({})\n", literal(notice.as_str())));
    }
    out
}

fn is_blank(line: &Line) -> bool {
    line.runs.iter().all(|run| run.text.trim().is_empty())
}

fn is_drawn(line: &Line) -> bool {
    line.runs.iter().any(|run| run.role == Role::TableRule)
}

fn is_rule(line: &Line) -> bool {
    let rules = |run: &Run| run.text.chars().all(|c| matches!(c, '─' | ' '));
    is_drawn(line) && line.runs.iter().all(rules)
}

fn words(line: &Line, typeset: &Typeset) -> String {
    let mut out = String::new();
    for run in &line.runs {
        let text = literal(&run.text);
        // Markup must touch its words.
        let marked = |mark: &str| {
            let inner = text.trim();
            let (lead, tail) = (text.len() - text.trim_start().len(), text.len() - text.trim_end().len());
            match inner.is_empty() {
                true => text.clone(),
                false => format!("{}{mark}{inner}{mark}{}", " ".repeat(lead), " ".repeat(tail)),
            }
        };
        match run.role {
            Role::LinkNumber(_) => {}
            Role::Heading(level) if out.is_empty() => {
                // The topic is the first level, posts the second.
                let level = usize::from(level.clamp(1, 4)) + 2;
                out.push_str(&format!("{} {}", "#".repeat(level), text.trim_start()));
            }
            Role::Strong => out.push_str(&marked("**")),
            Role::Emphasis => out.push_str(&marked("*")),
            Role::StrongEmphasis => out.push_str(&marked("***")),
            Role::Strike => out.push_str(&marked("~~")),
            Role::Code => out.push_str(&format!("`` {} ``", run.text.replace('`', "'").trim())),
            Role::Link(number) => out.push_str(&link(&text, number, typeset)),
            Role::Bullet => out.push_str(&bullet(&run.text)),
            Role::Plain | Role::Heading(_) | Role::Image | Role::TableRule => out.push_str(&text),
        }
    }
    let first = line.runs.iter().find(|run| !run.text.trim().is_empty());
    let is_markup = first.is_some_and(|run| matches!(run.role, Role::Bullet | Role::Heading(_)));
    harmless_begin(out.trim_end(), is_markup)
}

fn link(text: &str, number: u16, typeset: &Typeset) -> String {
    let Some(link) = Link::numbered(&typeset.links, number) else {
        return text.to_owned();
    };
    let url: String = link
        .url
        .chars()
        .filter(|c| !c.is_control() && !" <>".contains(*c))
        .collect();
    format!("[{text}](<{url}>)")
}

/// The bullet or number of an item as Markdown writes it.
fn bullet(drawn: &str) -> String {
    let indent = drawn.len() - drawn.trim_start().len();
    let is_number = drawn.trim().starts_with(|c: char| c.is_ascii_digit());
    let mark = if is_number { drawn.trim() } else { "-" };
    format!("{}{mark} ", " ".repeat(indent))
}

/// A line of words that begins no list, no rule and no code by accident.
fn harmless_begin(line: &str, is_markup: bool) -> String {
    let begins = line.trim_start();
    let indent = line.len() - begins.len();
    // Four spaces would begin code.
    let lead = " ".repeat(indent.min(3));
    match marker(begins)
        .filter(|_| !is_markup)
        .and_then(|at| begins.split_at_checked(at))
    {
        Some((number, rest)) => format!("{lead}{number}\\{rest}"),
        None => format!("{lead}{begins}"),
    }
}

/// Where in the beginning of a line the sign stands that makes a list or a rule of it.
fn marker(begins: &str) -> Option<usize> {
    let rest = begins.trim_start_matches(|c: char| c.is_ascii_digit());
    let at = begins.len() - rest.len();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let is_rule = !begins.is_empty() && begins.chars().all(|c| matches!(c, '-' | '=' | '+'));
    let is_item = match at {
        0 => rest.strip_prefix(['-', '+']).is_some_and(ends),
        _ => rest.strip_prefix(['.', ')']).is_some_and(ends),
    };
    (is_rule || is_item).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Html;

    fn of(html: &str) -> String {
        body(&Body::Html(Html::new(html)))
    }

    #[test]
    fn a_body_reads_as_markdown() {
        for (html, expected) in [
            ("<p>One *two*</p><p>three_four</p>", "One \\*two\\*\n\nthree\\_four\n"),
            ("<p>One<br>two</p>", "One  \ntwo\n"),
            (
                "<p>A <b>strong</b> and <i>fine</i> word</p>",
                "A **strong** and *fine* word\n",
            ),
            (
                "<p>See <a href=\"https://folk.example/x\">the page</a>.</p>",
                "See [the page](<https://folk.example/x>).\n",
            ),
            ("<blockquote type=\"cite\"><p>said</p></blockquote>", "> said\n"),
            ("<h2>Title</h2><p>x</p>", "#### Title\n\nx\n"),
            ("<p>灯り & שלום</p>", "灯り \\& שלום\n"),
            (
                "<p>- one<br>+ two<br>3. three<br>4) four<br>---<br>-5 2026.</p>",
                "\\- one  \n\\+ two  \n3\\. three  \n4\\) four  \n\\---  \n-5 2026.\n",
            ),
            ("<ol><li>one</li></ol>", "1. one\n"),
        ] {
            assert_eq!(of(html), expected, "{html}");
        }
    }

    #[test]
    fn lists_and_tables_keep_their_shape() {
        let list = of("<ul><li>one</li><li>two</li></ul>");
        assert!(list.lines().all(|line| line.trim_start().starts_with("- ")), "{list}");
        let table = of("<table border=1><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><p>x</p>");
        assert_eq!(table.matches("```").count(), 2, "{table}");
        assert!(table.trim_end().ends_with('x'), "{table}");
    }
}
