//! `folkmoot post …`

use serde_json::value::RawValue;

use super::args::{Format, PostList, PostOne};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{self, Cells, Column, List, Times, column};
use super::{numbers, resolve};
use crate::domain::{Body, Id, Post, Prose, Text, Thread};
use crate::graph::{Urgency, posts};
use crate::protocol::{Problem, ProblemKind};
use crate::text::{self, Typeset, cells, quote_margin, wrap};

/// A post and its place in the thread, from 1.
type Row = (usize, Post);

const COLUMNS: &[Column<Row>] = &[
    column("#", Cells::Right(3), |(number, _), _| match number {
        // Known by its id alone.
        0 => Text::default(),
        number => Text::new(&number.to_string()),
    }),
    column("when", Cells::Whole(16), |(_, post), times| times.write(post.when())),
    column("author", Cells::Cut, |(_, post), _| post.author().shown().clone()),
    column("address", Cells::Absent, |(_, post), _| post.author().address.clone()),
    column("text", Cells::Cut, |(_, post), times| {
        if times.are_exact() {
            Text::new(&text::plain_text(&post.body))
        } else {
            first_line(post)
        }
    }),
    column("marks", Cells::Whole(0), |(_, post), _| Text::new(marks(post))),
    column("id", Cells::Key, |(_, post), _| Text::new(post.id.as_str())),
];

/// The first line of the author's own words.
fn first_line(post: &Post) -> Text {
    let words = text::own_words(&post.body);
    Text::new(words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default())
}

fn marks(post: &Post) -> &'static str {
    if post.has_attachments { "files" } else { "" }
}

/// Lists posts, oldest first.
pub async fn list(desk: &Desk, args: PostList) -> Result<(), Stop> {
    let mut list = List::begin(desk, &args.output, "posts", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let thread = numbers::find::<Thread>(desk, &group, &args.thread).await?;
    let listing = list.ask_all(
        posts::of_thread(&group, &thread),
        &["id", "receivedDateTime", "createdDateTime"],
    );
    let mut sorted = Vec::new();
    for json in desk.client.gather::<Box<RawValue>>(listing, Urgency::Person).await? {
        sorted.push((output::read::<Post>(json.get())?, json));
    }
    let cut_short = sorted.len() == posts::MOST;
    sorted.sort_by_key(|(post, _)| post.when());

    if args.full {
        let wanted = args.output.limit.map_or(usize::MAX, std::num::NonZeroUsize::get);
        for (number, (post, _)) in (1..).zip(&sorted).take(wanted) {
            desk.out.print(&whole(desk, number, post))?;
        }
        if sorted.is_empty() {
            say("No posts.");
        }
    } else {
        for (number, (post, json)) in (1..).zip(&sorted) {
            list.add(json.get(), || Ok((number, post.clone())))?;
        }
        list.finish()?;
    }
    if cut_short {
        desk.out.end()?;
        say("note: Graph hands out a hundred posts of a thread at most, and not always the newest: there may be more.");
    }
    Ok(())
}

/// Shows one post.
pub async fn show(desk: &Desk, args: PostOne) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let thread = numbers::find::<Thread>(desk, &group, &args.thread).await?;
    let (number, id) = find(desk, &group, &thread, &args.post).await?;
    let read = posts::by_id(&group, &thread, &id);
    let json: Box<RawValue> = desk.client.one(read, Urgency::Person).await?;
    let post: Post = output::read(json.get())?;
    if args.html {
        let source = match &post.body {
            Body::Html(html) => Prose::new(html.source()),
            Body::Plain(prose) => prose.clone(),
        };
        return desk.out.print(&format!("{}\n", source.as_str().trim_end()));
    }
    if args.output.format() == Format::Table && args.output.select.is_none() {
        return desk.out.print(&whole(desk, number, &post));
    }
    output::show(desk, &args.output, COLUMNS, json.get(), &(number, post))
}

/// The number and the id of the post that is meant: by its number in the thread, from the oldest, or by its id.
///
/// # Errors
/// `NotFound` where there is none, and whatever Graph or the network did.
pub async fn find(desk: &Desk, group: &Id, thread: &Id, key: &str) -> Result<(usize, Id), Stop> {
    let key = key.trim();
    let (posts, _) = desk.client.posts(group, thread, Urgency::Person).await?;
    let number = key.parse::<usize>().ok();
    let count = posts.len();
    let meant = (1..)
        .zip(posts)
        .find(|(at, post)| number == Some(*at) || post.id.as_str() == key);
    match meant {
        Some((at, post)) => Ok((at, post.id)),
        // Graph hands out a hundred of a thread at most, and any by its id.
        None if numbers::looks_like_id(key) => Ok((0, Id::new(key))),
        None => Err(Problem::new(
            ProblemKind::NotFound,
            &format!("There is no post “{key}” among the {count} of this thread."),
            "Give its number in `folkmoot post list`, or its id.",
        )
        .into()),
    }
}

/// A post with all its text: a rule that says who and when, the lines, and where the links go.
fn whole(desk: &Desk, number: usize, post: &Post) -> String {
    let width = desk.screen.page;
    let times = Times::new(&desk.config.time, false);
    let author = post.author();
    let number = if number == 0 {
        String::new()
    } else {
        format!("{number} · ")
    };
    let mut head = format!("{number}{} · {}", times.write(post.when()), author.addressed());
    for mark in post.categories.iter().map(Text::as_str).chain([marks(post)]) {
        if !mark.is_empty() {
            head.push_str(&format!(" · {mark}"));
        }
    }
    // What does not fit beside the rule goes on below it.
    let mut lines = wrap(&head, width.saturating_sub(6)).into_iter();
    let mut out = format!("── {} ", lines.next().unwrap_or_default());
    out.extend(std::iter::repeat_n('─', width.saturating_sub(cells(&out)).max(2)));
    out.extend(lines.map(|line| format!("\n   {line}")));
    out.push('\n');
    let width = u16::try_from(width).unwrap_or(u16::MAX);
    push_body(&mut out, &text::typeset(&post.body, width), width);
    out.push('\n');
    out
}

/// Adds a body, laid out for lines so wide, and where its links go.
pub fn push_body(out: &mut String, body: &Typeset, width: u16) {
    for line in &body.lines {
        let bars = usize::from(quote_margin(line.quote, width) / 2);
        let line = "│ ".repeat(bars) + &line.text();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if let Some(notice) = &body.notice {
        out.push_str(&format!("({notice})\n"));
    }
    if !body.links.is_empty() {
        out.push('\n');
    }
    for link in &body.links {
        out.push_str(&format!("[{}] {}\n", link.number, link.shown));
    }
}
