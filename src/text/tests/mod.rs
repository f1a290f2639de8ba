//! The text room as a whole: bodies in, lines out.

mod answers;
mod corpus;
mod deceiving;
mod demo;
mod farewells;
mod headers;
mod hostile;
mod mails;
mod own;
mod placing;
mod reading;
mod replies;
mod seen;

use super::*;
use crate::domain::{Body, Html, Prose, Text};

fn html(source: &str) -> Body {
    Body::Html(Html::new(source))
}

fn plain(source: &str) -> Body {
    Body::Plain(Prose::new(source))
}

/// The lines' text, with bars for quotes.
fn text_of(body: &Body, width: u16) -> String {
    let lines = typeset(body, width).lines;
    lines
        .iter()
        .map(|line| format!("{}{}\n", "| ".repeat(line.quote.into()), line.text()))
        .collect()
}

/// Everything about a layout, to be read by a person: the part and the depth of each line, and each run's role.
fn sketch(body: &Body, width: u16) -> String {
    let typeset = typeset(body, width);
    let mut sketch = String::new();
    for line in &typeset.lines {
        let part = match line.part {
            Part::Body => ' ',
            Part::QuoteHeader => 'H',
            Part::Extract => 'X',
            Part::Signature => 'S',
            Part::SmallPrint => 'P',
        };
        let runs: String = line.runs.iter().map(draw_run).collect();
        let line = format!("{part}{} {runs}", "|".repeat(line.quote.into()));
        sketch.push_str(line.trim_end());
        sketch.push('\n');
    }
    for link in &typeset.links {
        let elsewhere = if link.elsewhere { " (!)" } else { "" };
        sketch.push_str(&format!(
            "[{}] {} -> {}{elsewhere}\n",
            link.number, link.label, link.shown
        ));
    }
    if let Some(notice) = &typeset.notice {
        sketch.push_str(&format!("notice: {notice}\n"));
    }
    sketch
}

fn draw_run(run: &Run) -> String {
    let name = match run.role {
        Role::Plain | Role::TableRule | Role::LinkNumber(_) => return run.text.to_string(),
        Role::Heading(level) => format!("h{level}"),
        Role::Strong => "b".into(),
        Role::Emphasis => "i".into(),
        Role::StrongEmphasis => "bi".into(),
        Role::Strike => "s".into(),
        Role::Code => "c".into(),
        Role::Link(number) => format!("a{number}"),
        Role::Image => "img".into(),
        Role::Bullet => "li".into(),
    };
    format!("{{{name}:{}}}", run.text)
}
