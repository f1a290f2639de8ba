//! How mails end: what the text itself says about signatures.

use super::blocks::Block;
use super::cells;
use super::lines::{Part, Role};
use super::notices::notices;
use super::small_print::{footer, small_print};

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

/// Marks signatures: what follows "-- " (RFC 3676 §4.3), who somebody is below "Kind regards,", the line that a phone
/// leaves; and the small print of a list or a company.
pub fn signatures(blocks: &mut [Block]) {
    delimited(blocks);
    footer(blocks);
    small_print(blocks);
    notices(blocks);
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
        let closing = stretch.iter().skip(last).rposition(|block| is_closing(text(block)));
        let closing = closing.map(|closing| last + closing).filter(|closing| *closing > 0);
        let Some(signature) = closing.and_then(|closing| stretch.get_mut(closing + 1..)) else {
            continue;
        };
        if signature.iter().all(may_be_signed) && signature.iter().any(says_where) {
            let end = end_of_signature(signature);
            signature
                .iter_mut()
                .take(end)
                .for_each(|block| block.part = Part::Signature);
        }
    }
}

/// Whether a line ends a letter: "Kind regards,".
pub fn is_closing(line: &str) -> bool {
    let text = line.trim().trim_end_matches([',', '.', '!', '،', '，', '。']);
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
    let is_sentence = text.ends_with('。') || text.ends_with('.') && text.split_whitespace().count() >= FEWEST_WORDS;
    let is_said = is_sentence || has_number(text) && is_mostly_small(text);
    is_line && !is_afterthought && !is_said && !text.ends_with(['?', '？', '!']) && !says_what_for(text)
}

/// How many of some lines are a signature. Where somebody goes on to write below who they are, that is a paragraph, and not
/// written as names and titles are.
fn end_of_signature(lines: &[Block]) -> usize {
    let told = lines.iter().position(says_where).unwrap_or(lines.len());
    let goes_on = |block: &Block| block.gap && is_mostly_small(text(block));
    let below = lines.iter().skip(told + 1).position(goes_on);
    below.map_or(lines.len(), |below| told + 1 + below)
}

/// Whether most words of a line begin with a small letter, as in a sentence.
fn is_mostly_small(text: &str) -> bool {
    let words = || {
        text.split_whitespace()
            .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
    };
    let letters = words().filter(|c| c.is_alphabetic()).count();
    letters >= FEWEST_WORDS && words().filter(|c| c.is_lowercase()).count() * 2 > letters
}

/// What a label in a signature ends in, in lower case, with bars between. Others say what to do: "Meeting ID: 12".
const CONTACTS: &str = "t|ph|tel|tel.|telephone|telefon|telefono|teléfono|téléphone|tél|tél.|telefone|telefoon|telefax|phone|call|\
     office|büro|bureau|direct|direkt|durchwahl|switchboard|m|mob|mob.|mobile|mobil|mobiel|móvil|portable|cell|cellular|\
     celular|gsm|handy|whatsapp|signal|skype|teams|f|fax|e|email|e-mail|mail|correo|courriel|w|web|www|website|webseite|\
     internet|homepage|site|url|linkedin|twitter|facebook|instagram|youtube|mastodon|xing|github|a|address|adresse|\
     anschrift|dirección|indirizzo|endereço|sitz|gesellschaft|registergericht|amtsgericht|handelsregister|geschäftsführer|\
     geschäftsführerin|geschäftsführung|vorstand|aufsichtsrats|vorsitzender|vorsitzende|ust-idnr.|ust-idnr|ust-id|vat|\
     siret|siren|p.iva|тел|тел.|телефон|моб|моб.|мобильный|почта|факс|сайт|電話|电话|手机|携帯|メール|邮箱|传真|網址|전화|팩스|이메일";
/// Where meetings are joined.
const MEETINGS: [&str; 8] = [
    "zoom.us/",
    "teams.microsoft.com",
    "teams.live.com",
    "meet.google.com",
    "webex.com",
    "gotomeeting.com",
    "meet.jit.si",
    "whereby.com",
];
/// How services begin to say why somebody gets a mail, in lower case.
const SENT_TO: [&str; 8] = [
    "this email was sent",
    "this e-mail was sent",
    "this message was sent",
    "you are receiving",
    "you received this",
    "diese e-mail wurde",
    "sie erhalten diese",
    "vous recevez ce",
];

/// Whether a line says more than who somebody is: what follows, the time of something, where to join a meeting, or why one
/// gets this.
fn says_what_for(text: &str) -> bool {
    let label = text.split_once([':', '：']).filter(|(_, rest)| !rest.starts_with("//"));
    let is_other_label = label.is_some_and(|(label, _)| {
        let last = label
            .trim()
            .rsplit(|c: char| c.is_whitespace() || "|·•,".contains(c))
            .next();
        let last = last.unwrap_or_default().to_lowercase();
        !CONTACTS.split('|').any(|contact| contact == last)
    });
    let lower = text.to_lowercase();
    is_other_label
        || MEETINGS.iter().any(|host| lower.contains(host))
        || SENT_TO.iter().any(|start| lower.starts_with(start))
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

/// What a block says; nothing if it is no line.
pub fn text(block: &Block) -> &str {
    block.words().map(|words| words.text()).unwrap_or_default()
}
