//! How mails end: what the text itself says about signatures and small print.

use super::blocks::{Block, Content};
use super::cells;
use super::headings::text_size;
use super::lines::{Part, Role};

/// How a line begins that a phone or a mail program puts below what was written, in lower case, with bars
/// between.
const SENT_FROM: &str = "sent from my |sent from mail for |sent from outlook|sent from yahoo|sent from proton|\
     sent from samsung|sent from spark|sent via |sent with |get outlook for |von meinem |\
     gesendet von |gesendet mit |von outlook|outlook für |holen sie sich outlook|\
     envoyé de mon |envoyé depuis |envoyé à partir de |télécharger outlook|obtenez outlook|\
     enviado desde |enviado do meu |enviado de meu |obtener outlook|inviato da |\
     scarica outlook|verzonden vanaf |verstuurd vanaf |outlook voor |skickat från |\
     sendt fra |lähetetty |wysłane z |отправлено с |iphoneから送信|发自我的|發自我的";
/// The cells of such a line at most; a longer one somebody has written.
const LONGEST_SENT_FROM: usize = 60;

/// What the last lines of a mailing list's or a service's mail speak of, in lower case.
const FOOTERS: [&str; 4] = ["unsubscribe", "mailing list", "listinfo", "mailman"];
/// How many lines such a footer takes at most.
const LONGEST_FOOTER: usize = 8;

/// Marks signatures: what follows "-- " (RFC 3676 §4.3), who somebody is below "Kind regards,", the line that a phone leaves; and the small print of a list.
pub fn signatures(blocks: &mut [Block]) {
    delimited(blocks);
    footer(blocks);
    small_print(blocks);
    below_closings(blocks);
    for at in 0..blocks.len() {
        let is_last = is_last_of_its_own(blocks.get(at..).unwrap_or_default());
        if let Some(block) = blocks.get_mut(at).filter(|block| is_last && is_sent_from(block)) {
            block.part = Part::Signature;
        }
    }
}

/// From "-- " to the end, or to where the quoting changes, is the signature.
fn delimited(blocks: &mut [Block]) {
    let mut signed = None;
    for block in blocks {
        let delimits = matches!(text(block), "-- " | "--\u{a0}");
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

/// How people end a letter, in lower case, with bars between.
const CLOSINGS: &str = "kind regards|kindest regards|best regards|warm regards|with kind regards|regards|best wishes|\
     all the best|best|many thanks|thanks|thank you|thanks and regards|cheers|sincerely|yours sincerely|sincerely yours|\
     yours faithfully|yours truly|mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|\
     beste grüße|liebe grüße|herzliche grüße|cordialement|bien cordialement|bien à vous|salutations|saludos|\
     saludos cordiales|un saludo|atentamente|atenciosamente|cumprimentos|abraços|cordiali saluti|distinti saluti|\
     met vriendelijke groet|met vriendelijke groeten|vriendelijke groeten|groeten|med vänlig hälsning|\
     med vänliga hälsningar|vänliga hälsningar|med venlig hilsen|med vennlig hilsen|venlig hilsen|vennlig hilsen|\
     ystävällisin terveisin|pozdrawiam|z poważaniem|s pozdravem|с уважением|з повагою|saygılarımla|iyi çalışmalar|\
     üdvözlettel|με εκτίμηση|בברכה|مع التحية|よろしくお願いいたします|以上|此致|谢谢|謝謝|감사합니다";
/// The cells of a line in a signature at most.
const LONGEST_SIGNED: usize = 80;
/// The cells of a closing at most.
const MOST_CLOSING: usize = 40;
/// The lines of a signature at most.
const MOST_SIGNED: usize = 14;

/// The words of a sentence at least.
const FEWEST_WORDS: usize = 5;

/// Below "Kind regards," the last lines of what somebody wrote say who that is, if they are short and one of them says
/// where to find them. What begins with "Thanks!" is no signature: it would be all there is.
fn below_closings(blocks: &mut [Block]) {
    let is_own = |block: &Block| block.quote == 0 && block.part == Part::Body;
    let stretches = blocks.chunk_by_mut(|one, next| is_own(one) == is_own(next));
    for stretch in stretches.filter(|stretch| stretch.first().is_some_and(is_own)) {
        let last = stretch.len().saturating_sub(MOST_SIGNED + 1);
        let closing = stretch.iter().skip(last).rposition(is_closing);
        let closing = closing.map(|closing| last + closing).filter(|closing| *closing > 0);
        let Some(signature) = closing.and_then(|closing| stretch.get_mut(closing + 1..)) else {
            continue;
        };
        if signature.iter().all(may_be_signed) && signature.iter().any(says_where) {
            signature.iter_mut().for_each(|block| block.part = Part::Signature);
        }
    }
}

fn is_closing(block: &Block) -> bool {
    let text = text(block).trim().trim_end_matches([',', '.', '!', '،', '，', '。']);
    cells(text) <= MOST_CLOSING && {
        let text = text.to_lowercase();
        CLOSINGS.split('|').any(|closing| text == closing)
    }
}

/// Whether a line is of the kind that signatures have: not long, no sentence, no question, no afterthought.
fn may_be_signed(block: &Block) -> bool {
    let text = text(block).trim();
    let is_afterthought = ["ps", "p.s", "p. s", "pps"].iter().any(|start| {
        let head = text.get(..start.len()).unwrap_or_default();
        let next = text.get(start.len()..).unwrap_or_default();
        head.eq_ignore_ascii_case(start) && next.starts_with([':', '.', ' ', ','])
    });
    let is_line = block.words().is_some() && block.marker.is_empty() && cells(text) <= LONGEST_SIGNED;
    let is_sentence = text.ends_with(['.', '。']) && text.split_whitespace().count() >= FEWEST_WORDS;
    is_line && !is_afterthought && !is_sentence && !text.ends_with(['?', '？', '!'])
}

/// Whether a line has an address or a telephone number in it. A link is one where its words are: "here" leads to something
/// that the mail speaks of.
fn says_where(block: &Block) -> bool {
    let Some(words) = block.words() else { return false };
    let is_address = |(text, role): (&str, Role)| matches!(role, Role::Link(_)) && text.contains(['.', '/']);
    words.text().contains('@') || has_number(words.text()) || words.spans().any(is_address)
}

/// Whether a text has a telephone number in it. A date has as many digits as a short one.
fn has_number(text: &str) -> bool {
    /// Digits of a telephone number.
    const FEWEST_DIGITS: usize = 8;
    let is_of_number = |c: char| c.is_ascii_digit() || " +-()/.\u{a0}".contains(c);
    text.split(|c| !is_of_number(c)).any(|run| {
        let groups: Vec<usize> = run
            .split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .filter(|digits| *digits > 0)
            .collect();
        // The hour of a day may follow.
        let day = groups
            .get(..3)
            .filter(|_| groups.get(3..).is_none_or(|rest| matches!(rest, [] | [1..=2])));
        let is_date = matches!(day, Some([1..=2, 1..=2, 4] | [4, 1..=2, 1..=2]));
        groups.iter().sum::<usize>() >= FEWEST_DIGITS && !is_date
    })
}

/// The last lines, below a drawn one or a dash, that say how to leave the list.
fn footer(blocks: &mut [Block]) {
    let first = blocks.len().saturating_sub(LONGEST_FOOTER + 1);
    let Some(tail) = blocks.get_mut(first..) else { return };
    let Some(line) = tail.iter().rposition(|block| is_line(text(block).trim())) else {
        return;
    };
    let Some(footer) = tail.get_mut(line..) else { return };
    let depth = footer.first().map(|block| block.quote);
    let speaks_of_it = footer.iter().any(|block| {
        let text = text(block).to_lowercase();
        FOOTERS.iter().any(|word| text.contains(word))
    });
    if speaks_of_it
        && footer
            .iter()
            .all(|block| Some(block.quote) == depth && block.part == Part::Body)
    {
        footer.iter_mut().for_each(|block| block.part = Part::SmallPrint);
    }
}

/// The words for leaving a list, in lower case, with bars between.
const LEAVING: &str = "unsubscribe|leave group|leave this group|opt out|opt-out|email preferences|notification settings|manage your notifications|abmelden|\
     abbestellen|abbestellung|désabonner|désinscrire|désinscription|cancelar la suscripción|darse de baja|darte de baja|\
     cancelar inscrição|cancelar a inscrição|descadastrar|annulla l'iscrizione|disiscriv|cancella iscrizione|uitschrijven|\
     afmelden|avsluta prenumeration|avprenumerera|avregistrera|afmeld|meld deg av|peruuta tilaus|anuluj subskrypcję|\
     wypisz|odhlásit|leiratkozás|dezabonare|отписаться|відписатися|abonelikten çık|إلغاء الاشتراك|הסרה מרשימת|配信停止|\
     購読解除|退订|取消订阅|取消訂閱|수신거부|수신 거부|ยกเลิกการรับ|hủy đăng ký|berhenti berlangganan";

/// The last lines of a newsletter, in letters smaller than the rest, if a link in them leads out of the list.
fn small_print(blocks: &mut [Block]) {
    /// More lines than this are an article.
    const LONGEST: usize = 24;
    /// The signs of networks, each a link.
    const MOST_PICTURES: usize = 8;
    let size = text_size(blocks, 0);
    let is_picture = |block: &Block| {
        let mut spans = block.words().into_iter().flat_map(|words| words.spans());
        spans.all(|(text, role)| match role {
            Role::Image | Role::LinkNumber(_) => true,
            Role::Link(_) => text.starts_with('['),
            _ => text.trim().is_empty(),
        })
    };
    let is_small = |block: &&Block| {
        let is_table = matches!(block.content, Content::Table(_));
        block.quote == 0 && block.part == Part::Body && !is_table && (block.size < size || is_picture(block))
    };
    // Many pictures are what the newsletter is about.
    let mut pictures = 0;
    let is_print = |block: &&Block| {
        pictures += usize::from(is_picture(block));
        pictures <= MOST_PICTURES && is_small(block)
    };
    let count = blocks.iter().rev().take_while(is_print).count();
    let leads_out = |block: &Block| {
        let links = block
            .words()
            .map(|words| words.said(|role| matches!(role, Role::Link(_))));
        let links = links.unwrap_or_default().to_lowercase();
        LEAVING.split('|').any(|word| links.contains(word))
    };
    let start = blocks.len() - count;
    let Some(print) = blocks.get_mut(start..).filter(|_| count <= LONGEST) else {
        return;
    };
    if !print.iter().any(leads_out) {
        return;
    }
    // What is only a picture belongs to the text above.
    let pictures = print.iter().take_while(|block| is_picture(block)).count();
    print
        .iter_mut()
        .skip(pictures)
        .for_each(|block| block.part = Part::SmallPrint);
}

fn is_line(text: &str) -> bool {
    matches!(text, "—" | "–") || (text.len() >= 20 && text.bytes().all(|byte| byte == b'_'))
}

/// Whether the first of `blocks` is the last of what somebody has written, before a quote, a signature or the end.
fn is_last_of_its_own(blocks: &[Block]) -> bool {
    match blocks {
        [] => false,
        [_] => true,
        [first, next, ..] => next.quote != first.quote || next.part != Part::Body,
    }
}

fn is_sent_from(block: &Block) -> bool {
    let text = text(block).trim();
    if block.part != Part::Body || cells(text) > LONGEST_SENT_FROM {
        return false;
    }
    let text = text.to_lowercase();
    SENT_FROM.split('|').any(|phrase| text.starts_with(phrase))
}

fn text(block: &Block) -> &str {
    block.words().map(|words| words.text()).unwrap_or_default()
}
