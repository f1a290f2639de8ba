//! What the text itself says about quotes, once all of it is there: `>`, and "On … wrote:" above it. Headers and signatures
//! are modules of their own.

use super::attribution::{
    is_attribution, says_when_and_who, says_who_wrote, says_who_wrote_below, shared_at, tells_time,
};
use super::blocks::{Block, Content};
use super::cells;
use super::farewell::signatures;
use super::history::{histories, is_divider, says_forwarded, says_original_or_forwarded};
use super::lines::{Part, Role};

/// Reads the quoting of plain text mails and the signatures of all.
pub fn settle(blocks: &mut Vec<Block>) {
    angle_brackets(blocks);
    histories(blocks);
    shared_lines(blocks);
    attributions(blocks);
    headers_above(blocks);
    attributions_inside(blocks);
    forwards(blocks);
    signatures(blocks);
    extracts(blocks);
    needless_rules(blocks);
    doubled_lines(blocks);
    gaps_before_quotes(blocks);
}

/// `> > text` is quoted twice.
fn angle_brackets(blocks: &mut Vec<Block>) {
    let mut gap = false;
    let mut quoted = quoted_lines(blocks).into_iter();
    blocks.retain_mut(|block| {
        let is_quoted = quoted.next().unwrap_or_default();
        if let Content::Words(words) = &mut block.content
            && is_quoted
        {
            let (depth, length) = leading_brackets(words.text());
            block.quote = block.quote.saturating_add(depth);
            words.drop_front(length);
            if words.is_blank() {
                gap = true;
                return false;
            }
        }
        block.gap |= std::mem::take(&mut gap);
        true
    });
    if let Some(first) = blocks.first_mut() {
        first.gap = false;
    }
}

/// Which blocks begin with `>` because they are quoted. In a mail that was never plain text these are several lines, or
/// what follows one that says whose they are.
fn quoted_lines(blocks: &[Block]) -> Vec<bool> {
    /// Fewer may be anything.
    const FEWEST: usize = 3;
    let begins = |block: &Block| text(block).starts_with('>') && !is_command(text(block));
    let mut quoted = Vec::with_capacity(blocks.len());
    let mut says_whose = false;
    let mut above = None;
    for run in blocks.chunk_by(|block, next| begins(block) == begins(next)) {
        let is_marked = run.first().is_some_and(begins);
        if is_marked {
            says_whose |= above.is_some_and(|above| says_who_wrote_below(text(above).trim_end()));
            let is_quote = says_whose || run.len() >= FEWEST && !above.is_some_and(is_hunk) && !run.iter().any(is_code);
            quoted.extend(run.iter().map(|block| block.text_mail || is_quote));
        } else {
            quoted.resize(quoted.len() + run.len(), false);
        }
        above = run.last();
    }
    quoted
}

/// Whether a line is what one mail server has said to another: ">>> RCPT To:<ben@a.example>".
fn is_command(text: &str) -> bool {
    const VERBS: [&str; 9] = [
        "EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "RSET", "QUIT", "STARTTLS",
    ];
    let said = text.strip_prefix(">>> ").and_then(|said| said.split(' ').next());
    said.is_some_and(|verb| VERBS.contains(&verb))
}

/// Whether a line stands above what a comparison of files has found to be new: "12a13", "3,4c3", "---".
fn is_hunk(block: &Block) -> bool {
    let text = text(block).trim();
    let is_range = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(['a', 'c']);
    text == "---" || is_range && text.chars().all(|c| c.is_ascii_digit() || ",acd".contains(c))
}

fn is_code(block: &Block) -> bool {
    let mut spans = block.words().into_iter().flat_map(|words| words.spans());
    spans.any(|(_, role)| role == Role::Code)
}

/// How many `>` a line begins with, and how many bytes they take with the spaces between and one after.
fn leading_brackets(text: &str) -> (u8, usize) {
    let is_space = |c: char| c == ' ' || c == '\u{a0}';
    let (mut depth, mut rest) = (0_u8, text);
    while let Some(after) = rest.strip_prefix('>') {
        depth = depth.saturating_add(1);
        let spaceless = after.trim_start_matches(is_space);
        rest = if spaceless.starts_with('>') {
            spaceless
        } else {
            after.strip_prefix(is_space).unwrap_or(after)
        };
    }
    (depth, text.len() - rest.len())
}

/// What somebody wrote in front of the line that a program added gets a line of its own.
fn shared_lines(blocks: &mut Vec<Block>) {
    let next_quotes = blocks.iter().skip(1).map(|block| block.quote);
    let shared = |(block, next): (&Block, u8)| {
        let is_own = next > block.quote && block.part == Part::Body;
        is_own.then(|| shared_at(text(block).trim_end())).flatten()
    };
    let places: Vec<Option<usize>> = blocks.iter().zip(next_quotes).map(shared).collect();
    if places.iter().all(Option::is_none) {
        return;
    }
    let mut places = places.into_iter();
    *blocks = std::mem::take(blocks)
        .into_iter()
        .flat_map(|mut block| {
            let start = places.next().flatten();
            let program = block.words_mut().zip(start).map(|(words, start)| {
                let line = words.split_off(start);
                words.pop_space();
                line
            });
            let program = program.map(|line| Block {
                quote: block.quote,
                indent: block.indent,
                size: block.size,
                text_mail: block.text_mail,
                content: Content::Words(line),
                ..Block::default()
            });
            std::iter::once(block).chain(program)
        })
        .collect();
}

/// The line that ends in a colon right above a quote says who is quoted.
fn attributions(blocks: &mut [Block]) {
    /// "wrote:" that was wrapped onto a line of its own.
    const WRAPPED: usize = 16;
    for at in 1..blocks.len() {
        let (before, after) = blocks.split_at_mut(at);
        let (Some(header), Some(quoted)) = (before.last_mut(), after.first()) else {
            continue;
        };
        if header.quote >= quoted.quote || header.part != Part::Body {
            continue;
        }
        let text = text(header).trim_end();
        let names_author = if header.text_mail {
            text.ends_with([':', '：']) || says_who_wrote(text) || says_when_and_who(text)
        } else {
            // Elsewhere a colon may lead to a quote out of a book.
            let is_one = is_attribution(text) || says_who_wrote_below(text);
            header.marker.is_empty() && is_one && !is_attribution(self::text(quoted).trim_end())
        };
        if !names_author {
            continue;
        }
        let wrapped = !header.gap && (cells(text) <= WRAPPED || !tells_time(text));
        let was = header.quote;
        (header.quote, header.part) = (quoted.quote, Part::QuoteHeader);
        let start = before.iter_mut().rev().nth(1).filter(|start| {
            let is_beginning = tells_time(self::text(start)) || cells(self::text(start)) > WRAPPED;
            wrapped && is_beginning && start.quote == was && start.part == Part::Body && start.text_mail
        });
        if let Some(start) = start {
            (start.quote, start.part) = (quoted.quote, Part::QuoteHeader);
        }
    }
}

/// "-------- Forwarded Message --------" and "Begin forwarded message:" stand above the header that Thunderbird and Apple
/// Mail mark.
fn forwards(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let (before, after) = blocks.split_at_mut(at);
        let (Some(line), Some(header)) = (before.last_mut(), after.first()) else {
            continue;
        };
        let is_header = header.part == Part::QuoteHeader && header.quote >= line.quote;
        if is_header && line.part == Part::Body && is_divider(text(line)) && says_forwarded(text(line)) {
            (line.quote, line.part) = (header.quote, Part::QuoteHeader);
        }
    }
}

/// "------ Original Message ------" and the lines below it, where the quote that follows is marked as one: eM Client writes
/// them above it, and no colons behind their labels.
fn headers_above(blocks: &mut [Block]) {
    /// From, to, copies, date, subject.
    const MOST: usize = 8;
    for at in 0..blocks.len() {
        let Some((line, below)) = blocks.get_mut(at..).and_then(<[Block]>::split_first_mut) else {
            return;
        };
        let own = line.quote;
        let is_own = |block: &Block| block.quote == own && block.part == Part::Body && block.words().is_some();
        if !is_own(line) || !is_titled_line(text(line)) {
            continue;
        }
        let lines = below.iter().take(MOST + 1);
        let count = lines.take_while(|block| is_own(block) && !block.gap).count();
        let quote = below.get(count).map(|next| next.quote).filter(|quote| *quote > own);
        if let Some(quote) = quote.filter(|_| count <= MOST) {
            let header = std::iter::once(line).chain(below.iter_mut().take(count));
            header.for_each(|block| (block.quote, block.part) = (quote, Part::QuoteHeader));
        }
    }
}

/// Whether a line says what follows: "------ Original Message ------". A mail that could not be delivered has others.
fn is_titled_line(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("-----") && text.ends_with("-----") && says_original_or_forwarded(text)
}

/// What a block says; nothing if it is no line.
fn text(block: &Block) -> &str {
    block.words().map(|words| words.text()).unwrap_or_default()
}

/// Apple Mail puts the line that names the author into the quote, as its first: "On 16 Nov 2026, at 09:12, Ben wrote:".
fn attributions_inside(blocks: &mut [Block]) {
    let mut above = 0;
    for block in blocks {
        let text = block.words().map(|words| words.text().trim_end()).unwrap_or_default();
        let names_author = text.ends_with([':', '：']) && text.contains(|c: char| c.is_numeric());
        if block.quote > above && block.part == Part::Body && names_author {
            block.part = Part::QuoteHeader;
        }
        above = block.quote;
    }
}

/// A rule between an answer and what it answers says no more than the quote does, nor does one around its header.
fn needless_rules(blocks: &mut Vec<Block>) {
    let next_quotes: Vec<u8> = blocks.iter().skip(1).map(|block| block.quote).collect();
    let mut next_quotes = next_quotes.into_iter();
    let mut below_header = false;
    blocks.retain(|block| {
        let deeper_follows = next_quotes.next().is_some_and(|next| next > block.quote);
        let is_needless = deeper_follows || below_header || block.part == Part::QuoteHeader;
        below_header = block.part == Part::QuoteHeader;
        !(is_needless && matches!(block.content, Content::Rule))
    });
}

/// What is only set off, with no line that says whose it is, is for reading like all else.
fn extracts(blocks: &mut [Block]) {
    for quote in blocks.chunk_by_mut(|one, next| (one.quote == 0) == (next.quote == 0)) {
        if quote.iter().all(|block| block.extract && block.part == Part::Body) {
            quote.iter_mut().for_each(|block| block.part = Part::Extract);
        }
    }
}

/// Of two lines drawn right below each other, such as around the invitation to a meeting, one is enough.
fn doubled_lines(blocks: &mut Vec<Block>) {
    let is_line = |block: &Block| match &block.content {
        Content::Rule => true,
        Content::Words(words) => !block.text_mail && words.is_drawn(),
        Content::Table(_) => false,
    };
    blocks.dedup_by(|next, above| is_line(next) && is_line(above) && next.quote == above.quote);
}

/// An empty line where a quote begins and below the lines that say whose it is; plain text mails have their own.
fn gaps_before_quotes(blocks: &mut [Block]) {
    let mut above: Option<(u8, Part)> = None;
    for block in blocks {
        let begins = above.is_some_and(|(quote, part)| {
            block.quote > quote || part == Part::QuoteHeader && block.part != part && block.quote == quote
        });
        block.gap |= !block.text_mail && begins;
        above = Some((block.quote, block.part));
    }
}
