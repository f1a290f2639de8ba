//! How mails end: what is a signature, and what only stands where one would.

use super::answers::parts;
use super::*;

#[test]
fn the_line_that_a_program_leaves_is_a_signature() {
    for line in [
        "Sent from my iPhone",
        "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
        "Sent from Yahoo Mail on Android",
        "Sent with Proton Mail secure email.",
        "Sent using Zoho Mail",
        "Sent from Mailspring, the best free email app for work",
        "\u{2063}Get BlueMail for Android \u{200b}",
        "Sent with FairEmail",
        "Sent from my BlackBerry 10 smartphone.",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Provenance : Courrier pour Windows",
        "Enviado desde Outlook para iOS",
        "Inviato da Libero Mail per Android",
        "Verzonden vanuit Mail voor Windows",
        "Skickades från E-post för Windows",
        "Odesláno z Pošty pro Windows",
        "Отправлено из мобильной Почты Mail.ru",
        "iPhone'umdan gönderildi",
        "我的 iPad から送信",
        "나의 iPhone에서 보냄",
    ] {
        let said = parts(&plain(&format!("Fine.\n\n{line}\n")));
        let is_signature = |line: &String| line.starts_with("0S ");
        assert_eq!(
            said.iter().map(is_signature).collect::<Vec<_>>(),
            [false, true],
            "{said:?}"
        );
    }
    let linked = "<p>Fine.<p><a href='https://aka.ms/a'>iOS 版 Outlook を入手</a>";
    assert_eq!(parts(&html(linked)).last().unwrap(), "0S iOS 版 Outlook を入手 [1]");
    for own in [
        "Sent from the hall by Ann this morning",
        "Sent with the morning post.",
        "Get the boat from 山田's yard",
        "The iPhone was sent back.",
        "Outlook for Android does not show it.",
    ] {
        assert_eq!(
            parts(&plain(&format!("Fine.\n\n{own}\n"))).last().unwrap(),
            &format!("0  {own}")
        );
    }
}

#[test]
fn what_dashes_part_is_for_reading() {
    let told = "What the club has done this year is told here at some length, since somebody asked for it at the last \
        meeting. We bought two boats, mended the roof of hall three and sold the old oars to the people of 山田. ";
    let is_signed = |text: &str| parts(&plain(text)).last().is_some_and(|line| line.starts_with("0S "));
    assert!(is_signed("Yes.\n\n-- \nJane 山田\nExample Ltd\n"));
    assert!(is_signed(
        "Yes.\n\n-- \nJane\n-- \nTo leave the list, write to a@a.example\n"
    ));
    assert!(is_signed(&format!(
        "Yes.\n\n-- \nJane\n\nThis e-mail is confidential. {}\n",
        "Do not read it. ".repeat(40)
    )));
    assert!(is_signed("Boats\n-- \nTwo\n-- \nOars\n-- \nJane\n"), "the last of many");
    assert_eq!(
        parts(&plain("Boats\n-- \nTwo\n-- \nOars\n-- \nJane\n"))[..3],
        ["0  Boats", "0  --", "0  Two"]
    );
    assert!(!is_signed(&format!("Yes.\n\n-- \n{}\n", told.repeat(2))));
}

#[test]
fn a_list_of_people_is_no_signature() {
    for list in [
        "Ann Ode: +44 20 7946 0001<br>Ben Ames: +44 20 7946 0002",
        "Ann Ode - ann@a.example<br>山田 - ben@a.example",
    ] {
        let said = parts(&html(&format!("<p>Call them, please.<p>Thanks<p>{list}")));
        assert!(said.iter().all(|line| line.starts_with("0  ")), "{said:?}");
    }
    let one = "Ann Ode<br>Mobile +44 20 7946 0001<br>T: +44 20 7946 0002<br>Mail: ann@a.example";
    let said = parts(&html(&format!(
        "<p>See you.<p>Mit freundlichen Grüssen / Best regards<p>{one}"
    )));
    assert!(said.iter().skip(2).all(|line| line.starts_with("0S ")), "{said:?}");
}

#[test]
fn what_is_written_into_the_place_of_a_signature_is_the_mail() {
    let header = "<hr><div id=divRplyFwdMsg><b>From:</b> Ben</div><div>One</div>";
    let mail = |above: &str, inside: &str| {
        let mail = format!("{above}<div id=ms-outlook-mobile-signature>{inside}</div>{header}");
        parts(&html(&mail))
            .into_iter()
            .map(|line| line[..2].to_owned())
            .collect::<Vec<_>>()
    };
    let said = "<div>Hi Ben,</div><div><br></div><div>on Monday we shall be in the hall of 山田 at nine.</div>";
    assert_eq!(mail("<p>[Public]</p>", said), ["0 ", "0 ", "0 ", "1H", "1 "]);
    let name = "<div>Jane Roe</div><div>Get <a href='https://aka.ms/a'>Outlook for iOS</a></div>";
    assert_eq!(mail("<p>Yes</p>", name), ["0 ", "0S", "0S", "1H", "1 "]);
    let long = "<p>Yes, on Monday, and bring the drawings of the hall, as we said then.</p>";
    assert_eq!(mail(long, said), ["0 ", "0S", "0S", "1H", "1 "]);
}
