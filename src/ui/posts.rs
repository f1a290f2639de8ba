//! The posts pane: a thread as one page.

use super::screen::{Screen, Strip};
use super::theme::Theme;
use super::{body, message, title, words};
use crate::app::{Entry, Filterable, Model, Row, Told};
use crate::domain::{Attachment, AttachmentKind};
use crate::keys::Action;
use crate::layout::{Area, Pane};
use crate::text::{Fold, FoldKind, Line, Part, cells, time};

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let focused = screen.has_focus(Pane::Posts);
    let parts = title_parts(screen);
    title::draw(screen, area, focused, "Posts", &parts);
    let content = area.content();
    if model.posts.entries.is_empty() {
        return empty(screen, content);
    }
    for (row, (entry, shown)) in (0..content.height).zip(model.posts.visible(usize::from(content.height))) {
        draw_row(screen, content, row, entry, &shown, focused);
    }
}

fn title_parts<'a>(screen: &Screen<'a, '_>) -> Vec<title::Part<'a>> {
    use title::Part::{Warning, Words};
    let posts = &screen.model.posts;
    let mut parts = search_parts(screen);
    let Some(thread) = &posts.thread else { return parts };
    if let Some(at) = posts.kept {
        parts.push(title::kept(screen, at, posts.posts.problem()));
    }
    if posts.posts.is_loading() {
        parts.push(Words(
            if posts.posts.shown().is_some() {
                "refreshing"
            } else {
                "loading…"
            }
            .into(),
        ));
    }
    if posts.kept.is_none() && posts.posts.problem().is_some() && posts.posts.shown().is_some() {
        parts.push(title::stale(screen, false));
    }
    if let Some(word) = super::threads::under_way(screen.model, thread) {
        parts.push(Warning(word.into()));
    }
    if thread.is_of_a_task() {
        parts.push(Words("task comments".into()));
    }
    if thread.is_locked {
        parts.push(Warning("locked".into()));
    }
    if let Some(shown) = posts.posts.shown() {
        parts.extend(count_parts(screen.model, shown.len()));
    }
    parts.push(Words(thread.topic.to_string()));
    parts
}

/// What is searched for, and how many hits there are.
fn search_parts<'a>(screen: &Screen<'a, '_>) -> Vec<title::Part<'a>> {
    use title::Part::{Line, Words};
    let posts = &screen.model.posts;
    let mut parts = Vec::new();
    let typing = screen
        .model
        .prompt
        .as_ref()
        .and_then(|prompt| title::typed_in(prompt, Filterable::Pane(Pane::Posts)));
    match typing {
        Some((lead, line)) => parts.push(Line(lead, line)),
        None if !posts.search.needle.is_empty() => parts.push(Words(format!("/{}", posts.search.needle))),
        None => {}
    }
    if !posts.search.needle.is_empty() {
        parts.push(Words(match (posts.is_searching(), posts.hit_number()) {
            (true, _) => "searching…".into(),
            (false, Some(number)) => format!("{number}/{}", posts.hit_count()),
            (false, None) => words::counted(posts.hit_count(), "hit", "hits"),
        }));
    }
    parts
}

/// How many posts there are, and how many that were not read are out of view.
fn count_parts<'a>(model: &Model, count: usize) -> Vec<title::Part<'a>> {
    use title::Part::{Warning, Words};
    let posts = &model.posts;
    let count = words::counted(count, "post", "posts");
    let mut parts = vec![Words(if posts.single && !posts.entries.is_empty() {
        format!("{} of {count}", words::grouped(posts.cursor + 1))
    } else {
        count
    })];
    match model.unread_beyond() {
        (0, 0) => {}
        (0, below) => parts.push(Warning(format!("{} new below", words::grouped(below)))),
        (above, 0) => parts.push(Warning(format!("{} new above", words::grouped(above)))),
        (above, below) => parts.push(Warning(format!(
            "{} new above, {} below",
            words::grouped(above),
            words::grouped(below)
        ))),
    }
    if posts.cut_short {
        parts.push(Warning("may be cut short".into()));
    }
    parts
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, at: usize, shown: &Row<'_>, focused: bool) {
    let (model, theme) = (screen.model, screen.theme);
    let posts = &model.posts;
    let here = at == posts.cursor && !matches!(shown, Row::Gap | Row::News);
    let bar = super::groups::mark(here, focused);
    match shown {
        Row::Header(entry) => header(screen, area, row, entry, bar, here && focused),
        Row::Told(people) => {
            let mut strip = screen.row(area, row);
            strip.put(bar, theme.mark).skip(1);
            told(&mut strip, theme, people);
        }
        Row::Attachment(file) => {
            let mut strip = screen.row(area, row);
            strip.put(bar, theme.mark).skip(1);
            attachment(&mut strip, model, theme, file);
        }
        Row::Body(number, line) => {
            let Some(entry) = posts.entries.get(at) else { return };
            let post = &entry.post.id;
            let links = posts.typeset.get(post);
            let mut strip = screen.row(area, row);
            strip.put(bar, theme.mark).skip(1);
            let place = body::Place {
                line: *number,
                width: posts.width,
                links: links.map_or(&[], |set| &set.links),
                hits: posts.hits(post),
                hit_here: posts.hit_here(post),
            };
            let (_, y) = strip.at();
            for (columns, url) in body::draw(&mut strip, theme, line, &place) {
                screen.link(y, columns, url);
            }
        }
        Row::Folded(fold, first) => {
            let mut strip = screen.row(area, row);
            strip.put(bar, theme.mark).skip(1);
            folded(&mut strip, theme, fold, *first);
        }
        Row::Rendering => {
            screen
                .row(area, row)
                .put(bar, theme.mark)
                .skip(1)
                .put("rendering…", theme.secondary);
        }
        Row::Notice(notice) => {
            let mut strip = screen.row(area, row);
            strip.put(bar, theme.mark).skip(1).put(notice.as_str(), theme.warning);
        }
        Row::News => {
            let mut strip = screen.row(area, row);
            strip.put("── new ", theme.accent).fill("─", theme.rule);
        }
        Row::Gap => {}
    }
}

fn header(screen: &mut Screen<'_, '_>, area: Area, row: u16, entry: &Entry, bar: &str, here: bool) {
    let (model, theme) = (screen.model, screen.theme);
    let author = entry.post.author().shown();
    let author = if author.is_empty() {
        "(nobody named)"
    } else {
        author.as_str()
    };
    let when = match &entry.pending {
        None => entry
            .post
            .when()
            .map(|then| words::when(model, then))
            .unwrap_or_default(),
        Some(draft) => {
            let out = model.outbox.iter().find(|out| out.draft.id == *draft);
            out.map(|out| words::stage(screen, out)).unwrap_or_default()
        }
    };
    let style = if entry.pending.is_some() {
        theme.warning
    } else {
        theme.secondary
    };
    let behalf = model
        .group
        .as_ref()
        .and_then(|group| entry.post.on_behalf_of(group.mail.as_ref(), &group.name));
    let mut strip = screen.row(area, row);
    strip.put(bar, theme.mark).skip(1);
    strip.put(author, if here { theme.focused } else { theme.heading });
    if let Some(behalf) = behalf {
        let behalf = format!(" for {}", behalf.shown());
        strip.put(&behalf, theme.secondary);
    }
    if !when.is_empty() {
        strip.put("  ", theme.text).put(&when, style);
    }
    for category in &entry.post.categories {
        strip
            .put("  #", theme.secondary)
            .put(category.as_str(), theme.secondary);
    }
}

/// People whom a thread or a post concerns, as many as there is room for.
fn told(strip: &mut Strip<'_>, theme: &Theme, told: &Told<'_>) {
    let (label, people) = match *told {
        Told::To(people) => ("To ", people),
        Told::Copies(people) => ("Cc ", people),
        Told::Added(people) => ("added ", people),
    };
    strip.put(label, theme.secondary);
    for (place, person) in people.iter().enumerate() {
        let left = format!("{} more", people.len() - place);
        let name = person.shown().as_str();
        let separator = if place > 0 { ", " } else { "" };
        let needed = cells(separator) + cells(name);
        let is_last = place + 1 == people.len();
        if place > 0 && needed + if is_last { 0 } else { cells(&left) + 2 } > strip.room() {
            strip.put(separator, theme.secondary).put(&left, theme.secondary);
            return;
        }
        strip.put(separator, theme.secondary).put(name, theme.text);
    }
}

/// What is folded: how much, and for a quote the line that says whose it is.
fn folded(strip: &mut Strip<'_>, theme: &Theme, fold: &Fold, first: Option<&Line>) {
    let count = fold.lines.len();
    strip.put("▸ ", theme.accent);
    match fold.kind {
        FoldKind::Quote => strip.put(&words::counted(count, "quoted line", "quoted lines"), theme.secondary),
        FoldKind::Signature | FoldKind::SmallPrint => {
            let name = if fold.kind == FoldKind::Signature {
                "signature"
            } else {
                "small print"
            };
            let lines = words::counted(count, "line", "lines");
            strip.put(&format!("{name}, {lines}"), theme.secondary)
        }
    };
    if let Some(header) = first.filter(|line| line.part == Part::QuoteHeader) {
        strip.put("  ", theme.text).put(header.text().trim(), theme.secondary);
    }
}

/// What an attached item says of itself, where it does.
pub(super) fn item(model: &Model, file: &Attachment) -> Option<String> {
    let times = &model.settings.times;
    let date = |at| time::absolute(at, &model.settings.zone, times.twelve_hours);
    Some(file.item.as_ref()?.told(&file.name, date))
}

pub(super) fn attachment(strip: &mut Strip<'_>, model: &Model, theme: &Theme, file: &Attachment) {
    let kind = match (file.kind, item(model, file)) {
        (AttachmentKind::File, _) => file
            .content_type
            .as_ref()
            .map_or_else(|| "file".to_owned(), ToString::to_string),
        (AttachmentKind::Item, Some(told)) => told,
        (AttachmentKind::Item, None) => "message or event".to_owned(),
        (AttachmentKind::Reference, _) => "link to a file".to_owned(),
        (AttachmentKind::Unknown, _) => "attachment".to_owned(),
    };
    let name = if file.name.is_empty() {
        "(no name)"
    } else {
        file.name.as_str()
    };
    strip.put("+ ", theme.accent).put(name, theme.text);
    let place = if file.inline { ", in the text" } else { "" };
    strip.put(
        &format!("  {}, {kind}{place}", words::bytes(file.size)),
        theme.secondary,
    );
}

fn empty(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let posts = &model.posts;
    if let Some(problem) = posts.posts.problem() {
        message::problem(screen, area, problem);
    } else if posts.posts.is_loading() {
        message::loading(screen, area);
    } else if posts.thread.is_some() {
        let next = format!("Press {} to look again.", screen.key(Action::Refresh));
        message::note(screen, area, "This thread has no posts that you may see.", &next);
    } else if has_none_to_open(model) {
        let next = format!("Press {} to choose another group.", screen.key(Action::FocusGroups));
        message::note(screen, area, "There is no thread to read here.", &next);
    } else {
        let next = format!(
            "Rest on a thread to read it here, or press {} to open it.",
            screen.key(Action::Open)
        );
        message::note(screen, area, "No thread is open.", &next);
    }
}

/// Whether the open group has no thread that could be opened, or shows none.
fn has_none_to_open(model: &Model) -> bool {
    let (loading, loaded) = if model.conversations.listed {
        let list = &model.conversations.list;
        (list.items.is_loading(), list.loaded())
    } else {
        let list = &model.threads.list;
        (list.items.is_loading(), list.loaded())
    };
    model.group.is_some() && !loading && loaded == 0
}
