//! What of a body can be folded away: quotes, signatures and small print.

use std::collections::HashSet;
use std::ops::Range;

use super::farewell::is_closing;
use super::history::says_forwarded;
use super::lines::{Line, Part, Role};

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
const ANSWERS_BELOW: &str = " see below | my answers | my comments | my replies | in the text | im text | dans le texte | en el texto | nel testo |\
     in de tekst | no texto | comments below | answers below | responses below | replies below | remarks below |\
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
    let mut own = Own::default();
    for run in lines.chunk_by(|one, next| kind(one) == kind(next)) {
        let here = at..at + run.len();
        at = here.end;
        let Some(kind) = run.first().and_then(kind) else {
            says_something |= run.iter().any(is_own_text);
            run.iter()
                .filter(|line| is_own_text(line))
                .for_each(|line| own.says(line));
            continue;
        };
        let is_long = match kind {
            FoldKind::Quote => {
                run.len() >= FEWEST_QUOTED && !is_forwarded(run) && !run.iter().all(is_extract) && !own.leads_on()
            }
            FoldKind::Signature | FoldKind::SmallPrint => run.len() >= FEWEST_SIGNED,
        };
        let answered = last_said.is_some_and(|last| last >= at)
            || kind == FoldKind::Quote && is_long && is_answered_inside(run)
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

/// What the author has written above a quote.
#[derive(Default)]
struct Own {
    letters: usize,
    last: String,
}

impl Own {
    fn says(&mut self, line: &Line) {
        self.last = line.text();
        self.letters += self.last.chars().filter(|c| !c.is_whitespace()).count();
    }

    /// Whether it leads to what is quoted, so that this is what the mail is about: "See what they say:". Nor does anybody
    /// write no more than "Dear all,".
    fn leads_on(&self) -> bool {
        /// "Dear Mr Featherstonehaugh,"
        const LONGEST_GREETING: usize = 30;
        let last = self.last.trim_end();
        last.ends_with([':', '：'])
            || last.ends_with([',', '，']) && self.letters <= LONGEST_GREETING && !is_closing(last)
    }
}

fn is_extract(line: &Line) -> bool {
    line.part == Part::Extract || line.runs.is_empty()
}

fn is_own_text(line: &Line) -> bool {
    line.quote == 0 && line.part == Part::Body && !line.runs.is_empty()
}

/// Whether somebody has put answers into what is quoted, each behind a name in brackets: `[Jane] On Monday.`
fn is_answered_inside(run: &[Line]) -> bool {
    let mut names = HashSet::new();
    run.iter().filter_map(name_in_brackets).any(|name| !names.insert(name))
}

/// The name in brackets that a line begins with, where words follow after a space or a colon.
fn name_in_brackets(line: &Line) -> Option<String> {
    /// Bytes of a name.
    const LONGEST: usize = 30;
    let is_picture = line
        .runs
        .first()
        .is_some_and(|run| matches!(run.role, Role::Image | Role::Link(_)));
    let text = line.text();
    let (name, rest) = text.trim_start().strip_prefix('[')?.split_once(']')?;
    let is_name = name.len() <= LONGEST && name.starts_with(char::is_alphabetic);
    let says_something = rest.starts_with([' ', ':', '\u{a0}']) && rest.contains(char::is_alphabetic);
    (is_name && !is_picture && says_something).then(|| name.to_lowercase())
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
