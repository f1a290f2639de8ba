//! HTML to lines of runs with semantic roles; widths, wrapping, links, quotes.
//!
//! A body goes in, [`Typeset`] comes out: lines no wider than asked, made of [`Run`]s whose [`Role`] says what they are
//! (a heading, link 3, code). On the way a body is parsed within bounds, taken apart into blocks by the marks of mail
//! programs (quotes, signatures, what is hidden, tables that only place things), and laid out piece by piece, by
//! html2text but for lines and tables that fit as they are. Nothing here knows a colour; the `ui` room maps roles to
//! styles. Everything that leaves is clean: no run holds a control character or a bidirectional override, whatever the body
//! held.
//!
//! The other way, [`vcard()`] writes what is known of a person for address books.

mod attribution;
mod blocks;
mod compare;
mod count;
mod encoding;
mod farewell;
mod find;
mod flow;
mod folds;
mod guard;
mod headings;
mod history;
mod html;
pub mod json;
mod labels;
mod lay;
mod lines;
mod links;
mod markdown;
mod notices;
mod quotes;
mod reply;
mod sent_from;
mod small_print;
pub mod time;
mod typeset;
mod unwrap;
mod vcard;
mod visible;
mod width;
mod wrap;

#[cfg(test)]
mod tests;

pub use compare::{contains_own_words, normalised, own_words, plain_text, says_what_was_sent};
pub use count::{bytes, counted, grouped};
pub use encoding::decoded;
pub use find::{Hit, find};
pub use folds::{Fold, FoldKind};
pub use guard::guarded;
pub use html::escape as escape_html;
pub use lines::{Line, Link, Part, Role, Run, Typeset, quote_margin};
pub use markdown::literal as markdown_literal;
pub use reply::{Wording, draft_html, harmless_html, own_html, quote_of};
pub use typeset::typeset;
pub use vcard::vcard;
pub use visible::start_of;
pub use width::{cells, cells_apart, graphemes, letters, pad, truncate};
pub use wrap::wrap;
