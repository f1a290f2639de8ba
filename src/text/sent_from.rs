//! The line that a phone or a mail program leaves below what was written: "Sent from my phone".

use super::blocks::Block;
use super::cells;
use super::farewell::text;
use super::lines::Role;
use super::visible::is_blank;

/// How it begins where that says enough, in lower case, with bars between.
const BEGINS: &str = "sent from my |sent on my |sent from mail for |sent from nine|get outlook for |get bluemail for |get typeapp for |sent from the all new aol |\
     von meinem |von outlook|outlook für |holen sie sich outlook|envoyé de mon |envoyé depuis mon |\
     télécharger outlook|obtenez outlook|enviado desde mi |enviado do meu |enviado de meu |enviat des del meu |\
     obtener outlook|inviato da iphone|inviato dal mio |scarica outlook|verzonden vanaf mijn |verstuurd vanaf mijn |\
     outlook voor |skickat från min |sendt fra min |lähetetty iphone|wysłane z iphone|отправлено с iphone|\
     надіслано з iphone|odesláno z iphon|odoslané z iphon|trimis de pe |στάλθηκε από το iphone|נשלח מה|\
     dikirim dari iphone|gửi từ iphone|ส่งจาก iphone|iphoneから送信|发自我的|發自我的|從我的";
/// How it begins or ends where it names a program or a device, in lower case, with bars between.
const OPENERS: &str = "sent from |sent with |sent via |sent using |secured with |this message was sent |\
     this email was sent from |gesendet von |gesendet mit |gesendet über |gesendet aus |\
     diese nachricht wurde |diese e-mail wurde von |envoyé de |envoyé depuis |envoyé avec |envoyé à partir de |\
     provenance : |enviado desde |enviado con |enviado do |enviado de |enviado com |enviado pelo |\
     inviato da |inviato con |inviata da |verzonden vanaf |verzonden vanuit |\
     verzonden met |verstuurd vanaf |verstuurd met |skickat från |skickat med |skickades från |sendt fra |\
     sendt med |lähetetty |wysłane z |wysłano z |odesláno z |odoslané z |küldve |trimis din |\
     trimis cu |poslano s |poslano z |отправлено |надіслано |изпратено от |στάλθηκε από |נשלח |أرسل |تم الإرسال |\
     dikirim dari |dihantar dari |gửi từ |ส่งจาก |发自|來自|从 |發送自|由 ";
const ENDS: &str = "から送信|を使用して送信|에서 보냄|에서 보냈습니다|gönderildi|发送|傳送";
/// Devices on which mails are written, and programs by which, in lower case, with bars between.
const DEVICES: &str = "iphone|ipad|android|galaxy|samsung|huawei|xiaomi|blackberry|windows";
const PROGRAMS: &str = "outlook|yahoo|proton|tutanota|tuta mail|\
     gmail|aol|gmx|web.de|mail.ru|yandex|zoho|bluemail|typeapp|fairemail|mailspring|boxer|edison mail|canary mail|\
     airmail|spark|sparrow|superhuman|newton|aqua mail|aquamail|k-9|k9 mail|em client|thunderbird|betterbird|mailbird|\
     mimestream|postbox|polymail|missive|myemail|roundcube|horde";
/// What programs are made for, in lower case, with bars between.
const SYSTEMS: &str = "ios|android|iphone|ipad|windows|mac";
/// The cells of such a line at most; a longer one somebody has written.
const LONGEST: usize = 60;
/// The same of one that names a program: some say more than that.
const LONGEST_NAMING: usize = 90;

/// Whether a line is one that a phone or a mail program leaves.
pub fn is_sent_from(line: &Block) -> bool {
    let said = text(line).trim_matches(|c: char| c.is_whitespace() || is_blank(c));
    let width = cells(said);
    if width > LONGEST_NAMING {
        return false;
    }
    let said = said.to_lowercase();
    let names = |list: &str| list.split('|').any(|name| said.contains(name));
    let begins = |list: &str| list.split('|').any(|start| said.starts_with(start));
    let ends = || ENDS.split('|').any(|end| said.trim_end_matches('.').ends_with(end));
    // Whatever the language, where it leads to the program: "Get Outlook for iOS".
    let leads_to_program = || {
        let mut spans = line.words().into_iter().flat_map(|words| words.spans());
        names(SYSTEMS) && spans.any(|(_, role)| matches!(role, Role::Link(_)))
    };
    let is_short = width <= LONGEST;
    is_short && (begins(BEGINS) || names(PROGRAMS) && leads_to_program())
        || (begins(OPENERS) || ends()) && (names(PROGRAMS) || names(DEVICES))
}
