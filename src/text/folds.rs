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
    /// anyway, a signature, and small print. Quotes that are answered one by one, forwarded mails and extracts are for
    /// reading.
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

/// How somebody says that there are answers in what is quoted below, in lower case and between spaces, with bars between.
const ANSWERS_BELOW: &str = " see below | comments below | answers below | responses below | replies below | remarks below |\
     inline | comments in line | answers in line | responses in line | replies in line | in line below | interspersed |\
     in red | in blue | in green | in purple | in orange | in bold | siehe unten | s u | unten im text | im text unten |\
     in rot | in blau | in grün | ci dessous | en rouge | en bleu | en vert | en rojo | en azul | en verde | más abajo |\
     ver abajo | em vermelho | em azul | abaixo em | in rosso | in blu | qui sotto | vedi sotto | in rood | in het rood |\
     zie hieronder | zie onder | i rött | i blått | se nedan | i rødt | se nedenfor | na czerwono | na niebiesko |\
     patrz poniżej | красным | синим | см ниже |赤字|青字|红字|紅字|蓝字|藍字";
/// Bytes of an answer that are read for that.
const LOOKED_AT: usize = 4000;

/// What can be folded in `lines`, top to bottom, and at each width the same in number and order.
pub fn folds(lines: &[Line]) -> Vec<Fold> {
    let mut folds = Vec::new();
    let last_said = lines.iter().rposition(is_own_text);
    let mut has_answers_below = None;
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
            FoldKind::Quote => run.len() >= FEWEST_QUOTED && !is_forwarded(run) && !run.iter().all(is_extract),
            FoldKind::Signature | FoldKind::SmallPrint => run.len() >= FEWEST_SIGNED,
        };
        let answered = last_said.is_some_and(|last| last >= at)
            || kind == FoldKind::Quote && is_long && *has_answers_below.get_or_insert_with(|| say_answers_below(lines));
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

fn is_extract(line: &Line) -> bool {
    line.part == Part::Extract || line.runs.is_empty()
}

fn is_own_text(line: &Line) -> bool {
    line.quote == 0 && line.part == Part::Body && !line.runs.is_empty()
}

/// Whether the author's own lines say that what is quoted has answers in it, such as in another colour.
fn say_answers_below(lines: &[Line]) -> bool {
    let mut said = String::from(" ");
    for line in lines.iter().filter(|line| is_own_text(line)) {
        let words = line.text().to_lowercase();
        for word in words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            said.push_str(word);
            said.push(' ');
        }
        if said.len() > LOOKED_AT {
            break;
        }
    }
    ANSWERS_BELOW.split('|').any(|phrase| said.contains(phrase))
}

fn is_forwarded(run: &[Line]) -> bool {
    run.iter().take(LINES_ABOVE).any(|line| says_forwarded(&line.text()))
}
