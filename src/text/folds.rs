//! What of a body can be folded away: quotes, signatures and small print.

use std::ops::Range;

use super::history::says_forwarded;
use super::lines::{Line, Part};

/// A stretch of lines that can be folded into one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// Which lines of the body.
    pub lines: Range<usize>,
    /// What is in it.
    pub kind: FoldKind,
    /// Whether it is folded as long as nobody wants it otherwise: the history below an answer, which the thread has
    /// anyway, a signature, and small print. Quotes that are answered one by one and forwarded mails are for reading.
    pub folded: bool,
}

/// What can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldKind {
    /// What is quoted, with the lines that say of whom.
    Quote,
    /// A signature of the author.
    Signature,
    /// How to leave the list, and what the law wants said.
    SmallPrint,
}

/// Fewer lines than this are as quickly read as opened.
const FEWEST_QUOTED: usize = 4;
const FEWEST_SIGNED: usize = 3;
/// Where a quote says that it is forwarded.
const LINES_ABOVE: usize = 3;

/// What can be folded in `lines`, top to bottom, and at each width the same in number and order.
pub fn folds(lines: &[Line]) -> Vec<Fold> {
    let mut folds = Vec::new();
    let last_said = lines.iter().rposition(is_own_text);
    let mut at = 0;
    let mut says_something = false;
    for run in lines.chunk_by(|one, next| kind(one) == kind(next)) {
        let here = at..at + run.len();
        at = here.end;
        let Some(kind) = run.first().and_then(kind) else {
            says_something |= run.iter().any(is_own_text);
            continue;
        };
        let is_long = match kind {
            FoldKind::Quote => run.len() >= FEWEST_QUOTED && !is_forwarded(run),
            FoldKind::Signature | FoldKind::SmallPrint => run.len() >= FEWEST_SIGNED,
        };
        let answered = last_said.is_some_and(|last| last >= at);
        folds.push(Fold {
            lines: here,
            kind,
            folded: is_long && says_something && (kind != FoldKind::Quote || !answered),
        });
    }
    folds
}

fn kind(line: &Line) -> Option<FoldKind> {
    match (line.quote, line.part) {
        (1.., _) => Some(FoldKind::Quote),
        (0, Part::Signature) => Some(FoldKind::Signature),
        (0, Part::SmallPrint) => Some(FoldKind::SmallPrint),
        _ => None,
    }
}

fn is_own_text(line: &Line) -> bool {
    line.quote == 0 && line.part == Part::Body && !line.runs.is_empty()
}

fn is_forwarded(run: &[Line]) -> bool {
    run.iter().take(LINES_ABOVE).any(|line| says_forwarded(&line.text()))
}
