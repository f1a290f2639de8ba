//! How mail programs mark quotes, history and signatures, as one table.

use super::dom::{Data, Dom, Element, NodeId};
use super::style::Declared;

/// What an element is to a mail program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It holds a quote.
    Quote,
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
    /// It holds a mail that was plain text, with `>` before what is quoted.
    PlainText,
}

/// Where a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Id,
    Class,
}

/// The names. Outlook puts `x_` before those of a mail that it quotes, once for each time.
const MARKS: [(At, &str, Mark); 25] = [
    // Outlook on the web, the new Outlook, Outlook for Mac and phones.
    (At::Id, "appendonsend", Mark::HistoryFollows),
    (At::Id, "divRplyFwdMsg", Mark::HistoryHeader),
    (At::Id, "mail-editor-reference-message-container", Mark::HistoryFollows),
    (At::Class, "ms-outlook-mobile-reference-message", Mark::HistoryFollows),
    (At::Id, "OLK_SRC_BODY_SECTION", Mark::HistoryFollows),
    (At::Id, "ms-outlook-mobile-signature", Mark::Signature),
    (At::Id, "Signature", Mark::Signature),
    (At::Class, "PlainText", Mark::PlainText),
    (At::Class, "EmailQuote", Mark::Quote),
    // Gmail.
    (At::Class, "gmail_quote", Mark::Quote),
    (At::Class, "gmail_quote_container", Mark::Quote),
    (At::Class, "gmail_attr", Mark::HeaderInside),
    (At::Class, "gmail_signature", Mark::Signature),
    // Apple Mail.
    (At::Id, "AppleMailSignature", Mark::Signature),
    // Thunderbird.
    (At::Class, "moz-cite-prefix", Mark::HeaderBefore),
    (At::Class, "moz-signature", Mark::Signature),
    (At::Class, "moz-forward-container", Mark::Quote),
    (At::Class, "moz-email-headers-table", Mark::HeaderInside),
    (At::Class, "moz-text-plain", Mark::PlainText),
    // Yahoo, Proton, Zoho, Tuta, Zimbra.
    (At::Class, "yahoo_quoted", Mark::Quote),
    (At::Class, "protonmail_quote", Mark::Quote),
    (At::Class, "protonmail_signature_block", Mark::Signature),
    (At::Class, "zmail_extra", Mark::Quote),
    (At::Class, "tutanota_quote", Mark::Quote),
    (At::Id, "zwchr", Mark::HistoryFollows),
];

/// What a mail program says that an element is.
pub fn mark(dom: &Dom, node: NodeId, element: &Element, style: &Declared) -> Option<Mark> {
    if element.name() == "blockquote" {
        return Some(Mark::Quote);
    }
    if !style.top_border && element.attribute("id").or_else(|| element.attribute("class")).is_none() {
        return None;
    }
    let id = element.attribute("id").map(without_prefix);
    let classes = || {
        element
            .attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .map(without_prefix)
    };
    let named = MARKS.iter().find(|(at, name, _)| match at {
        At::Id => id == Some(*name),
        At::Class => classes().any(|class| class == *name),
    });
    match named {
        Some((_, _, mark)) => Some(*mark),
        None if style.top_border && is_outlook_header(dom, node) => Some(Mark::HistoryHeader),
        None => None,
    }
}

/// Whether an element's class is Word's, whose paragraphs have no space between them.
pub fn is_word_paragraph(element: &Element) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    classes
        .split_ascii_whitespace()
        .map(without_prefix)
        .any(|class| class.starts_with("Mso"))
}

fn without_prefix(mut name: &str) -> &str {
    while let Some(rest) = name.strip_prefix("x_") {
        name = rest;
    }
    name
}

/// Whether the block under a border begins with "**From:** … **Sent:** … ", in whatever language: it begins with a bold
/// label, and has another.
fn is_outlook_header(dom: &Dom, node: NodeId) -> bool {
    /// Enough for the names in front of the second label.
    const LOOKED_AT: usize = 200;
    let mut labels = 0;
    for at in dom.descendants(node).take(LOOKED_AT) {
        let Data::Text(text) = dom.data(at) else { continue };
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let bold = is_bold(dom, at, node);
        if bold && text.ends_with([':', '：']) {
            labels += 1;
        } else if labels == 0 {
            return false;
        }
    }
    labels >= 2
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
