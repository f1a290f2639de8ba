//! The headers that mail programs write above what was answered, in the languages of their users.

use super::answers::parts;
use super::*;

/// From, Sent, To, Cc and Subject, by language.
const LABELS: [&str; 45] = [
    "From|Sent|To|Cc|Subject",
    "Von|Gesendet|An|Cc|Betreff",
    "De\u{a0}|Envoyé\u{a0}|À\u{a0}|Cc\u{a0}|Objet\u{a0}",
    "De|Enviado el|Para|CC|Asunto",
    "De|Enviada em|Para|Cc|Assunto",
    "De|Enviat el|Per a|A/c|Tema",
    "Da|Inviato|A|Cc|Oggetto",
    "Van|Verzonden|Aan|CC|Onderwerp",
    "Från|Skickat|Till|Kopia|Ämne",
    "Fra|Sendt|Til|Kopi|Emne",
    "Frå|Sendt|Til|Kopi|Emne",
    "Frá|Sent|Til|Afrit|Efni",
    "Lähettäjä|Lähetetty|Vastaanottaja|Kopio|Aihe",
    "Saatja|Saadetud|Adressaat|Koopia|Teema",
    "No|Nosūtīts|Kam|Kopija|Tēma",
    "Nuo|Išsiųsta|Kam|Kopija|Tema",
    "Od|Wysłano|Do|DW|Temat",
    "Od|Odesláno|Komu|Kopie|Předmět",
    "Od|Odoslané|Komu|Kópia|Predmet",
    "Feladó|Elküldve|Címzett|Másolatot kap|Tárgy",
    "De la|Trimis|Către|Cc|Subiect",
    "Od|Poslano|Prima|Kopija|Predmet",
    "Od|Poslano|Za|Kp|Zadeva",
    "Од|Послато|Коме|Копија|Тема",
    "Од|Испратено|До|Копија|Предмет",
    "От|Изпратено|До|Копие|Относно",
    "От|Отправлено|Кому|Копия|Тема",
    "Від|Надіслано|Кому|Копія|Тема",
    "Από|Στάλθηκε|Προς|Κοιν.|Θέμα",
    "Kimden|Gönderildi|Kime|Bilgi|Konu",
    "Nork|Bidaltze-data|Nori|Cc|Gaia",
    "Van|Gestuur|Aan|Cc|Onderwerp",
    "Dari|Dikirim|Kepada|Cc|Subjek",
    "Daripada|Dihantar|Kepada|Sk|Subjek",
    "Từ|Ngày gửi|Tới|Cc|Tiêu đề",
    "\u{200f}\u{200f}מאת|\u{200f}נשלח|\u{200f}אל|\u{200f}עותק|\u{200f}נושא",
    "\u{200f}\u{200f}من|تاريخ الإرسال|إلى|نسخة|الموضوع",
    "از|ارسال شده|به|رونوشت|موضوع",
    "ვისგან|გაგზავნილია|ვის|ასლი|თემა",
    "प्रेषक|भेजा गया|प्रति|प्रतिलिपि|विषय",
    "จาก|ส่ง|ถึง|สำเนา|เรื่อง",
    "差出人|送信日時|宛先|CC|件名",
    "보낸 사람|보낸 날짜|받는 사람|참조|제목",
    "发件人|发送时间|收件人|抄送|主题",
    "寄件者|寄件日期|收件者|副本|主旨",
];

/// What stands behind them.
const VALUES: [&str; 5] = ["Ben Ames", "16.11.2026 09:12", "Jane Roe", "Ann Ode; 山田", "Boats"];

fn is_quoted_below(body: &Body) -> bool {
    let parts = parts(body);
    let is_own = parts.first().is_some_and(|line| line.starts_with("0  "));
    is_own && parts.iter().any(|line| line.starts_with("1H ")) && parts.last().is_some_and(|line| line == "1  One")
}

#[test]
fn the_labels_of_a_header_are_known_in_many_languages() {
    for labels in LABELS {
        let lines = labels.split('|').zip(VALUES);
        let written = |line: &dyn Fn((&str, &str)) -> String| lines.clone().map(line).collect::<String>();
        let bold = written(&|(label, value)| format!("<b>{label}:</b> {value}<br>"));
        let word = format!("<p>Yes<div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>{bold}</div><p>One");
        let text = written(&|(label, value)| format!("{label}: {value}\n"));
        for body in [
            html(&word),
            html(&format!("<p>Yes<hr>{bold}<p>One")),
            plain(&format!("Yes\n\n{text}\nOne\n")),
            plain(&format!("Yes\n\n________________________________\n{text}\nOne\n")),
        ] {
            assert!(is_quoted_below(&body), "{labels} {:#?}", parts(&body));
        }
    }
}

#[test]
fn word_says_no_to_where_nobody_is_named() {
    let header = "<b>From:</b> Ben<br><b>Date:</b> 16 Nov 2026<br><b>Subject:</b> Boats";
    let mail = |paragraph: &str| {
        html(&format!(
            "<p>Yes<div style='border-top:solid #B5C4DF 1.0pt'>{paragraph}{header}</div><p>One"
        ))
    };
    assert!(is_quoted_below(&mail("<p class=MsoNormal>")));
    assert!(!is_quoted_below(&mail("<p>")), "a ticket");
}

#[test]
fn an_invitation_that_was_forwarded_is_known_by_its_header() {
    let header = "From: Ben\nSent: Monday\nTo: Jane\nSubject: Boats\nWhen: Friday at nine\nWhere: Hall 3\n";
    assert!(is_quoted_below(&plain(&format!("See 山田's.\n\n{header}\nOne\n"))));
    assert!(is_quoted_below(&plain(&format!(
        "Yes\n\n-----Original Appointment-----\n{header}\nOne\n"
    ))));
}
