//! The small print at the end of newsletters and of lists' mails: how to leave, and what the law wants said.

use super::blocks::{Block, Content};
use super::farewell::text;
use super::headings::text_size;
use super::lines::{Part, Role};

/// What the last lines of a mailing list's or a service's mail speak of, in lower case.
const FOOTERS: [&str; 4] = ["unsubscribe", "mailing list", "listinfo", "mailman"];
/// How many lines such a footer takes at most.
const LONGEST_FOOTER: usize = 8;

/// The last lines, below a drawn one or a dash, that say how to leave the list.
pub fn footer(blocks: &mut [Block]) {
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
    // Somebody may write about lists: a footer says where to leave one, and asks nothing.
    let says_where = footer.iter().any(leads_somewhere);
    let asks = footer.iter().any(|block| text(block).trim_end().ends_with(['?', '？']));
    if speaks_of_it
        && says_where
        && !asks
        && footer
            .iter()
            .all(|block| Some(block.quote) == depth && block.part == Part::Body)
    {
        footer.iter_mut().for_each(|block| block.part = Part::SmallPrint);
    }
}

/// Whether there is an address in a line, or a link.
fn leads_somewhere(block: &Block) -> bool {
    let mut spans = block.words().into_iter().flat_map(|words| words.spans());
    text(block).contains('@') || spans.any(|(_, role)| matches!(role, Role::Link(_)))
}

/// The words for leaving a list, in lower case, with bars between.
const LEAVING: &str = "unsubscribe|leave group|leave this group|opt out|opt-out|email preferences|notification settings|manage your notifications|abmelden|\
     abbestellen|abbestellung|désabonner|désinscrire|désinscription|cancelar la suscripción|darse de baja|darte de baja|\
     cancelar inscrição|cancelar a inscrição|descadastrar|annulla l'iscrizione|disiscriv|cancella iscrizione|uitschrijven|\
     afmelden|avsluta prenumeration|avprenumerera|avregistrera|afmeld|meld deg av|peruuta tilaus|anuluj subskrypcję|\
     wypisz|odhlásit|leiratkozás|dezabonare|отписаться|відписатися|abonelikten çık|إلغاء الاشتراك|הסרה מרשימת|配信停止|\
     購読解除|退订|取消订阅|取消訂閱|수신거부|수신 거부|ยกเลิกการรับ|hủy đăng ký|berhenti berlangganan";

/// The last lines of a newsletter, in letters smaller than the rest, if a link in them leads out of the list.
pub fn small_print(blocks: &mut [Block]) {
    /// More lines than this are an article.
    const LONGEST: usize = 24;
    /// The signs of networks, each a link.
    const MOST_PICTURES: usize = 8;
    /// So many lines may say more than the mail that they stand below.
    const MOST_OF_ALL: usize = 12;
    let bytes = |blocks: &[Block]| -> usize {
        let own = blocks.iter().filter(|block| block.quote == 0);
        own.map(|block| text(block).len()).sum()
    };
    let all = bytes(blocks);
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
    let tail = blocks.get_mut(start..).unwrap_or_default();
    let Some(way_out) = tail.iter().rposition(leads_out) else {
        return;
    };
    // What is written in larger letters, or stands above a line, a heading or bold text, is the newsletter itself.
    let size = tail.get(way_out).map_or(0, |line| line.size);
    let belongs = |block: &&Block| !begins(block) && (is_picture(block) || block.size <= size);
    let lines = tail.get(..way_out).unwrap_or_default();
    let mut start = way_out - lines.iter().rev().take_while(belongs).count();
    let print = tail.get(start..).unwrap_or_default();
    if print.len() > MOST_OF_ALL && bytes(print) > all / 2 {
        // All of the mail is in small letters: only the paragraph that leads out is small print.
        let begins = |at: &usize| tail.get(*at).is_some_and(|block| block.gap);
        start = (start..=way_out).rev().find(begins).unwrap_or(way_out);
    }
    let Some(print) = tail.get_mut(start..).filter(|print| print.len() <= LONGEST) else {
        return;
    };
    // What is only a picture belongs to the text above.
    let pictures = print.iter().take_while(|block| is_picture(block)).count();
    print
        .iter_mut()
        .skip(pictures)
        .for_each(|block| block.part = Part::SmallPrint);
}

/// Whether something begins with a block: a drawn line, a heading, or a line that is all bold.
fn begins(block: &Block) -> bool {
    let Some(words) = block.words() else { return true };
    let is_large = |role| matches!(role, Role::Strong | Role::StrongEmphasis | Role::Heading(_));
    let mut said = words.spans().filter(|(text, _)| !text.trim().is_empty());
    words.is_drawn() || said.all(|(_, role)| is_large(role))
}

fn is_line(text: &str) -> bool {
    matches!(text, "—" | "–") || (text.len() >= 20 && text.bytes().all(|byte| byte == b'_'))
}
