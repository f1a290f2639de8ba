//! From source to tree, with bounds that html5ever does not have.
//!
//! Its tree builder takes time that grows with the square of the nesting (100,000 `<div>`: half a minute), its tokenizer
//! with the square of the attributes of one tag, and left-open `<b>`s are made anew in every paragraph, as the standard
//! wants, so that 40 kB of source become a tree of 700 MB. The [`Gate`] between the two leaves out what goes too deep or
//! becomes too much; the text in it stays.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};

use super::super::visible::start_of;
use super::dom::{Dom, NodeId};
use super::sink::Sink;

/// The longest source that is read, in bytes.
const MAX_SOURCE: usize = 1 << 20;
/// Elements inside each other; a reply chain takes about three for each reply.
const MAX_DEPTH: u32 = 200;
/// Nodes of the tree. A long newsletter has ten thousand.
const MAX_NODES: usize = 250_000;
/// Attributes of one tag. Real tags have a dozen.
const MAX_ATTRIBUTES: usize = 256;
/// How far back an end tag looks for its start tag among those left out.
const MAX_LOOK_BACK: usize = 16;

/// A tree, and whether it stands for the whole source.
pub struct Parsed {
    /// The tree.
    pub dom: Dom,
    /// Whether the source was longer than what was read.
    pub cut: bool,
}

/// Parses a body, up to [`MAX_SOURCE`] bytes of it. The tree is at most a few hundred elements deep.
pub fn parse(source: &str) -> Parsed {
    let start = beginning(source);
    let builder_options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let gate = Gate {
        builder: TreeBuilder::new(Sink::new(), builder_options),
        left_out: RefCell::default(),
        full: Cell::default(),
    };
    let gate = tokenize(start, gate);
    let cut = start.len() < source.len() || gate.full.get();
    Parsed {
        dom: gate.builder.sink.finish(),
        cut,
    }
}

/// The text of a body without its markup, for when nothing better can be made of it: no tree is built.
pub fn bare_text(source: &str) -> String {
    tokenize(beginning(source), Bare::default()).text.into_inner()
}

/// As much of a source as is read.
pub fn beginning(source: &str) -> &str {
    start_of(source, MAX_SOURCE)
}

fn tokenize<S: TokenSink>(source: &str, sink: S) -> S {
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*with_few_attributes(source)));
    while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) = tokenizer.feed(&input) {}
    tokenizer.end();
    tokenizer.sink
}

/// Collects text, each tag being a line break.
#[derive(Default)]
struct Bare {
    text: RefCell<String>,
    in_machinery: Cell<bool>,
}

impl TokenSink for Bare {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) if !self.in_machinery.get() => self.text.borrow_mut().push_str(&text),
            Token::TagToken(tag) => {
                self.text.borrow_mut().push('\n');
                let begins = tag.kind == TagKind::StartTag && matches!(&*tag.name, "style" | "script");
                self.in_machinery.set(begins);
                if begins {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Hands tokens to the tree builder, but for start tags that go too deep and all that comes when the tree is full.
struct Gate {
    builder: TreeBuilder<NodeId, Sink>,
    /// The start tags left out and still open.
    left_out: RefCell<Vec<LocalName>>,
    full: Cell<bool>,
}

impl Gate {
    fn lets_in(&self, tag: &Tag) -> bool {
        if is_leaf(&tag.name) {
            return true;
        }
        let mut left_out = self.left_out.borrow_mut();
        match tag.kind {
            TagKind::StartTag => {
                let fits = self.builder.sink.depth() < MAX_DEPTH;
                if !fits && !tag.self_closing {
                    left_out.push(tag.name.clone());
                }
                fits
            }
            TagKind::EndTag => {
                let opened = left_out
                    .iter()
                    .rev()
                    .take(MAX_LOOK_BACK)
                    .position(|name| *name == tag.name);
                if let Some(back) = opened {
                    let keep = left_out.len() - back - 1;
                    left_out.truncate(keep);
                }
                opened.is_none()
            }
        }
    }
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.builder.sink.nodes() > MAX_NODES && token != Token::EOFToken {
            self.full.set(true);
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token
            && !self.lets_in(tag)
        {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that hold no other: void ones, and those whose content the tokenizer must know to be no markup.
fn is_leaf(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "wbr"
            | "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
    )
}

/// `source`, with the attributes of absurdly long tags cut off.
fn with_few_attributes(source: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = source.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + open + 1;
        let rest = source.get(start..).unwrap_or_default();
        if rest.starts_with("!--") {
            at = start + rest.find("-->").unwrap_or(rest.len());
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            at = start;
            continue;
        }
        let tag = TagLength::of(rest);
        if tag.few < tag.whole {
            kept.push_str(source.get(copied..start + tag.few).unwrap_or_default());
            copied = start + tag.whole;
        }
        at = start + tag.whole;
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    kept.push_str(source.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

/// How many bytes a tag has up to its `>`, and how many with no more than [`MAX_ATTRIBUTES`].
struct TagLength {
    few: usize,
    whole: usize,
}

impl TagLength {
    fn of(rest: &str) -> TagLength {
        let mut quote = None;
        let mut value_follows = false;
        let mut between = false;
        let mut attributes = 0;
        let mut few = None;
        for (at, byte) in rest.bytes().enumerate() {
            match quote {
                Some(open) if byte == open => (quote, between) = (None, true),
                Some(_) => {}
                None if byte == b'>' => {
                    return TagLength {
                        few: few.unwrap_or(at),
                        whole: at,
                    };
                }
                None if value_follows && (byte == b'"' || byte == b'\'') => quote = Some(byte),
                None if byte.is_ascii_whitespace() || byte == b'/' => between = true,
                None if between => {
                    between = false;
                    attributes += 1;
                    if attributes > MAX_ATTRIBUTES && few.is_none() {
                        few = Some(at);
                    }
                }
                None => {}
            }
            if !byte.is_ascii_whitespace() {
                value_follows = byte == b'=' && quote.is_none();
            }
        }
        TagLength {
            few: few.unwrap_or(rest.len()),
            whole: rest.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dom::Data;
    use super::*;

    fn depth(dom: &Dom) -> usize {
        let above = |node| std::iter::successors(Some(node), |&at| dom.parent(at)).count();
        dom.descendants(dom.root()).map(above).max().unwrap_or(0)
    }

    fn text(dom: &Dom) -> String {
        let texts = dom.descendants(dom.root()).filter_map(|node| match dom.data(node) {
            Data::Text(text) => Some(&**text),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn the_tree_is_bounded_and_the_text_is_all_there() {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b><i>", "</i></b>"),
            ("<ul><li>", ""),
            ("<table><tr><td>", ""),
        ] {
            let source = format!("{}in{}out", open.repeat(20_000), close.repeat(20_000));
            let parsed = parse(&source);
            assert!(depth(&parsed.dom) < 2 * MAX_DEPTH as usize, "{open}");
            assert_eq!((text(&parsed.dom).as_str(), parsed.cut), ("inout", false), "{open}");
        }
    }

    #[test]
    fn a_tree_that_grows_without_end_is_cut() {
        let left_open: String = (0..150).map(|id| format!("<b id={id}>")).collect();
        let parsed = parse(&format!("<p>{left_open}</p>{}", "<p>x".repeat(100_000)));
        assert!(parsed.cut);
        assert!(parsed.dom.elements().count() < MAX_NODES + 1000);
    }

    #[test]
    fn only_absurd_tags_lose_attributes() {
        for source in [
            "<p class=a style='x: \"y\"; z'>text</p>",
            "a < b and c > d <<p>",
            "<!-- <p a b c> --><p title=\"a > b\">",
            "<p title='unclosed",
            "<",
            "</",
            "山<p>田",
        ] {
            assert!(matches!(with_few_attributes(source), Cow::Borrowed(_)), "{source}");
        }
        let names = |count| (0..count).map(|name| format!(" a{name}='>'")).collect::<String>();
        assert!(matches!(
            with_few_attributes(&format!("<p{}>text", names(MAX_ATTRIBUTES))),
            Cow::Borrowed(_)
        ));
        let long = format!("<p{} >text <i{}>", names(MAX_ATTRIBUTES * 2), names(1));
        let expected = format!("<p{} >text <i a0='>'>", names(MAX_ATTRIBUTES));
        assert_eq!(with_few_attributes(&long), expected);
    }

    #[test]
    fn bare_text_is_what_is_between_the_tags() {
        let source = "<style>p{}</style><p>a &lt; b<!-- c --></p><script>d('<p>')</script><div>e";
        let text = bare_text(source);
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["a", "<", "b", "e"]);
    }
}
