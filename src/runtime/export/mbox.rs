//! Threads as mails, one after the other (mboxrd). Mail programs show them threaded, because every mail says what it
//! answers, in ids that are made from Graph's and so are the same every time.
//! <https://www.rfc-editor.org/rfc/rfc4155>, <https://www.rfc-editor.org/rfc/rfc5322>

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::text::Text as TextHeader;
use mail_builder::mime::{BodyPart, MimePart};

use super::story::{Enclosed, Story, Told};
use super::{Missing, not_saved};
use crate::domain::{AttachmentKind, Body, Id, Recipient, Text};
use crate::graph::{Client, Urgency, attachments};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::files;
use crate::text;

/// What stands behind the `@` of the ids: they are Graph's, not a mail server's.
const HOST: &str = "graph.microsoft.com";
/// A line of text is so wide: mails are read at 80 cells, and a quote of them takes two.
const WIDTH: u16 = 76;
/// Whom a mail is from where nobody is named.
const NOBODY: &str = "MAILER-DAEMON";

/// An attachment with what is in it.
struct Part<'a> {
    enclosed: &'a Enclosed,
    bytes: Vec<u8>,
    /// What the body calls a picture inside it.
    content_id: Option<String>,
}

/// Adds the posts of a thread to an mbox, entry by entry; the attachments that Graph does not hand out.
///
/// # Errors
/// Whatever Graph or the network did, and what `put` says.
pub async fn add<E: From<Problem>>(
    client: &Client,
    story: &Story,
    mut put: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<Vec<Missing>, E> {
    let mut missing = Vec::new();
    for (told, chain) in story.posts.iter().zip(story.ancestors()) {
        let mut parts = Vec::new();
        for enclosed in &told.enclosed {
            match read(client, story, told, enclosed).await {
                Err(why) if why.is_of_one() => {
                    let name = enclosed.attachment.name.clone();
                    missing.push(Missing { name, why });
                }
                part => parts.extend(part?),
            }
        }
        let mail = mail(story, told, &chain, parts)?;
        put(&entry(told, &mail))?;
    }
    Ok(missing)
}

async fn read<'a>(
    client: &Client,
    story: &Story,
    told: &Told,
    enclosed: &'a Enclosed,
) -> Result<Option<Part<'a>>, Problem> {
    let (group, thread, post) = (&story.group, &story.thread.id, &told.post.id);
    let id = &enclosed.attachment.id;
    let (content_id, bytes) = match enclosed.attachment.kind {
        AttachmentKind::Reference => return Ok(None),
        AttachmentKind::File if enclosed.attachment.inline => {
            let picture = client.picture(group, thread, post, id, Urgency::Person).await?;
            (picture.content_id.filter(|id| is_content_id(id)), picture.bytes)
        }
        _ => {
            let content = attachments::content(group, thread, post, id);
            (None, client.bytes(content, Urgency::Person).await?)
        }
    };
    Ok(Some(Part {
        enclosed,
        bytes,
        content_id,
    }))
}

/// A post as a mail.
fn mail(story: &Story, told: &Told, chain: &[&Id], parts: Vec<Part<'_>>) -> Result<Vec<u8>, Problem> {
    let Told { post, .. } = told;
    let Story { thread, .. } = story;
    let subject = match chain {
        [] => thread.topic.to_string(),
        _ => format!("Re: {}", thread.topic),
    };
    let everyone = |recipients: &[Recipient]| Address::new_list(recipients.iter().map(address).collect());
    let mut mail = MessageBuilder::new()
        .message_id(message_id(&post.id))
        .date(Date::new(post.when().map_or(0, |at| at.as_second())))
        .subject(subject)
        .from(address(post.author()));
    if !thread.to_recipients.is_empty() {
        mail = mail.to(everyone(&thread.to_recipients));
    }
    if !thread.cc_recipients.is_empty() {
        mail = mail.cc(everyone(&thread.cc_recipients));
    }
    if let Some(parent) = chain.last() {
        mail = mail
            .in_reply_to(message_id(parent))
            .references(MessageId::new_list(chain.iter().map(|id| message_id(id))));
    }
    if !post.categories.is_empty() {
        let words: Vec<&str> = post.categories.iter().map(Text::as_str).collect();
        mail = mail.header("Keywords", TextHeader::new(words.join(", ")));
    }
    mail.body(body(told, parts)).write_to_vec().map_err(|error| {
        let what = format!("A mail cannot be made of a post ({error}).");
        Problem::new(ProblemKind::General, &what, "")
    })
}

/// Text, HTML with its pictures, and files.
fn body<'a>(told: &'a Told, parts: Vec<Part<'a>>) -> MimePart<'a> {
    let mut plain = readable(&told.post.body);
    for enclosed in &told.enclosed {
        if !parts.iter().any(|part| std::ptr::eq(part.enclosed, enclosed)) {
            let elsewhere = not_saved(enclosed).elsewhere();
            plain.push_str(&format!("\n\n[{}: {elsewhere}]", enclosed.attachment.name));
        }
    }
    let plain = MimePart::new("text/plain", BodyPart::Text(plain.into()));
    let is_inside = |part: &Part<'_>| part.content_id.is_some();
    let (inside, beside): (Vec<Part<'_>>, Vec<Part<'_>>) = parts.into_iter().partition(is_inside);
    let content = match &told.post.body {
        Body::Plain(_) => together("mixed", plain, inside),
        Body::Html(html) => {
            let html = MimePart::new("text/html", BodyPart::Text(printable(html.source()).into()));
            let html = together("related", html, inside);
            MimePart::new("multipart/alternative", BodyPart::Multipart(vec![plain, html]))
        }
    };
    together("mixed", content, beside)
}

/// What a body says, for mail programs that show no HTML: laid out as the reader lays it out, what it quotes behind `>`,
/// and where its links go below it.
fn readable(body: &Body) -> String {
    let Body::Html(_) = body else {
        return text::plain_text(body);
    };
    let typeset = text::typeset(body, WIDTH);
    let mut out = String::new();
    for line in &typeset.lines {
        out.push_str(&"> ".repeat(line.quote.into()));
        out.push_str(&line.text());
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    for link in &typeset.links {
        out.push_str(&format!("\n[{}] {}", link.number, link.shown));
    }
    if let Some(notice) = &typeset.notice {
        out.push_str(&format!("\n({notice})"));
    }
    out
}

/// A text without what may stand in no mail (RFC 5322 §3.5), and would drive the terminal of whoever looks at the file.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// A part with others, if there are any.
fn together<'a>(kind: &str, first: MimePart<'a>, others: Vec<Part<'a>>) -> MimePart<'a> {
    if others.is_empty() {
        return first;
    }
    let parts = std::iter::once(first).chain(others.into_iter().map(file));
    MimePart::new(format!("multipart/{kind}"), BodyPart::Multipart(parts.collect()))
}

fn file(part: Part<'_>) -> MimePart<'_> {
    let attachment = &part.enclosed.attachment;
    let mut name = files::harmless(attachment.name.as_str(), "attachment");
    if attachment.kind == AttachmentKind::Item {
        let ending = files::ending_of_item(&part.bytes);
        name = format!("{name}.{ending}");
        if ending == "eml" {
            // A mail inside a mail must not be encoded (RFC 2046 §5.2.1).
            return MimePart::new("message/rfc822", BodyPart::Binary(part.bytes.into()))
                .attachment(name)
                .transfer_encoding("8bit");
        }
    }
    let kind = attachment.content_type.as_ref().map(Text::as_str);
    let kind = kind
        .filter(|kind| is_media_type(kind))
        .unwrap_or("application/octet-stream");
    let mime = MimePart::new(kind.to_owned(), BodyPart::Binary(part.bytes.into()));
    match part.content_id {
        Some(id) => mime.inline().cid(id),
        None => mime.attachment(name),
    }
}

/// Whether it is the media type of a file. What is none would break the header, and the types of whole mails would break
/// the mail.
fn is_media_type(kind: &str) -> bool {
    let is_token =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+._".contains(&b));
    kind.split_once('/')
        .is_some_and(|(main, sub)| is_token(main) && is_token(sub) && !matches!(main, "multipart" | "message"))
}

/// Whether it can be the id of a part as it is, which the body calls it by. What cannot is a file like any other.
fn is_content_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"()\\".contains(&b))
}

/// One entry of an mbox: the line that begins it, the mail with plain newlines and the lines in it quoted that look as if
/// another began, and an empty line.
fn entry(told: &Told, mail: &[u8]) -> Vec<u8> {
    let address = told.post.author().address.as_str();
    let is_plain = !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_graphic());
    let at = told.post.when().unwrap_or_default().strftime("%a %b %e %H:%M:%S %Y");
    let mut entry = format!("From {} {at}\n", if is_plain { address } else { NOBODY }).into_bytes();
    let mail = mail.strip_suffix(b"\n").unwrap_or(mail);
    for line in mail.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        if line.get(quotes..).unwrap_or_default().starts_with(b"From ") {
            entry.push(b'>');
        }
        entry.extend_from_slice(line);
        entry.push(b'\n');
    }
    entry.push(b'\n');
    entry
}

/// An id that is the same in every export, and names nothing else in the world.
fn message_id(id: &Id) -> String {
    // Outlook's ids are of letters that may stand in one; whatever else came is written by its number.
    let mut plain = String::new();
    for c in id.as_str().chars() {
        match c {
            c if c.is_ascii_alphanumeric() || "-_+/=".contains(c) => plain.push(c),
            c => plain.push_str(&format!("!{:x}!", u32::from(c))),
        }
    }
    format!("{plain}@{HOST}")
}

fn address(recipient: &Recipient) -> Address<'static> {
    let is_plain = |c: &char| c.is_ascii_graphic() && !"<>(),;:\"[]\\".contains(*c);
    let address: String = recipient.address.as_str().chars().filter(is_plain).collect();
    let name = Some(recipient.name.to_string()).filter(|name| !name.is_empty());
    let address = if address.is_empty() { NOBODY.to_owned() } else { address };
    Address::new_address(name, address)
}

#[cfg(test)]
mod tests;
