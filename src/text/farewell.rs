//! How mails end: what the text itself says about signatures.

use super::blocks::Block;
use super::cells;
use super::lines::{Part, Role};
use super::notices::{notices, said, stands_among_notices};
use super::sent_from::is_sent_from;
use super::small_print::{footer, small_print};

/// Marks signatures: what follows "-- " (RFC 3676 §4.3), who somebody is below "Kind regards,", the line that a phone
/// leaves; and the small print of a list or a company.
pub fn signatures(blocks: &mut [Block]) {
    written_into(blocks);
    delimited(blocks);
    footer(blocks);
    small_print(blocks);
    notices(blocks);
    below_closings(blocks);
    for at in 0..blocks.len() {
        let is_last = is_last_of_its_own(blocks.get(at..).unwrap_or_default());
        if let Some(block) = blocks
            .get_mut(at)
            .filter(|block| is_last && block.part == Part::Body && is_sent_from(block))
        {
            block.part = Part::Signature;
        }
    }
}

/// What somebody has written into the place of the signature, as Outlook on phones lets them, where next to nothing stands
/// above it, is the mail.
fn written_into(blocks: &mut [Block]) {
    /// Letters of what a company has put above: "[Public]".
    const MOST_ABOVE: usize = 60;
    let is_signed = |block: &Block| block.quote == 0 && block.part == Part::Signature;
    let Some(start) = blocks.iter().position(is_signed) else {
        return;
    };
    let (above, below) = blocks.split_at_mut(start);
    let letters: usize = above.iter().map(|block| text(block).trim().len()).sum();
    let count = below.iter().take_while(|block| is_signed(block)).count();
    let signature = below.get_mut(..count).unwrap_or_default();
    if letters <= MOST_ABOVE && told(signature) > 0 {
        signature.iter_mut().for_each(|block| block.part = Part::Body);
    }
}

/// From "-- " to the end, or to where the quoting changes, is the signature, and below another "-- " that of a list. What is
/// parted by more of these, or tells something at length, is for reading.
fn delimited(blocks: &mut [Block]) {
    /// One of the author's, one of the list's.
    const MOST: usize = 2;
    let delimits = |block: &Block| matches!(text(block), "-- " | "--\u{a0}");
    let is_body = |block: &Block| block.part == Part::Body;
    let stretches = blocks.chunk_by_mut(|one, next| is_body(one) && is_body(next) && one.quote == next.quote);
    for stretch in stretches.filter(|stretch| stretch.first().is_some_and(is_body)) {
        let count = stretch.iter().filter(|block| delimits(block)).count();
        let mut skipped = if count > MOST { count - 1 } else { 0 };
        for part in stretch.chunk_by_mut(|_, next| !delimits(next)) {
            let is_delimited = part.first().is_some_and(delimits);
            if is_delimited && skipped == 0 && !tells_at_length(part) {
                part.iter_mut().for_each(|block| block.part = Part::Signature);
            }
            skipped = skipped.saturating_sub(usize::from(is_delimited));
        }
    }
}

/// Whether some lines say more in sentences than a signature with a saying in it.
fn tells_at_length(lines: &[Block]) -> bool {
    /// Bytes of sentences in a signature.
    const MOST: usize = 400;
    told(lines) > MOST
}

/// The bytes of some lines that are written as sentences are, notices left out.
fn told(lines: &[Block]) -> usize {
    let paragraphs = lines.chunk_by(|_, next| !next.gap);
    let told = paragraphs.filter(|lines| !stands_among_notices(&said(lines))).flatten();
    told.map(text).filter(|line| is_mostly_small(line)).map(str::len).sum()
}

/// How people end a letter, in lower case, with bars between.
const CLOSINGS: &str = "kind regards|kindest regards|best regards|warm regards|with kind regards|with best regards|regards|\
     rgds|br|kr|best wishes|all the best|best|many thanks|thanks|thank you|thanks again|thanks in advance|thanks and regards|\
     cheers|sincerely|yours sincerely|sincerely yours|yours faithfully|yours truly|respectfully|warmly|\
     mit freundlichen grüßen|mit freundlichem gruß|mit besten grüßen|mit bestem gruß|mit herzlichen grüßen|\
     freundliche grüße|viele grüße|beste grüße|besten gruß|liebe grüße|schöne grüße|herzliche grüße|herzlichst|gruß|grüße|\
     mfg|vielen dank|danke|danke und gruß|cordialement|bien cordialement|très cordialement|bien à vous|bien à toi|\
     amicalement|salutations|meilleures salutations|sincères salutations|bonne journée|cdlt|merci|saludos|\
     saludos cordiales|un saludo|un cordial saludo|un abrazo|atentamente|gracias|muchas gracias|salutacions|\
     atenciosamente|att|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraços|obrigado|obrigada|\
     cordiali saluti|distinti saluti|cari saluti|un cordiale saluto|saluti|grazie|met vriendelijke groet|\
     met vriendelijke groeten|vriendelijke groeten|vriendelijke groet|hartelijke groet|hartelijke groeten|groeten|\
     groetjes|mvg|alvast bedankt|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|bästa hälsningar|\
     hälsningar|mvh|med venlig hilsen|med vennlig hilsen|venlig hilsen|vennlig hilsen|bedste hilsner|beste hilsen|hilsen|\
     kveðja|bestu kveðjur|ystävällisin terveisin|parhain terveisin|terveisin|lugupidamisega|ar cieņu|pagarbiai|\
     pozdrawiam|pozdrawiam serdecznie|serdecznie pozdrawiam|z poważaniem|z pozdrowieniami|s pozdravem|s pozdravom|\
     s úctou|lep pozdrav|lijep pozdrav|srdačan pozdrav|s poštovanjem|cu stimă|cu respect|üdvözlettel|tisztelettel|\
     с уважением|с наилучшими пожеланиями|з повагою|з найкращими побажаннями|с уважение|поздрави|με εκτίμηση|φιλικά|\
     saygılarımla|saygılarımızla|iyi çalışmalar|selamlar|בברכה|תודה|مع التحية|تحياتي|مع خالص التحية|trân trọng|\
     hormat kami|salam|terima kasih|ขอแสดงความนับถือ|よろしくお願いいたします|よろしくお願いします|\
     宜しくお願いいたします|どうぞよろしくお願いいたします|敬具|以上|此致|敬上|祝好|谢谢|謝謝|감사합니다|드림";
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
        if signature.iter().all(may_be_signed) && signature.iter().any(says_where) && !lists_people(signature) {
            let end = end_of_signature(signature);
            signature
                .iter_mut()
                .take(end)
                .for_each(|block| block.part = Part::Signature);
        }
    }
}

/// Whether a line ends a letter: "Kind regards,", "Mit freundlichen Grüssen / Best regards".
pub fn is_closing(line: &str) -> bool {
    let bare = |text: &str| {
        text.trim()
            .trim_end_matches([',', '.', '!', '،', '，', '。'])
            .trim_end()
            .to_lowercase()
    };
    let text = bare(line);
    let is_one = |text: &str| {
        // As it is written in Switzerland.
        let text = text.replace("grüss", "grüß").replace("gruss", "gruß");
        CLOSINGS.split('|').any(|closing| text == closing)
    };
    cells(&text) <= MOST_CLOSING && text.split(['/', '|']).all(|part| is_one(&bare(part)))
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
        !is_contact(&last)
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

/// Whether some lines say of several people or places how to reach each: a list for reading.
fn lists_people(lines: &[Block]) -> bool {
    lines.iter().filter(|line| says_whose(text(line))).take(2).count() == 2
}

/// Whether a line names somebody, not only a way to reach them, in front of a number or an address.
fn says_whose(text: &str) -> bool {
    let is_where =
        |word: &str| word.contains('@') || word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('));
    let mut name = None;
    for word in text.split_whitespace() {
        if is_where(word) {
            let label = name.map(|name: &str| name.trim_end_matches([':', ',', '|', '-', '–']).to_lowercase());
            return (text.contains('@') || has_number(text))
                && label.is_some_and(|label| !label.is_empty() && !is_contact(&label));
        }
        name = Some(word).filter(|word| word.contains(char::is_alphabetic)).or(name);
    }
    false
}

fn is_contact(label: &str) -> bool {
    CONTACTS.split('|').any(|contact| contact == label)
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

/// What a block says; nothing if it is no line.
pub fn text(block: &Block) -> &str {
    block.words().map(|words| words.text()).unwrap_or_default()
}
