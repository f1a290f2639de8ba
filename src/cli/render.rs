//! `folkmoot render`: a body as a reader sees it, without a tenant. For scripts, and to report one that reads badly.

use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{Colours, RenderArgs};
use super::computed::envelope;
use super::exit::Stop;
use super::output::{self, Screen};
use super::start::Start;
use crate::domain::{Body, Html, Prose, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::text::{self, Fold, FoldKind, Line, Link, Part, Role, Typeset, quote_margin};

/// As much of a file as is read, in bytes. Of that, a body's first megabyte is laid out.
const MOST: u64 = 8 << 20;
/// The width of a page where it is wider than anybody reads.
const WIDEST: u16 = 120;

/// Lays a body out and prints it.
pub fn run(start: &Start, args: &RenderArgs) -> Result<ExitCode, Stop> {
    let body = body(args)?;
    let screen = Screen::of(&start.environment);
    let page = || u16::try_from(screen.page).unwrap_or(WIDEST).min(WIDEST);
    let width = args.width.map_or_else(page, |width| width.get());
    let mut set = text::typeset(&body, width);
    if args.no_fold {
        unfold(&mut set);
    }
    if args.json {
        output::print_json(&as_json(&set, width))?;
        return Ok(ExitCode::SUCCESS);
    }
    let colour = match args.color {
        Colours::Auto => screen.colour,
        Colours::Always => true,
        Colours::Never => false,
    };
    let page = Page {
        set: &set,
        width,
        colour,
    };
    output::print(&page.whole())?;
    Ok(ExitCode::SUCCESS)
}

/// Leaves nothing folded.
fn unfold(set: &mut Typeset) {
    set.folds.iter_mut().for_each(|fold| fold.folded = false);
}

/// Reads the body.
fn body(args: &RenderArgs) -> Result<Body, Stop> {
    let file = args.file.as_deref().filter(|file| file.as_os_str() != "-");
    let mut bytes = Vec::new();
    match file {
        Some(file) => File::open(file).and_then(|file| file.take(MOST).read_to_end(&mut bytes)),
        None => io::stdin().lock().take(MOST).read_to_end(&mut bytes),
    }
    .map_err(|error| unreadable(args, &error))?;
    let is_plain = args.plain || file.is_some_and(|file| file.extension().is_some_and(|ending| ending == "txt"));
    let source = text::decoded(&bytes, !is_plain);
    Ok(if is_plain {
        Body::Plain(Prose::new(&source))
    } else {
        Body::Html(Html::new(source))
    })
}

fn unreadable(args: &RenderArgs, error: &io::Error) -> Problem {
    let name = args
        .file
        .as_deref()
        .map_or("stdin".into(), |file| file.display().to_string());
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ProblemKind::NotFound,
        _ => ProblemKind::General,
    };
    Problem::new(
        kind,
        &format!("Cannot read {}: {error}.", Text::new(&name)),
        "Give the path of a file, or - for what comes on stdin.",
    )
}

/// A body on its way to a terminal or a file.
struct Page<'a> {
    set: &'a Typeset,
    width: u16,
    colour: bool,
}

impl Page<'_> {
    /// All of it: the lines, what the reader should know, and where the links go.
    fn whole(&self) -> String {
        let mut out = String::new();
        let mut folds = self.set.folds.iter().filter(|fold| fold.folded).peekable();
        let mut lines = self.set.lines.iter().enumerate();
        while let Some((number, line)) = lines.next() {
            match folds.next_if(|fold| fold.lines.start == number) {
                Some(fold) => {
                    self.folded(&mut out, fold, line);
                    // The line itself is one of them.
                    lines.by_ref().take(fold.lines.len().saturating_sub(1)).for_each(drop);
                }
                None => self.line(&mut out, line),
            }
        }
        if let Some(notice) = &self.set.notice {
            out.push_str(&format!("({notice})\n"));
        }
        if !self.set.links.is_empty() {
            out.push('\n');
        }
        for link in &self.set.links {
            let warning = if link.elsewhere {
                "  (the text names another place)"
            } else {
                ""
            };
            out.push_str(&format!("[{}] {}{warning}\n", link.number, link.shown));
        }
        out
    }

    fn folded(&self, out: &mut String, fold: &Fold, first: &Line) {
        let count = fold.lines.len();
        let what = match fold.kind {
            FoldKind::Quote => format!("▸ {count} quoted lines"),
            FoldKind::Signature => format!("▸ signature, {count} lines"),
            FoldKind::SmallPrint => format!("▸ small print, {count} lines"),
        };
        let of = if first.part == Part::QuoteHeader {
            format!("  {}", first.text().trim())
        } else {
            String::new()
        };
        let row = what + &of;
        self.put(out, &text::truncate(&row, self.width.into()), "2");
        out.push('\n');
    }

    fn line(&self, out: &mut String, line: &Line) {
        let bars = usize::from(quote_margin(line.quote, self.width) / 2);
        self.put(out, &"│ ".repeat(bars), "2");
        for run in &line.runs {
            self.put(out, &run.text, &self.style(line, run.role));
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }

    fn put(&self, out: &mut String, text: &str, style: &str) {
        if self.colour && !style.is_empty() && !text.is_empty() {
            out.push_str(&format!("\u{1b}[{style}m{text}\u{1b}[m"));
        } else {
            out.push_str(text);
        }
    }

    /// What Select Graphic Rendition (ECMA-48 §8.3.117) calls the style of a run.
    fn style(&self, line: &Line, role: Role) -> String {
        let leads_astray = |number| Link::numbered(&self.set.links, number).is_some_and(|link| link.elsewhere);
        let role = match role {
            Role::Plain => "",
            Role::Heading(1) => "1;4",
            Role::Heading(_) | Role::Strong => "1",
            Role::Emphasis => "3",
            Role::StrongEmphasis => "1;3",
            Role::Strike => "9",
            Role::Code | Role::Bullet => "35",
            Role::Link(_) => "4",
            Role::LinkNumber(number) if leads_astray(number) => "31",
            Role::LinkNumber(_) | Role::Image | Role::TableRule => "2",
        };
        match (line.quote, line.part) {
            (0, Part::Body) => role.to_owned(),
            _ if role.is_empty() => "2".to_owned(),
            _ => format!("2;{role}"),
        }
    }
}

/// The layout with all that is known of it.
fn as_json(set: &Typeset, width: u16) -> String {
    let lines: Vec<Value> = set.lines.iter().map(line_json).collect();
    let links = set.links.iter().map(|link| {
        json!({
            "number": link.number, "url": link.url, "shown": link.shown.as_str(), "label": link.label.as_str(),
            "elsewhere": link.elsewhere,
        })
    });
    let folds = set.folds.iter().map(|fold| {
        let kind = match fold.kind {
            FoldKind::Quote => "quote",
            FoldKind::Signature => "signature",
            FoldKind::SmallPrint => "small-print",
        };
        json!({ "kind": kind, "first": fold.lines.start + 1, "last": fold.lines.end, "folded": fold.folded })
    });
    let head = [
        ("width", Value::from(width)),
        ("lines", Value::from(lines)),
        ("links", links.collect()),
        ("folds", folds.collect()),
        ("notice", set.notice.as_ref().map(Text::as_str).into()),
    ];
    let head = head.map(|(name, value)| (name, value.to_string()));
    envelope("body", &head) + "}"
}

fn line_json(line: &Line) -> Value {
    let part = match line.part {
        Part::Body => "body",
        Part::QuoteHeader => "quote-header",
        Part::Extract => "extract",
        Part::Signature => "signature",
        Part::SmallPrint => "small-print",
    };
    let runs: Vec<Value> = line
        .runs
        .iter()
        .map(|run| {
            let (role, number) = named(run.role);
            match number {
                Some(number) => json!({ "text": &*run.text, "role": role, "number": number }),
                None => json!({ "text": &*run.text, "role": role }),
            }
        })
        .collect();
    json!({ "text": line.text(), "quote": line.quote, "part": part, "runs": runs })
}

/// A role's name, and the number of the link or the level of the heading.
fn named(role: Role) -> (&'static str, Option<u16>) {
    match role {
        Role::Plain => ("plain", None),
        Role::Heading(level) => ("heading", Some(level.into())),
        Role::Strong => ("strong", None),
        Role::Emphasis => ("emphasis", None),
        Role::StrongEmphasis => ("strong-emphasis", None),
        Role::Strike => ("strike", None),
        Role::Code => ("code", None),
        Role::Link(number) => ("link", Some(number)),
        Role::LinkNumber(number) => ("link-number", Some(number)),
        Role::Image => ("image", None),
        Role::TableRule => ("rule", None),
        Role::Bullet => ("bullet", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(source: &str, colour: bool, folding: bool) -> String {
        let mut set = text::typeset(&Body::Html(Html::new(source)), 40);
        if !folding {
            unfold(&mut set);
        }
        let page = Page {
            set: &set,
            width: 40,
            colour,
        };
        page.whole()
    }

    const ANSWER: &str = "<p>Yes, <b>山田</b>: <a href='https://evil.example'>bank.example</a></p><blockquote type=cite>\
        On 16 Nov 2026, Ben wrote:<p>One</p><p>Two</p></blockquote>";

    #[test]
    fn a_body_is_printed_with_its_links_and_what_is_quoted_folded() {
        assert_eq!(
            page(ANSWER, false, true),
            "Yes, 山田: bank.example [1]\n\n▸ 5 quoted lines  On 16 Nov 2026, Ben w…\n\n\
             [1] https://evil.example/  (the text names another place)\n"
        );
        let open = page(ANSWER, false, false);
        assert!(
            open.contains("│ On 16 Nov 2026, Ben wrote:\n│\n│ One\n│\n│ Two\n"),
            "{open}"
        );
    }

    #[test]
    fn colours_are_all_there_is_of_escape_sequences() {
        let hostile = format!("{ANSWER}<p>&#27;]52;c;aGk=&#7;\u{9b}2J<pre>&#27;[2J</pre>");
        let coloured = page(&hostile, true, true);
        assert!(coloured.contains("\u{1b}[1m山田\u{1b}[m"), "{coloured:?}");
        let plain = page(&hostile, false, true);
        assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");
        let mut rest = coloured.as_str();
        while let Some((_, sequence)) = rest.split_once('\u{1b}') {
            let end = sequence.find('m').unwrap();
            assert!(
                sequence[1..end]
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b';'),
                "{sequence:?}"
            );
            assert!(sequence.starts_with('['), "{sequence:?}");
            rest = &sequence[end..];
        }
    }

    #[test]
    fn json_says_all_that_is_known() {
        let set = text::typeset(&Body::Html(Html::new(ANSWER)), 40);
        let value: Value = serde_json::from_str(&as_json(&set, 40)).unwrap();
        assert_eq!((&value["kind"], &value["width"]), (&json!("body"), &json!(40)));
        assert_eq!(value["links"][0]["url"], "https://evil.example/");
        assert_eq!(value["links"][0]["elsewhere"], true);
        assert_eq!(
            value["lines"][0]["runs"][1],
            json!({ "text": "山田", "role": "strong" })
        );
        assert_eq!(value["lines"][2]["part"], "quote-header");
        assert_eq!(
            value["folds"][0],
            json!({ "kind": "quote", "first": 3, "last": 7, "folded": true })
        );
    }
}
