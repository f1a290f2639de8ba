//! Where what was answered or forwarded begins, for mails whose program put no mark there: the block of "From: … Sent: …
//! To: … Subject: …" that mail programs write in the language of their user, "-----Original Message-----" alone, or "On …
//! wrote:" above text that nothing marks as quoted.

use super::attribution::unmarked_at;
use super::blocks::{Block, Content, Row, Table};
use super::cells;
use super::lines::{Part, Role};

/// What a label of a mail's header stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    Date,
    To,
    Subject,
}

/// The labels as Outlook, Gmail, Apple Mail and Thunderbird write them, in lower case, with bars between them.
const LABELS: [(Label, &str); 4] = [
    (
        Label::From,
        "from|von|de|da|van|fra|från|lähettäjä|od|nadawca|odesílatel|kimden|gönderen|feladó|\
         expéditeur|mittente|remitente|remetente|afzender|от|від|από|מאת|من|差出人|送信者|发件人|寄件者|寄件人|\
         보낸 사람|보낸사람|จาก|từ|dari|saatja|nuo|expeditor",
    ),
    (
        Label::Date,
        "sent|date|sent at|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviado el|\
         enviada em|enviado em|enviada|fecha|data|inviato|inviata|data invio|verzonden|sendt|\
         dato|skickat|lähetetty|päivämäärä|päiväys|wysłano|отправлено|дата|надіслано|gönderildi|\
         gönderilme tarihi|tarih|elküldve|dátum|odesláno|στάλθηκε|ημερομηνία|נשלח|תאריך|\
         تاريخ الإرسال|تم الإرسال|التاريخ|送信日時|日付|日時|发送时间|时间|日期|寄件日期|傳送時間|보낸 날짜|날짜|วันที่|ngày|\
         tanggal|dikirim|trimis|saadetud|išsiųsta",
    ),
    (
        Label::To,
        "to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|кому|kime|alıcı|címzett|destinataire|\
         destinatario|destinatário|προς|אל|إلى|宛先|收件人|받는 사람|받는사람|ถึง|đến|kepada|către|cc|kopie|\
         copia|kopia|kopi|копия|抄送|副本|참조",
    ),
    (
        Label::Subject,
        "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|тема|konu|\
         tárgy|předmět|predmet|θέμα|נושא|الموضوع|件名|主题|主旨|제목|เรื่อง|chủ đề|subjek|perihal|\
         subiect|teema|tema",
    ),
];

/// What stands above a mail that was forwarded, in lower case, with bars between.
const FORWARDED: &str = "forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten|\
     message transféré|message transmis|message réexpédié|mensaje reenviado|\
     mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat|\
     videresendt|videresend|välitetty viesti|przekazana wiadomość|пересылаемое сообщение|\
     пересланное сообщение|转发的邮件|轉寄的郵件|転送されたメッセージ|転送メッセージ|전달된 메시지";

/// What stands above a mail that was answered, in lower case, with bars between.
const ORIGINAL: &str = "original message|reply message|originalnachricht|antwort nachricht|ursprüngliche nachricht|ursprungliche nachricht|message d'origine|\
     message d’origine|message original|message initial|mensaje original|mensagem original|messaggio originale|\
     oorspronkelijk bericht|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|\
     original besked|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|\
     eredeti üzenet|исходное сообщение|вихідне повідомлення|orijinal ileti|orijinal mesaj|özgün ileti|αρχικό μήνυμα|\
     הודעה מקורית|الرسالة الأصلية|原始邮件|原始郵件|元のメッセージ|원본 메시지|mesaj original|thư gốc|pesan asli";

/// Lines that a header takes at most; many people may be named in it.
const MAX_HEADER: usize = 24;
/// Cells of a label.
const MAX_LABEL: usize = 20;

/// Marks the headers that the text itself shows, and all that follows each as one level deeper.
pub fn histories(blocks: &mut [Block]) {
    // For each history that has begun, how deep it begins.
    let mut begun: Vec<u8> = Vec::new();
    let mut header = 0_usize;
    let mut above = 0;
    // By how much what follows the header is marked as quoted already.
    let mut marked = 0;
    let mut shallowest: Option<Vec<u8>> = None;
    for at in 0..blocks.len() {
        let here = blocks.get(at..).unwrap_or_default();
        let found = if header == 0 {
            header_at(here).or_else(|| unmarked_at(here))
        } else {
            None
        };
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
    /// "-----Original Message-----", a long underline, or "Begin forwarded message:".
    Divider,
    /// A horizontal rule.
    Rule,
}

/// How many of the first of `blocks` are a header, what stands above it included; `None` if they are none.
fn header_at(blocks: &[Block]) -> Option<usize> {
    let first = blocks.first().filter(|first| first.part == Part::Body)?;
    let above = match &first.content {
        Content::Rule => Above::Rule,
        Content::Words(words) if is_divider(words.text()) => Above::Divider,
        Content::Words(words) if label(words.text()).and_then(known).is_some() => Above::Nothing,
        Content::Table(table) if names_mail(table) => return Some(1),
        _ => return None,
    };
    let lead = usize::from(above != Above::Nothing);
    let is_table = |next: &Block| matches!(&next.content, Content::Table(table) if names_mail(table));
    if lead > 0
        && blocks
            .get(lead)
            .is_some_and(|next| next.quote == first.quote && is_table(next))
    {
        return Some(lead + 1);
    }
    let (mut length, mut labelled, mut bold) = (0, 0, 0);
    let mut found = Vec::new();
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
        let kind = label(text).and_then(known);
        if kind.is_some() || above != Above::Nothing && label(text).is_some() {
            labelled += 1;
            let first_role = words.spans().next().map(|(_, role)| role);
            bold += usize::from(matches!(first_role, Some(Role::Strong | Role::StrongEmphasis)));
            found.extend(kind);
            length = index + 1;
        } else if index > 0 && text.contains(['@', ';']) {
            // More of those it was sent to.
            length = index + 1;
        } else {
            break;
        }
    }
    let is_header = is_mail(&found)
        || above == Above::Divider && says_original(blocks)
        || above == Above::Divider && labelled >= 2
        || above == Above::Rule && bold >= 3;
    is_header.then_some(lead + length)
}

/// Whether a table says in its first column what its second is of a mail: From, Sent, To, Subject.
fn names_mail(table: &Table) -> bool {
    let label_of = |row: &Row| label(row.cells.first()?.blocks.first()?.words()?.text()).and_then(known);
    let found: Vec<Label> = table.rows.iter().take(MAX_HEADER).filter_map(label_of).collect();
    table.rows.len() <= MAX_HEADER && is_mail(&found)
}

fn is_mail(found: &[Label]) -> bool {
    let has = |kind| found.contains(&kind);
    has(Label::From) && has(Label::Subject) && (has(Label::Date) || has(Label::To))
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

/// The label that a line begins with: "Sent" of "Sent: Monday", in whatever language. Some programs write `*Sent:*` for
/// what was bold.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once([':', '：'])?;
    let label = label.trim().trim_start_matches('*').trim_end();
    let is_address = rest.starts_with("//");
    (!is_address && !label.is_empty() && cells(label) <= MAX_LABEL).then_some(label)
}

fn known(label: &str) -> Option<Label> {
    let label = label.to_lowercase();
    let is_known = |(_, names): &&(Label, &str)| names.split('|').any(|name| name == label);
    LABELS.iter().find(is_known).map(|(kind, _)| *kind)
}
