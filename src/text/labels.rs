//! The labels of a mail's header in the languages of mail programs: "From: … Sent: … To: … Subject: …". Forms, tickets,
//! invitations and timetables have such labels too, so it takes more than some of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::attribution::tells_time;
use super::cells;

/// What a label of a mail's header stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Who has written it.
    From,
    /// When it was sent, in words that are said of mails only.
    Sent,
    /// When it was sent, in a word that is said of other things too.
    Date,
    /// To whom.
    To,
    /// What about.
    Subject,
    /// What else Outlook and Apple Mail say of a mail.
    More,
}

/// The labels as Outlook, Gmail, Apple Mail and Thunderbird write them, in lower case, with bars between them.
const LABELS: [(Label, &str); 6] = [
    (
        Label::From,
        "from|von|de|da|van|fra|frå|från|frá|lähettäjä|od|nadawca|odesílatel|kimden|gönderen|kimdən|feladó|\
         expéditeur|mittente|remitente|remetente|afzender|no|nuo|saatja|expeditor|de la|nork|nga|oddi wrth|ó|\
         dari|daripada|mula kay|kutoka|từ|người gửi|от|від|од|šalje|шаље|кімнен|από|מאת|من|از|منجانب|\
         ვისგან|ումից|प्रेषक|প্রেরক|அனுப்புநர்|จาก|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람",
    ),
    (
        Label::Sent,
        "sent|sent at|sent on|gesendet|gesendet am|envoyé|envoyé le|enviado|enviado el|enviada em|enviado em|enviada|\
         enviat|enviat el|inviato|inviato il|data invio|verzonden|gestuur|sendt|skickat|lähetetty|wysłano|wysłane|\
         odesláno|odoslané|elküldve|poslano|poslato|trimis|saadetud|išsiųsta|nosūtīts|dërguar|bidalia|bidaltze-data|\
         anfonwyd|seolta|gönderildi|gönderilme tarihi|göndərildi|dikirim|terkirim|dihantar|ipinadala|imetumwa|iliyotumwa|\
         ngày gửi|đã gửi|отправлено|надіслано|изпратено|испратено|послато|жіберілді|στάλθηκε|αποστολή|נשלח|\
         تاريخ الإرسال|تم الإرسال|أرسل|ارسال شده|فرستاده شده|بھیجا گیا|გაგზავნილია|ուղարկվել է|भेजा गया|পাঠানো হয়েছে|\
         அனுப்பப்பட்டது|ส่ง|ส่งเมื่อ|送信日時|发送时间|发送日期|寄件日期|寄件時間|傳送時間|傳送日期|보낸 날짜|보낸 시간",
    ),
    (
        Label::Date,
        "date|datum|datums|fecha|data|dato|päivämäärä|päiväys|kuupäev|dátum|tarih|tarix|tarikh|ngày|tanggal|dags|\
         dagsetning|дата|күні|ημερομηνία|תאריך|التاريخ|تاریخ|თარიღი|दिनांक|तारीख|วันที่|日付|日時|时间|日期|날짜",
    ),
    (
        Label::To,
        "to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|pre|za|prima|kam|nori|adressaat|kime|kimə|alıcı|címzett|\
         destinataire|destinatario|destinatário|către|catre|per a|për|at|chuig|kepada|para kay|kwa|đến|tới|người nhận|\
         кому|до|коме|кімге|προς|אל|إلى|الى|به|بنام|ვის|ում|प्रति|প্রতি|பெறுநர்|ถึง|宛先|收件人|收件者|받는 사람|받는사람",
    ),
    (
        Label::Subject,
        "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|efni|aihe|temat|тема|предмет|тақырып|konu|\
         mövzu|tárgy|předmět|predmet|naslov|zadeva|относно|θέμα|נושא|الموضوع|موضوع|თემა|թեմա|विषय|বিষয়|தலைப்பு|เรื่อง|\
         件名|主题|主旨|제목|chủ đề|tiêu đề|subjek|perihal|paksa|mada|subiect|assumpte|teema|tema|tēma|gaia|pwnc|ábhar",
    ),
    // Copies, attachments, how important it is, and of an invitation when and where.
    (
        Label::More,
        "sender|organization|reply-to|reply to|antwort an|répondre à|cc|bcc|cci|cco|ccn|a/c|kopie|copie|copia|cópia|kopia|\
         kopi|kopio|kopija|koopia|afrit|kópia|másolat|másolatot kap|dw|udw|kp|bilgi|surət|sk|salinan|копия|копія|копија|\
         копие|көшірме|κοιν.|κοινοποίηση|עותק|نسخة|رونوشت|نقل|ასლი|պատճեն|प्रतिलिपि|অনুলিপি|நகல்|สำเนา|สำเนาถึง|\
         抄送|副本|참조|\
         attachments|attachment|anlagen|anlage|anhänge|pièces jointes|pièce jointe|datos adjuntos|archivos adjuntos|\
         anexos|allegati|allegato|bijlagen|bijlage|vedhæftede filer|vedlegg|bifogade filer|bilagor|liitteet|viðhengi|\
         załączniki|přílohy|prílohy|mellékletek|atașamente|prilozi|priloge|lisad|pielikumi|priedai|ekler|lampiran|\
         tệp đính kèm|вложения|вкладення|прикачени файлове|συνημμένα|קבצים מצורפים|المرفقات|附件|添付ファイル|첨부 파일|\
         importance|wichtigkeit|importancia|importância|priorità|urgentie|prioritet|prioritering|viktighet|tärkeys|\
         ważność|důležitost|fontosság|importanță|važnost|важность|σημασία|önem|חשיבות|الأهمية|重要度|重要性|중요도|\
         sensitivity|vertraulichkeit|when|where|wann|wo|quand|où|cuándo|dónde|quando|onde|dove|wanneer|waar",
    ),
];

/// Cells of a label at most.
const MAX_LABEL: usize = 20;

/// What the label that a line begins with stands for, if that is known, and what follows it: "Monday" of "Sent: Monday", in
/// whatever language. Some programs write `*Sent:*` for what was bold.
pub fn label(text: &str) -> Option<(Option<Label>, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let label = label.trim_matches(is_around);
    let is_address = value.starts_with("//");
    // "10:00" is a time.
    let says_something = label.contains(char::is_alphabetic);
    (!is_address && says_something && cells(label) <= MAX_LABEL).then(|| (known(label), value.trim_matches(is_around)))
}

/// Whether a character says nothing: those that Outlook puts around Hebrew and Arabic only tell a direction.
fn is_around(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// What each name of [`LABELS`] stands for; of one that stands for two things, the first.
static KNOWN: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
    let names = LABELS.iter().rev();
    names
        .flat_map(|(kind, names)| names.split('|').map(|name| (name, *kind)))
        .collect()
});

fn known(label: &str) -> Option<Label> {
    // Two letters are set apart where others have four.
    let label = label.replace('\u{3000}', "").to_lowercase();
    KNOWN.get(label.as_str()).copied()
}

/// The labels of one block of lines.
#[derive(Debug, Default)]
pub struct Labels {
    /// What each stands for. Those of forms, such as "Message" or "Priority", are not known.
    found: Vec<Option<Label>>,
    /// Whether From tells a time, as no author does.
    from_time: bool,
}

impl Labels {
    /// Adds a label, `None` for one that is not known, and what is said of it.
    pub fn add(&mut self, kind: Option<Label>, value: &str) {
        self.from_time |= kind == Some(Label::From) && !value.contains('@') && tells_time(value);
        self.found.push(kind);
    }

    /// How many there are, those included that are not known.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether they are the header of a mail, with nothing drawn above: all of them are there.
    pub fn is_mail(&self) -> bool {
        self.is_mail_to_anybody() && self.has(Label::To)
    }

    /// Whether they are the header of a mail that somebody got whom it does not name, where it is known to be one.
    pub fn is_mail_to_anybody(&self) -> bool {
        let is_dated = self.has(Label::Sent) || self.has(Label::Date);
        self.may_be_mail() && is_dated && self.has(Label::Subject)
    }

    /// Whether they are the header of a mail, below a drawn line. A journey has From, To and Date, and a ticket From, Date
    /// and Subject.
    pub fn is_mail_below_line(&self) -> bool {
        let (to, subject) = (self.has(Label::To), self.has(Label::Subject));
        self.may_be_mail() && (to && subject || self.has(Label::Sent) && (to || subject))
    }

    /// Whether they are those that Notes writes below who has written and when.
    pub fn is_of_notes(&self) -> bool {
        self.has(Label::To) && self.has(Label::Subject) && !self.has(Label::From) && !self.found.contains(&None)
    }

    fn may_be_mail(&self) -> bool {
        self.has(Label::From) && !self.found.contains(&None) && !self.from_time
    }

    fn has(&self, kind: Label) -> bool {
        self.found.contains(&Some(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(lines: &str) -> Labels {
        let mut labels = Labels::default();
        let found = lines.split('\n').filter_map(label);
        found.for_each(|(kind, value)| labels.add(kind, value));
        labels
    }

    #[test]
    fn a_mail_is_told_from_a_form() {
        // Whether it is a mail's with nothing above, and below a drawn line.
        for (lines, alone, below_line) in [
            ("From: Ben\nSent: Monday\nTo: Jane\nSubject: 山田", true, true),
            (
                "Von: Ben\nDatum: Montag\nAn: Jane\nBetreff: Plan\nAnlagen: a.pdf",
                true,
                true,
            ),
            (
                "发件人：Ben\n发送时间：周一\n收件人：Jane\n主\u{3000}题：Plan",
                true,
                true,
            ),
            ("*De :* Ben\n*Envoyé :* lundi\n*À :* Jane\n*Objet :* Plan", true, true),
            (
                "No: Ben\nNosūtīts: svētdien\nKam: Jane\nKopija: Ann\nTēma: Plāns",
                true,
                true,
            ),
            ("Od: Ben\nWysłano: dziś\nDo: Jane\nDW: Ann\nTemat: Plan", true, true),
            (
                "\u{200f}\u{200f}מאת: Ben\n\u{200f}נשלח: היום\nאל: Jane\nעותק: Ann\nנושא: סירות",
                true,
                true,
            ),
            (
                "From: Ben\nSent: Monday\nTo: Jane\nSubject: Plan\nWhen: Friday\nWhere: Hall 3",
                true,
                true,
            ),
            (
                "From: Team 2026 <a@a.example>\nDate: 1 May\nTo: Jane\nSubject: Plan\nSender: Ben",
                true,
                true,
            ),
            ("From: Ben\nSent: Monday\nTo: Jane", false, true),
            ("From: Ben\nSent: Monday\nSubject: Plan", false, true),
            ("From: Ben\nTo: Jane\nSubject: Plan", false, true),
            // A ticket, a journey, a meeting, a form, an agenda.
            ("From: Ben\nDate: 16 Nov 2026\nSubject: Plan", false, false),
            ("From: Kyiv\nTo: Lviv\nDate: 16 Nov 2026", false, false),
            ("From: 10:00\nTo: 12:00\nSubject: Plan\nDate: Monday", false, false),
            (
                "From: Ben\nSent: Monday\nTo: Jane\nSubject: Plan\nMessage: Hello",
                false,
                false,
            ),
            ("From: Ben\nTo: Jane\nSubject: Plan\nPriority: 1", false, false),
            ("When: Friday\nWhere: Hall\nPrice: 12", false, false),
            ("10:00 Welcome\n10:30 Plan", false, false),
            ("", false, false),
        ] {
            let labels = labels(lines);
            assert_eq!(
                (labels.is_mail(), labels.is_mail_below_line()),
                (alone, below_line),
                "{lines}"
            );
        }
    }

    #[test]
    fn a_label_is_a_short_name_for_what_follows() {
        for (text, expected) in [
            ("Sent: Monday", Some((Some(Label::Sent), "Monday"))),
            ("*Sent:* Monday", Some((Some(Label::Sent), "Monday"))),
            ("差出人：山田", Some((Some(Label::From), "山田"))),
            ("Room: 4", Some((None, "4"))),
            ("10:00 Welcome", None),
            ("https://a.example", None),
            ("What we decided yesterday evening: nothing", None),
            ("no label", None),
        ] {
            assert_eq!(label(text), expected, "{text}");
        }
    }
}
