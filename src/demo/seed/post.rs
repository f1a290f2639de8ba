//! From a thread as it is written down to the posts in a mailbox.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;

use super::build::Keys;
use super::thread::{AttachmentRow, ExtensionRow, PostRow, Thread};
use super::{Seed, SeedError};
use crate::demo::clock::minutes_before;
use crate::demo::directory::group::Group;
use crate::demo::directory::person::Person;
use crate::demo::extension::Extension;
use crate::demo::mail::attachment::{Attachment, AttachmentKind, attachment_id};
use crate::demo::mail::body::wrapped;
use crate::demo::mail::post::{Address, Post};
use crate::demo::state::index;

/// Puts a thread with all its posts into its group's mailbox.
pub fn fill(
    seed: &Seed,
    thread: &Thread,
    groups: &mut [Group],
    keys: &Keys,
    people: &[Person],
    now: Timestamp,
) -> Result<(), SeedError> {
    let wrong = |problem: String| SeedError::new(&format!("{}.toml", thread.name), problem);
    let group = groups.iter_mut().find(|group| group.key == thread.group);
    let group = group.ok_or_else(|| wrong(format!("the group '{}' does not exist", thread.group)))?;
    let mailbox = group
        .mailbox
        .as_mut()
        .ok_or_else(|| wrong(format!("the group '{}' has no mailbox", thread.group)))?;
    let at = mailbox.begin(&thread.name, &thread.topic, thread.locked);
    for key in &thread.cc {
        let person = keys.person(key).and_then(|place| people.get(index(place)));
        let person = person.ok_or_else(|| wrong(format!("nobody is called '{key}'")))?;
        if let Some(thread) = mailbox.threads.get_mut(at) {
            thread.cc.push(Arc::new(address(person)));
        }
    }
    let bodies: Vec<Arc<str>> = thread.posts.iter().map(body).collect();
    let ages = spread(thread);
    let mut posts = Vec::with_capacity(ages.len());
    for (number, minutes) in ages.iter().enumerate() {
        let Some((row, body)) = thread.posts.iter().zip(&bodies).cycle().nth(number) else {
            continue;
        };
        let sender = Arc::new(
            sender(row, keys, people).ok_or_else(|| wrong(format!("post {number}: the author does not exist")))?,
        );
        let draft = mailbox.draft(at, number, sender, minutes_before(now, *minutes));
        let mut post: Post = draft.ok_or_else(|| wrong("the thread is gone".to_owned()))?;
        post.html = !row.content_type.eq_ignore_ascii_case("text");
        post.body = Arc::clone(body);
        post.categories.clone_from(&row.categories);
        for (nth, row) in row.attachments.iter().enumerate() {
            let attachment = attachment(seed, row, &post, nth).map_err(wrong)?;
            post.attachments.push(attachment);
        }
        post.extensions = row.extensions.iter().map(extension).collect();
        posts.push(post);
    }
    mailbox.fill(at, posts);
    if thread.unseen {
        mailbox.mark_unseen(at);
    }
    Ok(())
}

fn extension(row: &ExtensionRow) -> Extension {
    Extension {
        name: row.name.clone(),
        data: row.data.clone(),
    }
}

/// The age of every post in minutes: as written, or spread evenly between the oldest and the newest when they repeat.
fn spread(thread: &Thread) -> Vec<f64> {
    let written: Vec<f64> = thread.posts.iter().map(|post| post.ago_minutes).collect();
    let count = thread.repeat.unwrap_or_default();
    if count <= written.len() {
        return written;
    }
    let (newest, oldest) = written
        .iter()
        .fold((f64::MAX, 0.0_f64), |(low, high), age| (low.min(*age), high.max(*age)));
    (0..count)
        .map(|at| oldest - (oldest - newest) * at as f64 / (count - 1) as f64)
        .collect()
}

fn body(row: &PostRow) -> Arc<str> {
    let text = row.body.trim_start_matches('\n');
    let document = text.trim_start().to_ascii_lowercase().starts_with("<html");
    if row.content_type.eq_ignore_ascii_case("text") || document {
        text.into()
    } else {
        wrapped(text).into()
    }
}

fn address(person: &Person) -> Address {
    Address {
        name: person.display_name.clone(),
        address: person.mail.clone(),
    }
}

fn sender(row: &PostRow, keys: &Keys, people: &[Person]) -> Option<Address> {
    match (&row.from, &row.from_name, &row.from_address) {
        (Some(key), ..) => Some(address(people.get(index(keys.person(key)?))?)),
        (None, Some(name), Some(address)) => Some(Address {
            name: name.clone(),
            address: address.clone(),
        }),
        _ => None,
    }
}

fn attachment(seed: &Seed, row: &AttachmentRow, post: &Post, number: usize) -> Result<Attachment, String> {
    let kind = AttachmentKind::named(&row.kind).ok_or_else(|| format!("'{}' is no kind of attachment", row.kind))?;
    let content = match (&row.file, &row.text) {
        (Some(name), _) => Cow::Borrowed(
            seed.file(name)
                .ok_or_else(|| format!("the file '{name}' does not exist"))?,
        ),
        (None, text) => Cow::Owned(text.clone().unwrap_or_default().into_bytes()),
    };
    Ok(Attachment {
        id: attachment_id(&post.id, number),
        name: row.name.clone(),
        content_type: row.content_type.clone(),
        kind,
        inline: row.inline,
        content_id: row.content_id.clone(),
        content,
        modified: post.received,
    })
}
