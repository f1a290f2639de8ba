//! `folkmoot api METHOD PATH`: the raw request.

use std::fs::File;
use std::io::{self, Read, Write};

use futures_util::StreamExt;

use super::args::{Api, ListOutput, Output};
use super::confirm::command;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{List, escaped};
use super::signals::unless_called_off;
use crate::domain::{Id, Prose, Text};
use crate::graph::{Answer, Deletion, Raw, Verb};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::outfile;

/// No body is longer, in bytes: Graph takes as much when a file is put to a drive, and less everywhere else.
/// <https://learn.microsoft.com/graph/api/driveitem-put-content>
const LONGEST_BODY: u64 = 250_000_000;

/// Sends one request, or the requests for all pages of a collection, and prints what comes.
pub async fn run(desk: &Desk, read_only: bool, args: Api) -> Result<(), Stop> {
    let raw = request(desk, &args)?;
    if read_only && !args.method.only_reads() {
        return Err(usage(
            &format!("With --read-only no {} is sent.", args.method.name()),
            "GET and HEAD are.",
        ));
    }
    if args.dry_run {
        return desk.out.print(&raw.description());
    }
    if args.all {
        return all(desk, &args, &raw).await;
    }
    let look = match args.method.only_reads() {
        true => Vec::new(),
        false => vec![where_to_look(args.method, &args.path)],
    };
    let refusal = match unless_called_off(desk.client.raw(raw)).await {
        Ok(Ok(answer)) => return hand_over(desk, &args, &answer),
        Ok(Err(refusal)) => refusal,
        Err(code) => return Err(Stop::CalledOff(code, look)),
    };
    let elsewhere = desk.client.elsewhere(&refusal).filter(|_| args.method == Verb::Get);
    if let Some(answer) = refusal.answer.filter(|_| args.include) {
        tell_head(&answer);
        let body = String::from_utf8_lossy(&answer.body);
        say(Prose::new(&body).as_str().trim_end());
    }
    match elsewhere {
        None if refusal.unsettled => Err(Stop::unsettled(refusal.problem, look)),
        None => Err(refusal.problem.into()),
        Some(to) if args.follow => hand_over(desk, &args, &desk.client.follow(to).await?),
        Some(to) => Err(Problem {
            status: refusal.problem.status,
            ..Problem::new(
                ProblemKind::General,
                &format!("The answer lies elsewhere: Graph sends on to {}.", to.host()),
                "Give --follow to have it fetched from there, without your token.",
            )
        }
        .into()),
    }
}

/// How to find out whether a write was carried out, whose outcome is not known.
fn where_to_look(verb: Verb, path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parent = |path: &str| path.rsplit_once('/').map(|(parent, _)| parent.to_owned());
    let target = match (verb, path.strip_suffix("/$ref"), path.strip_suffix("/$value")) {
        // A link that is gone leaves nothing to read; what it was in does.
        (Verb::Delete, Some(linked), _) => parent(linked),
        (_, Some(list), _) => Some(list.to_owned()),
        (_, _, Some(described)) => Some(described.to_owned()),
        // An action shows in what it is done to, or in nothing that its path names.
        (Verb::Post, None, None) => None,
        _ => Some(path.to_owned()),
    };
    match target {
        Some(target) => {
            let look = command("api GET", &[&Id::new(target)]);
            format!("Whether it has happened is not known. Look first: `{look}`")
        }
        None => "Whether it has happened is not known. Look first for what it was to make or to do.".to_owned(),
    }
}

/// Prints an answer, or writes it to the file that was named.
fn hand_over(desk: &Desk, args: &Api, answer: &Answer) -> Result<(), Stop> {
    if args.include {
        tell_head(answer);
    }
    match &args.out_file {
        Some(file) => {
            outfile::write(file, &answer.body).map_err(|error| cannot("written", &file.display().to_string(), &error))
        }
        None => print(desk, answer),
    }
}

/// The request, as far as it makes sense and is not one that deletes more than it seems to.
fn request(desk: &Desk, args: &Api) -> Result<Raw, Stop> {
    let mut raw = Raw::new(&desk.client, args.method, &args.path)?;
    for header in &args.headers {
        raw = raw.with_header(header)?;
    }
    let has_body = args.body.is_some() || args.body_file.is_some();
    if has_body && args.method.only_reads() {
        return Err(usage(
            &format!("A {} has no body.", args.method.name()),
            "Leave the body out, or give another method.",
        ));
    }
    if args.follow && args.method != Verb::Get {
        return Err(usage(
            "Only what GET reads is fetched from elsewhere.",
            "Leave --follow out.",
        ));
    }
    if args.all && args.method != Verb::Get {
        return Err(usage("Only what GET lists has pages.", "Leave --all out."));
    }
    if let Some(body) = body(args)? {
        raw = raw.with_body(body);
    }
    match raw.deletion() {
        _ if args.delete_object => Ok(raw),
        Deletion::None => Ok(raw),
        Deletion::OfWhatAListHolds => Err(usage(
            "Without /$ref at its end this would delete the person or group itself, not take it out of the collection.",
            "Write /$ref after the id. To delete the object for good, give --delete-object.",
        )),
        Deletion::Unknown => Err(usage(
            "This batch cannot be read, so nobody can tell whether it would delete a person or a group.",
            "Correct its JSON. To send it whatever it does, give --delete-object.",
        )),
    }
}

fn body(args: &Api) -> Result<Option<Vec<u8>>, Stop> {
    let Some(file) = &args.body_file else {
        return Ok(args.body.clone().map(String::into_bytes));
    };
    let read = if file.as_os_str() == "-" {
        bounded(io::stdin(), LONGEST_BODY)
    } else {
        File::open(file).and_then(|file| bounded(file, LONGEST_BODY))
    };
    read.map(Some)
        .map_err(|error| cannot("read", &file.display().to_string(), &error))
}

/// All that there is to read, unless that is more than `most` bytes.
fn bounded(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let count = from.take(most + 1).read_to_end(&mut bytes)?;
    if u64::try_from(count).is_ok_and(|count| count <= most) {
        return Ok(bytes);
    }
    let why = format!("it is longer than {most} bytes, which is more than Graph takes");
    Err(io::Error::new(io::ErrorKind::FileTooLarge, why))
}

async fn all(desk: &Desk, args: &Api, raw: &Raw) -> Result<(), Stop> {
    let output = ListOutput {
        output: Output {
            output: args.output,
            json: false,
            select: None,
        },
        limit: args.limit,
    };
    let mut list = List::<()>::begin(desk, &output, "items", &[])?;
    let mut pages = desk.client.raw_pages(raw);
    while !list.is_full()
        && let Some(page) = pages.next().await
    {
        let page = page?;
        for item in &page.items {
            list.add(item.get(), || Ok(()))?;
        }
        if !page.last {
            list.page(page.total)?;
        }
    }
    list.finish()
}

/// Prints a body: what drives a terminal is escaped or left out where it goes to one, and nothing binary goes there.
fn print(desk: &Desk, answer: &Answer) -> Result<(), Stop> {
    let kind = answer.media_type();
    let text = str::from_utf8(&answer.body).ok();
    let is_json = kind == "application/json" || kind.ends_with("+json");
    let at_terminal = desk.screen.width.is_some();
    match text {
        _ if answer.body.is_empty() => Ok(()),
        Some(json) if is_json => desk.out.print(&format!("{}\n", escaped(json.trim_end()))),
        Some(text) if at_terminal && kind.starts_with("text/") => {
            desk.out.print(&format!("{}\n", Prose::new(text).as_str().trim_end()))
        }
        _ if at_terminal => {
            let kind = if kind.is_empty() { "of no known kind" } else { &kind };
            let bytes = answer.body.len();
            Err(usage(
                &format!(
                    "The answer ({}, {bytes} bytes) is nothing for a terminal.",
                    Text::new(kind)
                ),
                "Give -O FILE, or send the output to a file or a program.",
            ))
        }
        _ => {
            let mut out = desk.out.clone();
            out.write_all(&answer.body)?;
            Ok(out.flush()?)
        }
    }
}

/// Shows status and headers on stderr.
fn tell_head(answer: &Answer) {
    say(&format!("HTTP {}", answer.status));
    for (name, value) in &answer.headers {
        say(&format!("{name}: {value}"));
    }
    say("");
}

fn usage(what: &str, next: &str) -> Stop {
    Problem::new(ProblemKind::Usage, what, next).into()
}

fn cannot(be: &str, file: &str, error: &io::Error) -> Stop {
    let what = format!("{} cannot be {be} ({error}).", Text::new(file));
    Problem::new(ProblemKind::General, &what, "").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_does_not_know_is_told_where_to_look() {
        for (verb, path, told) in [
            (Verb::Patch, "/groups/1?x=y", "`folkmoot api GET /groups/1`"),
            (
                Verb::Delete,
                "/groups/1/members/2/$ref",
                "`folkmoot api GET /groups/1/members`",
            ),
            (
                Verb::Post,
                "/groups/1/members/$ref",
                "`folkmoot api GET /groups/1/members`",
            ),
            (Verb::Put, "/me/photo/$value", "`folkmoot api GET /me/photo`"),
            (
                Verb::Delete,
                "/groups('a b')/x",
                r"`folkmoot api GET '/groups('\''a b'\'')/x'`",
            ),
            (
                Verb::Post,
                "/groups/1/threads/2/reply",
                "for what it was to make or to do",
            ),
        ] {
            let line = where_to_look(verb, path);
            assert!(line.contains(told), "{line}");
        }
    }

    #[test]
    fn a_body_without_an_end_is_not_read_to_it() {
        assert_eq!(bounded(&b"12345"[..], 5).unwrap(), b"12345");
        let error = bounded(io::repeat(b'x'), 5).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
