//! Where the values of properties lead: to a mail, a call, a web page. What is anything else is never opened.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Where Enter on a property leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    Nowhere,
    /// To a new mail.
    Mail,
    /// To the telephone.
    Phone,
    /// To a web page.
    Web,
}

impl Leads {
    /// The address that a value leads to, where it is a harmless one.
    pub(super) fn to(self, value: &str) -> Option<String> {
        match self {
            Leads::Nowhere => None,
            Leads::Mail => mail(value),
            Leads::Phone => telephone(value),
            Leads::Web => web(value),
        }
    }
}

/// The address of a web page.
pub(super) fn web(value: &str) -> Option<String> {
    let url = Url::parse(value.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// What stays as it is in the local part of a `mailto:` (<https://www.rfc-editor.org/rfc/rfc6068#section-2>).
const LOCAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A new mail to an address, and to nothing else that its text may hold.
fn mail(address: &str) -> Option<String> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    let is_domain = !domain.is_empty() && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
    if local.is_empty() || !is_domain {
        return None;
    }
    let (local, domain) = (utf8_percent_encode(local, LOCAL), utf8_percent_encode(domain, LOCAL));
    Some(format!("mailto:{local}@{domain}"))
}

/// A call (<https://www.rfc-editor.org/rfc/rfc3966>): digits, a `+` before them, and an extension behind a word or an `x`.
fn telephone(number: &str) -> Option<String> {
    let number = number.trim();
    let end = number.find(char::is_alphabetic).unwrap_or(number.len());
    let (main, extension) = number.split_at_checked(end)?;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (called, extension) = (digits(main), digits(extension));
    if called.len() < 3 {
        return None;
    }
    let plus = if main.starts_with('+') { "+" } else { "" };
    let extension = Some(extension).filter(|digits| !digits.is_empty());
    let extension = extension.map(|digits| format!(";ext={digits}")).unwrap_or_default();
    Some(format!("tel:{plus}{called}{extension}"))
}

#[cfg(test)]
mod tests {
    use super::Leads::{Mail, Nowhere, Phone, Web};

    #[test]
    fn only_web_pages_mail_and_telephones_are_led_to() {
        for (leads, value, to) in [
            (Web, "https://x.example/a b", Some("https://x.example/a%20b")),
            (Web, "javascript:alert(1)", None),
            (Web, "file:///etc/passwd", None),
            (Web, "x.example", None),
            (Mail, "花子@x.example", Some("mailto:%E8%8A%B1%E5%AD%90@x.example")),
            (Mail, "a@x.example?cc=b", None),
            (Mail, "a?cc=b@x.example", Some("mailto:a%3Fcc%3Db@x.example")),
            (Mail, "a@b,c@x.example", Some("mailto:a%40b%2Cc@x.example")),
            (Mail, "nobody", None),
            (Phone, "+81 (90) 0000-0100", Some("tel:+819000000100")),
            (Phone, "+1 555 0100 ext. 12", Some("tel:+15550100;ext=12")),
            (Phone, "at the desk", None),
            (Phone, "tel:;rm", None),
            (Nowhere, "https://x.example", None),
        ] {
            assert_eq!(leads.to(value).as_deref(), to, "{value}");
        }
    }
}
