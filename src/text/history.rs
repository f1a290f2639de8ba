//! Where what was answered or forwarded begins, for mails whose program put no mark there: the block of "From: … Sent: …
//! To: … Subject: …" that mail programs write in the language of their user, "-----Original Message-----" alone, or "On …
//! wrote:" above text that nothing marks as quoted.

use super::attribution::{tells_time, unmarked_at};
use super::blocks::{Block, Content, Row, Table};
use super::labels::{Label, Labels, label};
use super::lines::Part;

/// What stands above a mail that was forwarded, in lower case, with bars between.
const FORWARDED: &str = "forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten|\
     message transféré|message transmis|message réexpédié|mensaje reenviado|mensaje transferido|missatge reenviat|\
     mensaxe reenviada|mensagem encaminhada|mensagem reencaminhada|messaggio inoltrato|birbidalitako mezua|\
     doorgestuurd bericht|doorgestuurde bericht|vidarebefordrat|videresendt|videresend|framsent skeyti|välitetty viesti|\
     edastatud kiri|pārsūtītā vēstule|persiųstas laiškas|przekazana wiadomość|przekazanej wiadomości|\
     przekazywanej wiadomości|přeposlaná zpráva|přeposlané zprávy|přeposílané zprávy|předávané zprávy|\
     preposlaná správa|preposlanej správy|továbbított üzenet|továbbított levél|mesaj redirecționat|mesaj înaintat|\
     mesajului redirecționat|proslijeđena poruka|proslijeđene poruke|prosleđena poruka|posredovano sporočilo|\
     iletilen ileti|iletilmiş ileti|iletilen mesaj|yönlendirilmiş mesaj|пересылаемое сообщение|пересланное сообщение|\
     пересылаемого сообщения|перенаправленное сообщение|переадресованного сообщения|переслане повідомлення|\
     перенаправлене повідомлення|препратено съобщение|препратено писмо|прослеђена порука|προωθημένο μήνυμα|\
     προωθημένου μηνύματος|הודעה שהועברה|ההודעה שהועברה|הודעה מועברת|المعاد توجيهها|رسالة معاد توجيهها|\
     ข้อความที่ส่งต่อ|thư đã chuyển tiếp|thư chuyển tiếp|pesan diteruskan|pesan yang diteruskan|转发的邮件|转发邮件|\
     转发的消息|轉寄的郵件|轉寄郵件|轉寄訊息|転送されたメッセージ|転送メッセージ|전달된 메시지|전달된 편지";

/// What stands above a mail or an invitation that was answered, in lower case, with bars between.
const ORIGINAL: &str = "original appointment|ursprünglicher termin|rendez-vous d’origine|rendez-vous d'origine|\
     cita original|compromisso original|appuntamento originale|oorspronkelijke afspraak|original message|reply message|originalnachricht|antwort nachricht|ursprüngliche nachricht|ursprungliche nachricht|message d'origine|\
     message d’origine|message original|message initial|mensaje original|mensagem original|messaggio originale|\
     oorspronkelijk bericht|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|\
     original besked|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|\
     eredeti üzenet|исходное сообщение|вихідне повідомлення|orijinal ileti|orijinal mesaj|özgün ileti|αρχικό μήνυμα|\
     הודעה מקורית|الرسالة الأصلية|原始邮件|原始郵件|元のメッセージ|원본 메시지|mesaj original|thư gốc|pesan asli";

/// Lines that a header takes at most; many people may be named in it.
const MAX_HEADER: usize = 24;

/// Marks the headers that the text itself shows, and all that follows each as one level deeper.
pub fn histories(blocks: &mut [Block]) {
    // For each history that has begun, how deep it begins.
    let mut begun: Vec<u8> = Vec::new();
    let mut header = 0_usize;
    let mut above = 0;
    // By how much what follows the header is marked as quoted already.
    let mut marked = 0;
    let mut shallowest: Option<Vec<u8>> = None;
    let mut has_items = None;
    for at in 0..blocks.len() {
        let here = blocks.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| blocks.get(before));
        let found = if header == 0 {
            header_at(before, here).or_else(|| unmarked_at(here))
        } else {
            None
        };
        if found.is_some() && *has_items.get_or_insert_with(|| is_digest(blocks)) {
            return;
        }
        if let Some(length) = found {
            let shallowest = shallowest.get_or_insert_with(|| shallowest_below(blocks));
            let below = shallowest.get(at + length).copied().unwrap_or_default();
            let own = blocks.get(at).map_or(0, |block| block.quote);
            marked = below.saturating_sub(own);
        }
        let Some(block) = blocks.get_mut(at) else { return };
        let own = block.quote;
        // They rise from first to last.
        while begun.pop_if(|depth| *depth > own).is_some() {}
        if let Some(length) = found {
            header = length;
            // At the beginning of a quote it only says whose that is.
            if own <= above && marked == 0 {
                begun.push(own);
            }
        }
        block.quote = own.saturating_add(u8::try_from(begun.len()).unwrap_or(u8::MAX));
        if header > 0 {
            header -= 1;
            block.part = Part::QuoteHeader;
            block.quote = block.quote.saturating_add(marked);
        }
        above = own;
    }
}

/// Whether headers stand above several mails of different subjects: those that a digest tells of. The mails of a chain have
/// one subject.
fn is_digest(blocks: &[Block]) -> bool {
    /// Two may be a chain whose subject somebody has changed.
    const FEWEST: usize = 3;
    let mut subjects = Vec::new();
    let mut at = 0;
    while let Some(here) = blocks.get(at..).filter(|here| !here.is_empty()) {
        let before = at.checked_sub(1).and_then(|before| blocks.get(before));
        let header = header_at(before, here).and_then(|length| here.get(..length));
        if let Some(header) = header {
            subjects.extend(header.iter().find_map(subject));
        }
        at += header.map_or(1, <[Block]>::len).max(1);
    }
    let count = subjects.len();
    subjects.sort();
    subjects.dedup();
    count >= FEWEST && subjects.len() == count
}

/// The subject that a line of a header says, without "Re:" and the like before it, in lower case.
fn subject(line: &Block) -> Option<String> {
    /// Bytes of the longest of these: "Antwort".
    const LONGEST_PREFIX: usize = 8;
    let (kind, mut value) = label(line.words()?.text())?;
    while let Some((_, rest)) = value
        .split_once([':', '：'])
        .filter(|(prefix, _)| prefix.len() <= LONGEST_PREFIX)
    {
        value = rest.trim_start();
    }
    (kind == Some(Label::Subject)).then(|| value.trim().to_lowercase())
}

/// For each block, how deep the least deeply quoted is from there to the end.
fn shallowest_below(blocks: &[Block]) -> Vec<u8> {
    let mut depths: Vec<u8> = blocks.iter().rev().map(|block| block.quote).collect();
    let mut least = u8::MAX;
    depths.iter_mut().for_each(|depth| {
        least = least.min(*depth);
        *depth = least;
    });
    depths.reverse();
    depths
}

/// Whether a line says that what follows was forwarded.
pub fn says_forwarded(line: &str) -> bool {
    says_one_of(FORWARDED, line)
}

fn says_one_of(phrases: &str, line: &str) -> bool {
    let line = line.to_lowercase();
    phrases.split('|').any(|phrase| line.contains(phrase))
}

/// Whether the first of `blocks` says that all below is what was answered: "-----Original Message-----".
fn says_original(blocks: &[Block]) -> bool {
    let Some((line, below)) = blocks.split_first() else {
        return false;
    };
    let text = line.words().map(|words| words.text()).unwrap_or_default();
    if !is_titled(text.trim()) || !says_one_of(ORIGINAL, text) {
        return false;
    }
    let is_own = |block: &&Block| block.quote == line.quote && block.part == Part::Body;
    // Where the text below it is marked as a quote, these lines are its header.
    let header = below
        .iter()
        .take(MAX_HEADER)
        .take_while(|block| is_own(block) && !block.gap);
    let next = below.get(header.count());
    below.first().is_some_and(|first| is_own(&first)) && next.is_none_or(|next| next.quote <= line.quote)
}

/// What stands above a header, if anything does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    /// A horizontal rule, a long underline, or words between dashes.
    Line,
    /// "-----Original Message-----" or "Begin forwarded message:".
    Title,
}

/// How many of the first of `blocks` are a header, what stands above it included; `None` if they are none. Forms, tickets,
/// invitations and agendas have labels and lines too, so where in doubt it is none.
fn header_at(before: Option<&Block>, blocks: &[Block]) -> Option<usize> {
    let first = blocks.first().filter(|first| first.part == Part::Body)?;
    let above = match &first.content {
        Content::Rule => Above::Line,
        Content::Words(words) if is_divider(words.text()) => match says_original_or_forwarded(words.text()) {
            true => Above::Title,
            false => Above::Line,
        },
        Content::Words(_) if goes_on(before, first) || parts_digest(before, first) => return None,
        Content::Words(words) if label(words.text()).is_some_and(|(label, _)| label.is_some()) => Above::Nothing,
        Content::Table(table) if of_table(table).is_mail() => return Some(1),
        Content::Words(_) => return notes_header_at(blocks),
        _ => return None,
    };
    let lead = usize::from(above != Above::Nothing);
    if let Some(next) = blocks.get(lead).filter(|next| lead > 0 && next.quote == first.quote) {
        if parts_digest(Some(first), next) {
            return None;
        }
        if matches!(&next.content, Content::Table(table) if of_table(table).is_mail_below_line()) {
            return Some(lead + 1);
        }
    }
    let mut length = 0;
    let mut labels = Labels::default();
    for (index, block) in blocks.iter().skip(lead).take(MAX_HEADER).enumerate() {
        let Some(words) = block
            .words()
            .filter(|_| block.quote == first.quote && block.part == Part::Body)
        else {
            break;
        };
        if index > 0 && block.gap {
            break;
        }
        let text = words.text();
        // Below a title any label is one, whatever the language.
        if let Some((kind, value)) = label(text).filter(|(kind, _)| kind.is_some() || above == Above::Title) {
            labels.add(kind, value);
        } else if let Some((kind, value)) = label(text).filter(|(_, value)| !value.is_empty()) {
            labels.add(kind, value);
            break;
        } else if index == 0 || !text.contains(['@', ';']) {
            // Neither a label nor more of those it was sent to.
            break;
        }
        length = index + 1;
    }
    // Where a quote begins, it only says whose that is.
    let begins_quote = first.quote > before.map_or(0, |before| before.quote);
    let is_header = match above {
        Above::Nothing if !begins_quote => labels.is_mail(),
        Above::Nothing | Above::Line => labels.is_mail_below_line(),
        Above::Title => labels.count() >= 2 || says_original(blocks),
    };
    is_header.then_some(lead + length)
}

/// Whether a line goes on with a block of labels that are not those of a mail: "Ticket: 4711", "Message: 2".
fn goes_on(before: Option<&Block>, first: &Block) -> bool {
    let before = before.filter(|before| !first.gap && before.quote == first.quote && before.part == Part::Body);
    let label = before.and_then(Block::words).and_then(|words| label(words.text()));
    label.is_some_and(|(kind, value)| kind.is_none() && !value.is_empty())
}

/// Whether a line of dashes above an empty line, as between the mails of a digest (RFC 1153), stands above a header: each
/// of them is for reading.
fn parts_digest(line: Option<&Block>, next: &Block) -> bool {
    let line = line.filter(|line| next.gap && line.quote == next.quote);
    let text = line.and_then(Block::words).map(|words| words.text().trim());
    text.is_some_and(|text| text.len() >= 20 && text.bytes().all(|byte| byte == b'-'))
}

/// How many of the first of `blocks` are the header that Notes writes: a line that says who, one that says when, and a table
/// of "To", "cc" and "Subject" without colons.
fn notes_header_at(blocks: &[Block]) -> Option<usize> {
    /// "AM", "CET": a line with more letters says more than when.
    const MOST_LETTERS: usize = 6;
    let [who, when, below, ..] = blocks else { return None };
    let is_own = |block: &Block| block.quote == who.quote && block.part == Part::Body;
    let when = when.words().filter(|_| is_own(when))?.text();
    let Content::Table(table) = &below.content else {
        return None;
    };
    let says_when = tells_time(when) && when.chars().filter(|c| c.is_alphabetic()).count() <= MOST_LETTERS;
    if !says_when || !is_own(below) {
        return None;
    }
    let mut labels = Labels::default();
    for row in &table.rows {
        let name = row.cells.first()?.blocks.first()?.words()?.text();
        labels.add(label(&format!("{}:", name.trim_end_matches(':')))?.0, "");
    }
    labels.is_of_notes().then_some(3)
}

/// What a table says in its first column, of what is in its second: From, Sent, To, Subject.
fn of_table(table: &Table) -> Labels {
    let text_of = |row: &Row, column: usize| -> Option<String> {
        let words = row.cells.get(column)?.blocks.first()?.words()?;
        Some(words.text().to_owned())
    };
    let mut labels = Labels::default();
    if table.rows.len() <= MAX_HEADER {
        for row in &table.rows {
            if let Some((kind, _)) = text_of(row, 0).as_deref().and_then(label) {
                labels.add(kind, &text_of(row, 1).unwrap_or_default());
            }
        }
    }
    labels
}

/// Whether a line says that a mail which was answered or forwarded follows.
pub fn says_original_or_forwarded(line: &str) -> bool {
    says_one_of(ORIGINAL, line) || says_forwarded(line)
}

/// A line drawn in characters, or one that says that a mail follows.
pub fn is_divider(text: &str) -> bool {
    let text = text.trim();
    let underlined = text.len() >= 20 && text.bytes().all(|byte| byte == b'_');
    is_titled(text) || underlined || (text.ends_with(':') && says_forwarded(text))
}

/// "-----Original Message-----"
fn is_titled(text: &str) -> bool {
    text.len() > 8 && text.starts_with("---") && text.ends_with("---")
}
