//! What the text itself says about quotes and signatures, once all of it is there: `>`, "On … wrote:",
//! "-----Original Message-----", and the "-- " above a signature (RFC 3676 §4.3).

use super::blocks::{Block, Content};
use super::cells;
use super::lines::Part;

/// Reads the quoting of plain text mails and the signatures of all.
pub fn settle(blocks: &mut Vec<Block>) {
    angle_brackets(blocks);
    dividers(blocks);
    attributions(blocks);
    attributions_inside(blocks);
    signatures(blocks);
    rules_before_quotes(blocks);
    gaps_before_quotes(blocks);
}

/// `> > text` is quoted twice.
fn angle_brackets(blocks: &mut Vec<Block>) {
    let mut gap = false;
    blocks.retain_mut(|block| {
        if block.text_mail
            && let Content::Words(words) = &mut block.content
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

/// All after "-----Original Message-----", or after a long line with "From: …" below it, is what was answered.
fn dividers(blocks: &mut [Block]) {
    let mut depth = 0_u8;
    let mut in_header = false;
    let heads: Vec<bool> = (0..blocks.len())
        .map(|at| is_divider(blocks.get(at..).unwrap_or_default()))
        .collect();
    for (block, is_divider) in blocks.iter_mut().zip(heads) {
        if is_divider {
            depth = depth.saturating_add(1);
        }
        in_header = is_divider || (in_header && block.text_mail && !block.gap && is_labelled(block));
        if block.text_mail {
            block.quote = block.quote.saturating_add(depth);
        }
        if in_header {
            block.part = Part::QuoteHeader;
        }
    }
}

/// Whether a history begins at the first of `blocks`: a drawn line, and two lines that are labelled as a mail's header is.
fn is_divider(blocks: &[Block]) -> bool {
    let [first, second, third, ..] = blocks else {
        return false;
    };
    let line = first
        .words()
        .filter(|_| first.text_mail)
        .map(|words| words.text().trim())
        .unwrap_or_default();
    let with_dashes = line.len() > 8 && line.starts_with("---") && line.ends_with("---");
    let underlined = line.len() >= 20 && line.bytes().all(|byte| byte == b'_');
    (with_dashes || underlined) && is_labelled(second) && is_labelled(third)
}

/// "Sent: Monday", in whatever language.
fn is_labelled(block: &Block) -> bool {
    let text = block.words().map(|words| words.text()).unwrap_or_default();
    let label = text.split_once([':', '：']).map(|(label, _)| label.trim());
    label.is_some_and(|label| !label.is_empty() && cells(label) <= 20)
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
        let text = header.words().map(|words| words.text().trim_end()).unwrap_or_default();
        let names_author = header.text_mail && header.quote < quoted.quote && text.ends_with([':', '：']);
        if !names_author || header.part != Part::Body {
            continue;
        }
        let wrapped = cells(text) <= WRAPPED && !header.gap;
        let was = header.quote;
        (header.quote, header.part) = (quoted.quote, Part::QuoteHeader);
        let start = before
            .iter_mut()
            .rev()
            .nth(1)
            .filter(|start| wrapped && start.quote == was && start.text_mail);
        if let Some(start) = start {
            (start.quote, start.part) = (quoted.quote, Part::QuoteHeader);
        }
    }
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

/// From "-- " to the end, or to where the quoting changes, is the signature.
fn signatures(blocks: &mut [Block]) {
    let mut signed = None;
    for block in blocks {
        let delimits = block
            .words()
            .is_some_and(|words| matches!(words.text(), "-- " | "--\u{a0}"));
        if block.part != Part::Body || (signed.is_some() && signed != Some(block.quote)) {
            signed = None;
        }
        if delimits && block.part == Part::Body {
            signed = Some(block.quote);
        }
        if signed.is_some() {
            block.part = Part::Signature;
        }
    }
}

/// A rule between an answer and what it answers says no more than the quote does.
fn rules_before_quotes(blocks: &mut Vec<Block>) {
    let next_quotes: Vec<u8> = blocks.iter().skip(1).map(|block| block.quote).collect();
    let mut next_quotes = next_quotes.into_iter();
    blocks.retain(|block| {
        let deeper_follows = next_quotes.next().is_some_and(|next| next > block.quote);
        !(deeper_follows && matches!(block.content, Content::Rule))
    });
}

/// An empty line where a quote begins; plain text mails have their own.
fn gaps_before_quotes(blocks: &mut [Block]) {
    let mut above = None;
    for block in blocks {
        block.gap |= !block.text_mail && above.is_some_and(|above| block.quote > above);
        above = Some(block.quote);
    }
}
