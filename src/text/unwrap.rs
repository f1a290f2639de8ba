//! Links that mail gateways and other middlemen have wrapped, so that they see every click: where such a link goes in the
//! end, read from the link alone. Nothing is asked of anybody, and the wrapped link stays the one that is opened.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use url::Url;

/// How often a link is wrapped at most. Real ones are wrapped twice: by the sender's gateway and by the reader's.
const MAX_LAYERS: usize = 8;

/// Base64 of which one side writes the `=` at the end and the other doesn't.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How a middleman writes the address into his own.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// As the value of a part of the query.
    Query(&'static str),
    /// The same, if the path is this one: the host serves other pages, too.
    QueryOf(&'static str, &'static str),
    /// Proofpoint's three versions.
    Proofpoint,
    /// As the last part of the path.
    Path,
    /// In the path, after this.
    After(&'static str),
    /// Between two times three underlines.
    Underlines,
    /// As the value of a part of the query, in base64.
    Base64(&'static str),
}

/// Hosts that wrap; one that begins with a dot stands for all under it.
const MIDDLEMEN: [(&str, Form); 29] = [
    // Microsoft Defender's Safe Links.
    (".safelinks.protection.outlook.com", Form::Query("url")),
    (".safelinks.protection.office365.us", Form::Query("url")),
    (".safelinks.protection.partner.outlook.cn", Form::Query("url")),
    // Proofpoint's URL Defense.
    ("urldefense.com", Form::Proofpoint),
    ("urldefense.us", Form::Proofpoint),
    ("urldefense.proofpoint.com", Form::Proofpoint),
    // Barracuda, Trend Micro, Trellix, Sophos, Cisco.
    ("linkprotect.cudasvc.com", Form::Query("a")),
    (".trendmicro.com", Form::Query("url")),
    ("protect2.fireeye.com", Form::Query("u")),
    (".protection.sophos.com", Form::Base64("u")),
    ("secure-web.cisco.com", Form::Path),
    // Check Point and Avanan, Symantec, AppRiver.
    ("protect.checkpoint.com", Form::Underlines),
    ("url.avanan.click", Form::Underlines),
    (".url.avanan.click", Form::Underlines),
    ("clicktime.symantec.com", Form::Query("u")),
    ("clicktime.cloud.postoffice.net", Form::Query("U")),
    // Amazon, for those who send by it; the mail of GMX and WEB.DE.
    (".awstrack.me", Form::After("/L0/")),
    ("deref-gmx.net", Form::Query("redirectUrl")),
    ("deref-web.de", Form::Query("redirectUrl")),
    ("deref-mail.com", Form::Query("redirectUrl")),
    // Sites that link out by way of a page of theirs.
    ("www.google.com", Form::QueryOf("/url", "q")),
    ("l.facebook.com", Form::QueryOf("/l.php", "u")),
    ("lm.facebook.com", Form::QueryOf("/l.php", "u")),
    ("l.instagram.com", Form::Query("u")),
    ("www.linkedin.com", Form::QueryOf("/redir/redirect", "url")),
    ("slack-redir.net", Form::Query("url")),
    ("out.reddit.com", Form::Query("url")),
    ("www.youtube.com", Form::QueryOf("/redirect", "q")),
    ("statics.teams.cdn.office.net", Form::Query("url")),
];

/// Hosts that wrap so that only they can tell what is inside, but for its host.
const SEALED: [&str; 2] = [".mimecast.com", ".mimecastprotect.com"];

/// Where a link goes once everybody has let it through.
pub fn unwrapped(link: &Url) -> Url {
    let inside = std::iter::successors(Some(link.clone()), inside);
    inside.take(MAX_LAYERS).last().unwrap_or_else(|| link.clone())
}

/// The host that a sealed link says it goes to.
pub fn sealed_host(link: &Url) -> Option<String> {
    let host = link.host_str()?;
    SEALED.iter().find(|middleman| is_host(host, middleman))?;
    value(link, "domain")
}

/// What one middleman has wrapped.
fn inside(link: &Url) -> Option<Url> {
    let host = link.host_str()?;
    let (_, form) = MIDDLEMEN.iter().find(|(middleman, _)| is_host(host, middleman))?;
    let address = match *form {
        Form::Query(name) => value(link, name)?,
        Form::QueryOf(path, name) if link.path() == path => value(link, name)?,
        Form::QueryOf(..) => return None,
        Form::Base64(name) => String::from_utf8(LENIENT.decode(value(link, name)?).ok()?).ok()?,
        Form::Path => decoded(link.path().rsplit('/').next()?),
        Form::After(start) => decoded(link.path().strip_prefix(start)?.split('/').next()?),
        Form::Underlines => link.as_str().split("___").nth(1)?.to_owned(),
        Form::Proofpoint => proofpoint(link)?,
    };
    Url::parse(&address)
        .ok()
        .filter(|inside| matches!(inside.scheme(), "http" | "https" | "mailto"))
}

fn is_host(host: &str, middleman: &str) -> bool {
    host == middleman || (middleman.starts_with('.') && host.ends_with(middleman))
}

fn value(link: &Url, name: &str) -> Option<String> {
    let mut pairs = link.query_pairs();
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Proofpoint's first version is an ordinary query; the second writes `-` for `%` and `_` for `/`; the third has the
/// address in its path, with what it cannot hold as `*`, and those characters in base64 behind it.
fn proofpoint(link: &Url) -> Option<String> {
    if link.path().starts_with("/v1/") {
        return value(link, "u");
    }
    if link.path().starts_with("/v2/") {
        let written = value(link, "u")?.replace('-', "%").replace('_', "/");
        return Some(decoded(&written));
    }
    // The address within has a query of its own, so the whole link is read, not its path.
    let whole = link.as_str();
    let (_, rest) = whole.split_once("/v3/__")?;
    let (address, sealed) = rest.rsplit_once("__;")?;
    let encoded = sealed.split_once('!').map_or("", |(encoded, _)| encoded);
    let lost = String::from_utf8(LENIENT.decode(encoded).ok()?).ok()?;
    let mut lost = lost.chars();
    let mut found = String::new();
    let mut written = address.chars().peekable();
    while let Some(c) = written.next() {
        if c != '*' {
            found.push(c);
            continue;
        }
        // `*` stands for one lost character, `**A` for two, `**B` for three, and so on.
        let count = if written.next_if_eq(&'*').is_some() {
            let letter = written.next()?;
            alphabet::URL_SAFE.as_str().find(letter)? + 2
        } else {
            1
        };
        found.extend(lost.by_ref().take(count));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrapped_is_found() {
        for (wrapped, inside) in [
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb%3Fc%3D1&data=05%7C01",
                "https://a.example/b?c=1",
            ),
            (
                "https://nam02.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fa.example%2F&data=x",
                "https://a.example/",
            ),
            (
                "https://urldefense.proofpoint.com/v1/url?u=http://a.example/b&k=x",
                "http://a.example/b",
            ),
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_b-5Fc-3Fd-3De&d=DwMFaQ&c=x",
                "https://a.example/b_c?d=e",
            ),
            (
                "https://urldefense.com/v3/__https://a.example/b?c=1__;!!AbC!xyz$",
                "https://a.example/b?c=1",
            ),
            // The lost characters are "+" once, and "##" as a run of two.
            (
                "https://urldefense.com/v3/__https://a.example/b*c**Ad__;KyMj!!AbC!xyz$",
                "https://a.example/b+c##d",
            ),
            (
                "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fa.example%2F__%3B!!AbC%24",
                "https://a.example/",
            ),
            (
                "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fa.example%2fz&c=E,1",
                "https://a.example/z",
            ),
            (
                "https://eu-west-1.protection.sophos.com/?d=a.example&u=aHR0cHM6Ly9hLmV4YW1wbGUv&i=x",
                "https://a.example/",
            ),
            (
                "https://secure-web.cisco.com/1abc/https%3A%2F%2Fa.example%2Fb",
                "https://a.example/b",
            ),
            (
                "https://www.google.com/url?q=https://a.example/q&sa=D",
                "https://a.example/q",
            ),
            (
                "https://www.google.com/search?q=https://a.example/",
                "https://www.google.com/search?q=https://a.example/",
            ),
            (
                "https://protect.checkpoint.com/v2/___https://a.example/list?x=1___.YXAxZTp4",
                "https://a.example/list?x=1",
            ),
            (
                "https://url.avanan.click/v2/r01/___https://a.example/av___.YXA",
                "https://a.example/av",
            ),
            (
                "https://clicktime.symantec.com/15t?h=x&u=https://a.example/sym",
                "https://a.example/sym",
            ),
            (
                "https://x.r.eu-west-1.awstrack.me/L0/https:%2F%2Fa.example%2Fses%3Fa=1/1/0102/y=1",
                "https://a.example/ses?a=1",
            ),
            (
                "https://deref-web.de/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fa.example%2Fderef",
                "https://a.example/deref",
            ),
            // Not the host it looks like.
            (
                "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
                "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
            ),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=javascript%3Ax",
                "https://eur01.safelinks.protection.outlook.com/?url=javascript%3Ax",
            ),
            (
                "https://urldefense.com/v3/__https://a.example/**",
                "https://urldefense.com/v3/__https://a.example/**",
            ),
        ] {
            assert_eq!(unwrapped(&Url::parse(wrapped).unwrap()).as_str(), inside, "{wrapped}");
        }
    }

    #[test]
    fn a_link_wrapped_without_end_is_unwrapped_so_far() {
        let wrap = |link: String| format!("https://slack-redir.net/link?url={link}");
        let link = (0..50).fold("https://a.example/".to_owned(), |link, _| wrap(link));
        assert_eq!(
            unwrapped(&Url::parse(&link).unwrap()).host_str(),
            Some("slack-redir.net")
        );
    }
}
