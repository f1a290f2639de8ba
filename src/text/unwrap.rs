//! Links that mail gateways and other middlemen have wrapped, so that they see every click: where such a link goes in the
//! end, read from the link alone. Nothing is asked of anybody, and the wrapped link stays the one that is opened.

use std::fmt;

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
const MIDDLEMEN: [(&str, Form); 37] = [
    // Microsoft Defender's Safe Links.
    (".safelinks.protection.outlook.com", Form::Query("url")),
    (".safelinks.protection.office365.us", Form::Query("url")),
    (".safelinks.protection.partner.outlook.cn", Form::Query("url")),
    // Proofpoint's URL Defense, and its browser far away.
    ("urldefense.com", Form::Proofpoint),
    ("urldefense.us", Form::Proofpoint),
    ("urldefense.proofpoint.com", Form::Proofpoint),
    ("urlisolation.com", Form::Query("url")),
    // Barracuda, Trend Micro, Trellix, Sophos, Cisco.
    ("linkprotect.cudasvc.com", Form::Query("a")),
    (".trendmicro.com", Form::Query("url")),
    ("protect2.fireeye.com", Form::Query("u")),
    (".protection.sophos.com", Form::Base64("u")),
    ("secure-web.cisco.com", Form::Path),
    // Check Point and Avanan, Symantec, AppRiver, Trustwave, TitanHQ.
    ("protect.checkpoint.com", Form::Underlines),
    ("url.avanan.click", Form::Underlines),
    (".url.avanan.click", Form::Underlines),
    ("clicktime.symantec.com", Form::Query("u")),
    ("clicktime.cloud.postoffice.net", Form::Query("U")),
    ("link.edgepilot.com", Form::Query("u")),
    ("scanmail.trustwave.com", Form::Query("u")),
    ("linklock.titanhq.com", Form::Query("url")),
    // Amazon, for those who send by it; the mail of GMX and WEB.DE.
    (".awstrack.me", Form::After("/L0/")),
    ("deref-gmx.net", Form::Query("redirectUrl")),
    ("deref-web.de", Form::Query("redirectUrl")),
    ("deref-mail.com", Form::Query("redirectUrl")),
    // Sites that link out by way of a page of theirs.
    ("www.google.com", Form::QueryOf("/url", "q")),
    ("www.google.com", Form::QueryOf("/url", "url")),
    ("l.facebook.com", Form::QueryOf("/l.php", "u")),
    ("www.facebook.com", Form::QueryOf("/l.php", "u")),
    ("lm.facebook.com", Form::QueryOf("/l.php", "u")),
    ("l.instagram.com", Form::Query("u")),
    ("www.linkedin.com", Form::QueryOf("/redir/redirect", "url")),
    ("www.linkedin.com", Form::QueryOf("/safety/go", "url")),
    ("slack-redir.net", Form::Query("url")),
    ("out.reddit.com", Form::Query("url")),
    ("www.youtube.com", Form::QueryOf("/redirect", "q")),
    ("statics.teams.cdn.office.net", Form::Query("url")),
    ("statics.teams.microsoft.com", Form::Query("url")),
];

/// How paths begin that wrap on whatever host: that of a company's own server, or one named by who sends newsletters.
const ON_ANY_HOST: [(&str, Form); 5] = [
    // Outlook on the web, of today and of Exchange 2003.
    ("/owa/redir.aspx", Form::Query("URL")),
    ("/exchweb/bin/redir.asp", Form::Query("URL")),
    // FortiMail.
    ("/fmlurlsvc/", Form::Query("url")),
    // Amazon, for those who send by it under their own name.
    ("/CL0/", Form::After("/CL0/")),
    ("/L0/", Form::After("/L0/")),
];

/// Hosts that wrap so that only they can tell what is inside, but for its host.
const SEALED: [&str; 3] = [".mimecast.com", ".mimecastprotect.com", ".inky.com"];

/// Where a link goes once everybody has let it through.
#[derive(Debug, Clone, PartialEq)]
pub struct Unwrapped {
    /// The end of the way.
    pub url: Url,
    /// A host on the way that wraps as some do, but could be anybody's: whether it really goes on there is its own affair.
    pub by: Option<String>,
}

impl fmt::Display for Unwrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str())?;
        match &self.by {
            Some(host) => write!(f, " by way of {host}"),
            None => Ok(()),
        }
    }
}

/// Where a link goes once everybody has let it through.
pub fn unwrapped(link: &Url) -> Unwrapped {
    let mut way = Unwrapped {
        url: link.clone(),
        by: None,
    };
    for _ in 0..MAX_LAYERS {
        if let Some(inside) = inside(&way.url) {
            way.url = inside;
        } else if let Some(inside) = inside_of_anybodys(&way.url) {
            way.by = way.by.or_else(|| way.url.host_str().map(str::to_owned));
            way.url = inside;
        } else {
            break;
        }
    }
    way
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
    let mut forms = MIDDLEMEN.iter().filter(|(middleman, _)| is_host(host, middleman));
    forms.find_map(|(_, form)| form.read(link))
}

/// What is wrapped by a host that is known by the path alone.
fn inside_of_anybodys(link: &Url) -> Option<Url> {
    let begins = |start: &str| {
        let path = link.path().get(..start.len());
        path.is_some_and(|path| path.eq_ignore_ascii_case(start))
    };
    let (_, form) = ON_ANY_HOST.iter().find(|(start, _)| begins(start))?;
    form.read(link).filter(|inside| inside.scheme() != "mailto")
}

impl Form {
    /// The address that a link has in it.
    fn read(self, link: &Url) -> Option<Url> {
        let address = match self {
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
mod tests;
