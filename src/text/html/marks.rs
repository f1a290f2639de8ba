//! How mail programs mark quotes, history and signatures, as one table.

use super::super::attribution::{MOST_BYTES, says_who_is_quoted};
use super::super::labels::{Label, Labels, label};
use super::dom::{Data, Dom, Element, NodeId};
use super::style::Declared;

/// What an element is to a mail program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It holds a quote.
    Quote,
    /// It is set off as quotes are: by a line beside it, and by nothing that only mail programs write.
    Extract,
    /// It holds a quote and the line that names who is quoted, or several quotes with answers between them.
    Quotes,
    /// All that follows it, as far as the enclosing quote, is what was answered.
    HistoryFollows,
    /// It names who is quoted, and what was answered follows.
    HistoryHeader,
    /// It names who is quoted in the element after it.
    HeaderBefore,
    /// It names who is quoted, inside the quote.
    HeaderInside,
    /// It holds the signature.
    Signature,
    /// All that follows it, until the quoting changes, is the signature.
    SignatureFollows,
    /// It holds a mail that was plain text, with `>` before what is quoted.
    PlainText,
}

/// Where a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Id,
    Class,
    Name,
}

/// Yahoo puts a prefix of its own before these, another in each mail.
const YAHOO_QUOTED: &str = "yahoo_quoted";
const SIGNATURE: &str = "signature";
/// What Gmail puts around a quote and the line above it, and around a note and what it forwards.
const QUOTE_CONTAINER: &str = "gmail_quote_container";

/// The names. Outlook puts `x_` before those of a mail that it quotes, once for each time.
const MARKS: [(At, &str, Mark); 56] = [
    // Outlook on the web, the new Outlook, Outlook for Mac and phones.
    (At::Id, "appendonsend", Mark::HistoryFollows),
    (At::Id, "divRplyFwdMsg", Mark::HistoryHeader),
    (At::Id, "mail-editor-reference-message-container", Mark::HistoryFollows),
    (At::Class, "ms-outlook-mobile-reference-message", Mark::HistoryFollows),
    (At::Id, "OLK_SRC_BODY_SECTION", Mark::HistoryFollows),
    (At::Id, "ms-outlook-mobile-signature", Mark::Signature),
    (At::Class, "ms-outlook-ios-signature", Mark::Signature),
    (At::Id, "Signature", Mark::Signature),
    (At::Id, "MAC_OUTLOOK_SIGNATURE", Mark::Signature),
    (At::Class, "MsoAutoSig", Mark::Signature),
    (At::Class, "OutlookMessageHeader", Mark::HistoryHeader),
    (At::Id, "stopSpelling", Mark::HistoryFollows),
    (At::Class, "PlainText", Mark::PlainText),
    (At::Class, "EmailQuote", Mark::Quote),
    // Gmail.
    (At::Class, "gmail_quote", Mark::Quote),
    (At::Class, QUOTE_CONTAINER, Mark::Quote),
    (At::Class, "gmail_attr", Mark::HeaderInside),
    (At::Class, "gmail_signature", Mark::Signature),
    (At::Class, SIGNATURE, Mark::Signature),
    // Apple Mail.
    (At::Id, "AppleMailSignature", Mark::Signature),
    (At::Id, "lineBreakAtBeginningOfSignature", Mark::SignatureFollows),
    // Thunderbird.
    (At::Class, "moz-cite-prefix", Mark::HeaderBefore),
    (At::Class, "moz-signature", Mark::Signature),
    (At::Class, "moz-forward-container", Mark::Quote),
    (At::Class, "moz-email-headers-table", Mark::HeaderInside),
    (At::Class, "moz-text-plain", Mark::PlainText),
    // K-9, Evolution, Airmail, Superhuman, Open-Xchange, and those of help desks.
    (At::Class, "k9mail-signature", Mark::Signature),
    (At::Class, "-x-evo-signature-wrapper", Mark::Signature),
    (At::Class, "bloop_sign", Mark::Signature),
    (At::Class, "sh-signature", Mark::Signature),
    (At::Class, "io-ox-signature", Mark::Signature),
    (At::Class, "freshdesk_quote", Mark::Quote),
    (At::Class, "history-quote-wrapper", Mark::Quote),
    (At::Class, "front-signature", Mark::Signature),
    (At::Id, "signature_old", Mark::Signature),
    (At::Id, "CanarySig", Mark::Signature),
    (At::Id, "cm_footer", Mark::Signature),
    (At::Id, "edo-signature", Mark::Signature),
    (At::Class, "mb_sig", Mark::Signature),
    (At::Id, "ymail_android_signature", Mark::Signature),
    // GMX and WEB.DE, NetEase, Tencent and China Mobile.
    (At::Name, "quote", Mark::Quote),
    (At::Id, "isForwardContent", Mark::Quote),
    (At::Id, "origbody", Mark::Quote),
    (At::Id, "reply139content", Mark::Quote),
    // Roundcube, Samsung, Spark, and the mail of Windows.
    (At::Id, "reply-intro", Mark::HeaderBefore),
    (At::Id, SIGNATURE, Mark::Signature),
    (At::Id, "_rc_sig", Mark::Signature),
    (At::Id, "composer_signature", Mark::Signature),
    (At::Name, "messageSignatureSection", Mark::Signature),
    (At::Id, "isReplyContent", Mark::HistoryFollows),
    // Yahoo, Proton, Zoho, Tuta, Zimbra.
    (At::Class, YAHOO_QUOTED, Mark::Quote),
    (At::Class, "protonmail_quote", Mark::Quote),
    (At::Class, "protonmail_signature_block", Mark::Signature),
    (At::Class, "zmail_extra", Mark::Quote),
    (At::Class, "tutanota_quote", Mark::Quote),
    (At::Id, "zwchr", Mark::HistoryFollows),
];

/// What a mail program says that an element is.
pub fn mark(dom: &Dom, node: NodeId, element: &Element, style: &Declared) -> Option<Mark> {
    let named = named(element);
    if element.name() == "blockquote" {
        return quote(element, style, named);
    }
    match named {
        Some(Mark::Quote) if holds_quotes(dom, node, element) => Some(Mark::Quotes),
        Some(Mark::Quote) if has_class(element, QUOTE_CONTAINER) && quotes_nobody(dom, node) => None,
        Some(Mark::HeaderBefore) if !names_author(dom, node) => None,
        Some(mark) => Some(mark),
        None if style.top_border && is_outlook_header(dom, node) => Some(Mark::HistoryHeader),
        None if style.left_border && element.name() == "div" && is_outlook_header(dom, node) => Some(Mark::Quote),
        None => None,
    }
}

/// What an element's names say.
fn named(element: &Element) -> Option<Mark> {
    let (id, class, name) = (
        element.attribute("id"),
        element.attribute("class"),
        element.attribute("name"),
    );
    let place = |at: At, name: &str| {
        let name = without_prefix(name);
        MARKS
            .iter()
            .position(|(place, wanted, _)| *place == at && *wanted == name)
    };
    let classes = class.unwrap_or_default().split_ascii_whitespace();
    let by_class = classes.filter_map(|class| place(At::Class, class));
    let by_id = id.and_then(|id| place(At::Id, id));
    let by_name = name.and_then(|name| place(At::Name, name));
    let first = by_class.chain(by_id).chain(by_name).min()?;
    MARKS.get(first).map(|(_, _, mark)| *mark)
}

/// What a `<blockquote>` is, as far as it says so itself: people and word processors indent by it.
fn quote(element: &Element, style: &Declared, named: Option<Mark>) -> Option<Mark> {
    let kind = element.attribute("type");
    // A mail is named by its id, a book or a page by its address.
    let names_mail = |source: &str| !source.starts_with("http");
    let cites =
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("cite")) || element.attribute("cite").is_some_and(names_mail);
    match named == Some(Mark::Quote) || cites {
        true => Some(Mark::Quote),
        false => style.left_border.then_some(Mark::Extract),
    }
}

/// Whether a `<blockquote>` stands in an element itself, not deeper; or a quote of Gmail's below what somebody wrote.
fn holds_quotes(dom: &Dom, node: NodeId, element: &Element) -> bool {
    let inside = || dom.children(node).filter_map(|child| dom.element(child));
    let holds_another = || {
        let mut marked = inside().filter(|child| has_class(child, "gmail_attr") || has_class(child, "gmail_quote"));
        marked.next().is_some_and(|first| has_class(first, "gmail_quote"))
    };
    inside().any(|child| child.name() == "blockquote") || has_class(element, QUOTE_CONTAINER) && holds_another()
}

/// Whether nothing in an element is marked as quoted: Gmail gives its class to the lines that somebody adds between quotes,
/// too.
fn quotes_nobody(dom: &Dom, node: NodeId) -> bool {
    /// What stands deeper has marks of its own.
    const LOOKED_AT: usize = 400;
    let is_quoted = |element: &Element| {
        element.name() == "blockquote" || has_class(element, "gmail_attr") || has_class(element, "gmail_quote")
    };
    let mut inside = dom
        .descendants(node)
        .take(LOOKED_AT)
        .filter_map(|below| dom.element(below));
    !inside.any(is_quoted)
}

fn has_class(element: &Element, wanted: &str) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    classes
        .split_ascii_whitespace()
        .any(|class| without_prefix(class) == wanted)
}

/// Whether an element's class is Word's, whose paragraphs have no space between them.
pub fn is_word_paragraph(element: &Element) -> bool {
    has_class_beginning(element, "Mso")
}

/// Whether an element's class is that of the items of Word's lists.
pub fn is_list_paragraph(element: &Element) -> bool {
    has_class_beginning(element, "MsoListParagraph")
}

fn has_class_beginning(element: &Element, start: &str) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    let mut classes = classes.split_ascii_whitespace().map(without_prefix);
    classes.any(|class| class.starts_with(start))
}

/// A name without what Outlook puts before those of a mail that it quotes (`x_`), Gmail (`m_-1234`), and Yahoo (`yiv1234`).
fn without_prefix(mut name: &str) -> &str {
    if let Some(rest) = name.strip_prefix("yiv") {
        name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    while let Some(rest) = name.strip_prefix("x_") {
        name = rest;
    }
    if let Some(rest) = name.strip_prefix("m_") {
        name = rest.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    }
    let yahoo = [YAHOO_QUOTED, SIGNATURE];
    let is_yahoo = |wanted: &&str| name.ends_with(wanted) && (name.starts_with("ydp") || *wanted == YAHOO_QUOTED);
    yahoo.into_iter().find(is_yahoo).unwrap_or(name)
}

/// Whether the block under a border begins with "**From:** … **Sent:** … ", in whatever language.
fn is_outlook_header(dom: &Dom, node: NodeId) -> bool {
    /// Enough for the names in front of the last label.
    const LOOKED_AT: usize = 200;
    /// Characters of what a label's value tells.
    const VALUE: usize = 100;
    let mut labels = Labels::default();
    let mut current: Option<(Option<Label>, String)> = None;
    // The texts since the last label.
    let mut texts = 0;
    for at in dom.descendants(node).take(LOOKED_AT) {
        let Data::Text(text) = dom.data(at) else { continue };
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let may_be_label = text.ends_with([':', '：']) && text.len() <= MOST_BYTES && is_bold(dom, at, node);
        let next = may_be_label
            .then(|| label(text))
            .flatten()
            .filter(|(_, value)| value.is_empty());
        match (next, &mut current) {
            (Some((kind, _)), _) => {
                if let Some((kind, value)) = current.replace((kind, String::new())) {
                    labels.add(kind, &value);
                }
                texts = 0;
            }
            (None, Some((_, value))) => {
                value.extend(text.chars().take(VALUE));
                texts += 1;
            }
            (None, None) => return false,
        }
        // What is bold below that is the mail's.
        if texts > 1 && labels.is_mail() {
            break;
        }
    }
    if let Some((kind, value)) = current {
        labels.add(kind, &value);
    }
    // Word writes the paragraphs of a mail in there, and no ticket's.
    let is_word = || {
        dom.children(node)
            .filter_map(|child| dom.element(child))
            .any(is_word_paragraph)
    };
    labels.is_mail_below_line() || labels.is_mail_to_anybody() && is_word()
}

/// Whether an element names who is quoted, as far as its text says so: Thunderbird gives the class of that line to what
/// somebody writes above it, too.
fn names_author(dom: &Dom, node: NodeId) -> bool {
    /// A line of a program has one text, or an address in a link.
    const LOOKED_AT: usize = 30;
    let mut said = String::new();
    let mut ended = false;
    for at in dom.descendants(node).take(LOOKED_AT) {
        match dom.data(at) {
            Data::Text(text) if text.trim().is_empty() => {}
            Data::Text(text) if ended || said.len() + text.len() > MOST_BYTES => return false,
            Data::Text(text) => said.push_str(text),
            Data::Element(element) => ended |= !said.is_empty() && matches!(element.name(), "br" | "div" | "p"),
            Data::Root => {}
        }
    }
    says_who_is_quoted(said.trim())
}

/// Whether a text is in a `<b>` somewhere below `top`.
fn is_bold(dom: &Dom, text: NodeId, top: NodeId) -> bool {
    std::iter::successors(dom.parent(text), |&at| dom.parent(at))
        .take_while(|&at| at != top)
        .any(|at| {
            dom.element(at)
                .is_some_and(|element| matches!(element.name(), "b" | "strong"))
        })
}
