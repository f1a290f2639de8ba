//! HTML as mails have it: a bounded parser, the tree, styles inline and in sheets, and the marks of mail programs.

mod compound;
mod dom;
mod hiding;
mod list_style;
mod marks;
mod measure;
mod media;
mod parse;
mod room;
mod seen;
mod selector;
mod sheet;
mod sink;
mod style;
mod write;

pub use dom::{Data, Dom, Element, NodeId};
pub use list_style::ListStyle;
pub use marks::{Mark, is_list_paragraph, is_word_paragraph, mark};
pub use measure::{FontSize, Paint};
pub use parse::{Parsed, bare_text, beginning, parse};
pub use seen::{is_icon, is_pixel, is_unseen};
pub use sheet::Sheet;
pub use style::{Arrangement, Declared, declared};
pub use write::{escape, source};
