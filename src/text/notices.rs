//! The notices that companies put below every mail: whom it is for, and what everybody else must not do with it.

use super::blocks::{Block, Content};
use super::farewell::text;
use super::lines::Part;
use super::visible::start_of;

/// How a notice names the mail that it stands in, in lower case, with bars between.
const THIS_MAIL: &str = "this e-mail|this email|this message|this communication|this transmission|this electronic|\
     e-mail message|email message|this correspondence|diese e-mail|diese nachricht|diese mail|dieser e-mail|dieser mail|\
     dieser nachricht|ce message|cet e-mail|cet email|ce courriel|ce courrier|este mensaje|este correo|este email|\
     este e-mail|esta mensagem|esta comunicación|questo messaggio|questa e-mail|questa email|questa comunicazione|\
     il presente messaggio|la presente e-mail|dit bericht|deze e-mail|deze email|dit e-mail|detta meddelande|\
     detta e-post|denna e-post|dette meddelande|denne e-post|denne e-mail|denne mail|tämä viesti|tämä sähköposti|\
     ta wiadomość|ta wiadomosc|niniejsza wiadomość|tato zpráva|tento e-mail|это сообщение|данное сообщение|настоящее сообщение|\
     это письмо|bu e-posta|bu mesaj|本邮件|此邮件|本電子郵件|本メール|このメール|이 메일|이 전자우편";

/// What it says of it. What somebody writes says one of these, a notice several.
const SAYS: &str = "confidential|privileged|proprietary|legally protected|intended recipient|intended addressee|\
     intended solely|solely intended|intended only|only intended|intended exclusively|intended for the|named recipient|\
     addressee|for the sole use|for the exclusive use|for the use of|in error|unauthorised|unauthorized|\
     strictly prohibited|notify the sender|disclosure|dissemination|opinions expressed|views expressed|virus|\
     vertraulich|irrtümlich|richtige adressat|richtiger adressat|richtige empfänger|bestimmungsgemäß|unbefugt|\
     nicht gestattet|vernichten|confidentiel|destinataire|destiné exclusivement|par erreur|confidencial|destinatari|\
     por error|por erro|por engano|prohibida|proibida|riservat|confidenzial|per errore|vertrouwelijk|geadresseerde|\
     uitsluitend bestemd|ten onrechte|konfidenti|fortrolig|av misstag|ved en fejl|ved en feil|avsedd|luottamuksel|\
     poufn|adresat|omyłk|důvěrn|конфиденциальн|ошибк|адресат|gizli|yanlışlıkla|机密|保密|误收|機密|誤って|기밀|비밀";

/// What else stands among notices: who sends them, and what they ask for.
const AMONG: &str = "consider the environment|before printing|think before you print|registered in|registered office|\
     registered number|company number|registered company|company registration|incorporated in|handelsregister|\
     amtsgericht|sitz der gesellschaft|geschäftsführ|aufsichtsrat|ust-id|siège social|au capital de|denken sie an die umwelt|\
     ausdruck|avant d'imprimer|medio ambiente|antes de imprimir|prima di stampare|privacy policy|privacy notice|\
     privacy statement|datenschutz|scanned for|scanned by|checked for viruses|liability|haftung|thank you";

/// Bytes of a notice at least; no sentence is so long by chance and says so much of itself.
const SHORTEST: usize = 80;
/// Bytes of a paragraph that are looked at: by then it has said what it is.
const LOOKED_AT: usize = 2000;
/// Lines of notices at most.
const MOST_LINES: usize = 40;
/// A line of so many bytes is not one of several that were broken by hand.
const WHOLE: usize = 100;

/// Marks the notices that the last of what somebody has written, before a quote or the end, is followed by.
pub fn notices(blocks: &mut [Block]) {
    let is_own = |block: &Block| block.quote == 0 && block.part == Part::Body;
    let stretches = blocks.chunk_by_mut(|one, next| is_own(one) == is_own(next));
    for stretch in stretches.filter(|stretch| stretch.first().is_some_and(is_own)) {
        let first = stretch.len().saturating_sub(MOST_LINES);
        let Some(tail) = stretch.get_mut(first..) else { continue };
        let start = start(tail);
        tail.iter_mut()
            .skip(start)
            .for_each(|block| block.part = Part::SmallPrint);
    }
}

/// Where the notices at the end of some lines begin.
fn start(lines: &[Block]) -> usize {
    let mut start = lines.len();
    let mut end = lines.len();
    for at in (0..lines.len()).rev().filter(|at| begins_paragraph(lines, *at)) {
        let said = said(lines.get(at..end).unwrap_or_default());
        end = at;
        if is_notice(&said) {
            start = at;
        } else if !stands_among_notices(&said) {
            break;
        }
    }
    // A line drawn above is theirs.
    let is_drawn = |block: &Block| match &block.content {
        Content::Rule => true,
        Content::Words(words) => words.is_drawn(),
        Content::Table(_) => false,
    };
    let above = start.checked_sub(1).and_then(|above| lines.get(above));
    let is_below_line = start < lines.len() && above.is_some_and(is_drawn);
    start - usize::from(is_below_line)
}

fn begins_paragraph(lines: &[Block], at: usize) -> bool {
    let is_whole = |block: &Block| {
        block
            .words()
            .is_none_or(|words| words.text().len() >= WHOLE || words.is_drawn())
    };
    let Some(line) = lines.get(at) else { return false };
    let above = at.checked_sub(1).and_then(|above| lines.get(above));
    line.gap || is_whole(line) || above.is_none_or(|above| is_whole(above) || text(above).trim().is_empty())
}

/// What a paragraph says, in lower case.
pub fn said(lines: &[Block]) -> String {
    let mut said = String::new();
    for line in lines {
        said.push_str(start_of(text(line).trim(), LOOKED_AT.saturating_sub(said.len())));
        said.push(' ');
    }
    said.to_lowercase()
}

fn is_notice(said: &str) -> bool {
    let says = || SAYS.split('|').filter(|phrase| said.contains(phrase)).take(2).count();
    let is_long = said.len() >= SHORTEST;
    is_long && says_one(THIS_MAIL, said) && says() == 2
}

/// Whether a paragraph may follow a notice: what goes on with it, or says nothing.
pub fn stands_among_notices(said: &str) -> bool {
    [THIS_MAIL, SAYS, AMONG].iter().any(|phrases| says_one(phrases, said)) || !said.chars().any(char::is_alphanumeric)
}

fn says_one(phrases: &str, said: &str) -> bool {
    phrases.split('|').any(|phrase| said.contains(phrase))
}
