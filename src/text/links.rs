//! The links of a body: their numbers, where they really go, and addresses in running text.

use std::collections::HashMap;

use linkify::{LinkFinder, LinkKind};
use percent_encoding::percent_decode_str;
use url::{ParseError, Url};

use crate::domain::Text;

use super::lines::Link;
use super::unwrap::{sealed_host, unwrapped};
use super::visible::start_of;

/// The schemes that get a number. Whatever else a body links to (scripts, data, places in the page) stays plain text.
const SCHEMES: [&str; 10] = [
    "https", "http", "mailto", "tel", "sms", "sip", "ftp", "webcal", "msteams", "onenote",
];

/// File names look like hosts to a link finder.
const FILE_ENDINGS: [&str; 28] = [
    "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "txt", "csv", "zip", "png", "jpg", "jpeg",
    "gif", "md", "js", "ts", "json", "xml", "html", "htm", "py", "rs", "msg", "eml", "ics",
];

/// The longest label that is looked at and kept, in bytes.
const MAX_LABEL: usize = 300;

/// The links found so far, in the order of their numbers.
#[derive(Debug, Default)]
pub struct Links {
    /// What those without a host are to be read after.
    base: Option<Url>,
    links: Vec<Link>,
    numbers: HashMap<String, u16>,
}

impl Links {
    /// No links so far, in a body that says what those without a host are to be read after.
    pub fn from(base: Option<&str>) -> Links {
        Links {
            base: base.and_then(|base| Url::parse(base.trim()).ok()),
            ..Links::default()
        }
    }

    /// The number of the link to `target`, a new one if it is linked for the first time. `None` for a target that is
    /// none to open.
    pub fn number(&mut self, target: &str) -> Option<u16> {
        let target = target.trim();
        let url = match target.strip_prefix("//") {
            // By whatever the page came by.
            Some(rest) => Url::parse(&format!("https://{rest}")),
            None => Url::parse(target),
        };
        let url = match (url, &self.base) {
            (Err(ParseError::RelativeUrlWithoutBase), Some(base)) if !target.is_empty() && !target.starts_with('#') => {
                base.join(target)
            }
            (url, _) => url,
        };
        let url = url.ok().filter(|url| SCHEMES.contains(&url.scheme()))?;
        if let Some(number) = self.numbers.get(url.as_str()) {
            return Some(*number);
        }
        let number = u16::try_from(self.links.len() + 1).ok()?;
        self.numbers.insert(url.as_str().to_owned(), number);
        let shown = Text::new(&unwrapped(&url).to_string());
        self.links.push(Link {
            number,
            url: url.into(),
            label: Text::default(),
            shown,
            elsewhere: false,
        });
        Some(number)
    }

    /// Notes what was written on link `number`, once for each place where it stands.
    pub fn label(&mut self, number: u16, label: &str) {
        let Some(link) = usize::from(number)
            .checked_sub(1)
            .and_then(|index| self.links.get_mut(index))
        else {
            return;
        };
        let label = start_of(label, MAX_LABEL).trim();
        if link.label.is_empty() {
            link.label = Text::new(label);
        }
        // An image's description stands in brackets.
        let label = label.trim_start_matches('[').trim_end_matches(']');
        let is_itself = Url::parse(label).is_ok_and(|written| written.as_str() == link.url);
        link.elsewhere |= !is_itself
            && Url::parse(&link.url).is_ok_and(|url| {
                let way = unwrapped(&url);
                // What could be anybody's is where it goes, whatever that says of what follows.
                let by = way.by.and_then(|by| Url::parse(&format!("https://{by}")).ok());
                reads_as_another(label, by.as_ref().unwrap_or(&way.url))
            });
    }

    /// Whether something was written on link `number`.
    pub fn is_labelled(&self, number: u16) -> bool {
        Link::numbered(&self.links, number).is_some_and(|link| !link.label.is_empty())
    }

    /// Where link `number` leads, in a word: a host, or whom it writes to or calls.
    pub fn destination(&self, number: u16) -> Option<String> {
        let link = Link::numbered(&self.links, number)?;
        let way = unwrapped(&Url::parse(&link.url).ok()?);
        let said = match (way.by, way.url.host_str()) {
            (Some(by), _) => by,
            (None, Some(host)) => host.to_owned(),
            (None, None) if way.url.scheme() == "mailto" => recipients(&way.url).into_iter().next()?,
            (None, None) => way.url.path().to_owned(),
        };
        let said = said.strip_prefix("www.").unwrap_or(&said);
        (!said.is_empty()).then(|| said.to_owned())
    }

    /// Takes back the last number, which nothing visible was linked with.
    pub fn forget(&mut self, number: u16) {
        if let Some(last) = self.links.pop_if(|last| last.number == number && last.label.is_empty()) {
            self.numbers.remove(&last.url);
        }
    }

    /// The addresses that middlemen have wrapped, as the mail spells them out, each with where it goes.
    pub fn wrapped(&self) -> impl Iterator<Item = (&str, &str)> {
        let labelled = self.links.iter().filter(|link| link.shown.as_str() != link.url);
        labelled.filter_map(|link| {
            let label = link.label.as_str();
            let is_itself = Url::parse(label).is_ok_and(|written| written.as_str() == link.url);
            is_itself.then_some((label, link.shown.as_str()))
        })
    }

    /// The links, in the order of their numbers.
    pub fn into_links(self) -> Vec<Link> {
        self.links
    }
}

/// Whether a label names an address, but another than the link's: it is one and nothing else, or spells out one with its
/// scheme. A sentence that has a host or a person's address in it names no place to go to.
fn reads_as_another(label: &str, target: &Url) -> bool {
    let finder = finder();
    let mut others = finder.links(label).filter_map(|found| {
        let around = (label.get(..found.start())?, label.get(found.end()..)?);
        match found.kind() {
            LinkKind::Email => is_other_person(found.as_str(), around, target),
            _ => is_other_place(found.as_str(), around, target),
        }
    });
    // One that is right is what the label is about.
    others.next().is_some_and(|first| first && others.all(|other| other))
}

/// Whether a person's address in a label is another than the link's; `None` if the label is not about it.
fn is_other_person(address: &str, (before, after): (&str, &str), target: &Url) -> Option<bool> {
    // "Ann Berg <ann@contoso.example>"
    let is_named = || before.trim_end().ends_with(['<', '(']) && target.scheme() == "mailto";
    if !is_wordless(after) || !is_wordless(before) && !is_named() {
        return None;
    }
    if target.scheme() == "mailto" {
        let recipients = recipients(target);
        return Some(!recipients.is_empty() && !recipients.iter().any(|to| to.eq_ignore_ascii_case(address)));
    }
    let (_, host) = address.rsplit_once('@')?;
    Some(!same_site(host, target))
}

/// Whether a place that a label names is another than the link's; `None` if the label is not about it.
fn is_other_place(place: &str, (before, after): (&str, &str), target: &Url) -> Option<bool> {
    let has_scheme = place.contains("://");
    let claimed = if has_scheme {
        Url::parse(place)
    } else {
        Url::parse(&format!("https://{place}"))
    };
    let claimed = claimed.ok()?.host_str()?.to_owned();
    let is_file = FILE_ENDINGS
        .iter()
        .any(|ending| claimed.ends_with(&format!(".{ending}")));
    let is_alone = is_wordless(before) && is_wordless(after);
    if !has_scheme && (!is_alone || is_file && !claimed.starts_with("www.")) {
        return None;
    }
    let is_sealed = || sealed_host(target).is_some_and(|host| is_under(&claimed, &host) || claimed == host);
    Some(!same_site(&claimed, target) && !is_sealed())
}

/// Whether there are no words in what stands beside an address.
fn is_wordless(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// Whom a `mailto:` writes to ([RFC 6068](https://www.rfc-editor.org/rfc/rfc6068)): their addresses, without their names.
fn recipients(mailto: &Url) -> Vec<String> {
    let path = percent_decode_str(mailto.path()).decode_utf8_lossy().into_owned();
    let more = mailto.query_pairs().filter(|(name, _)| name.eq_ignore_ascii_case("to"));
    let all: Vec<String> = std::iter::once(path)
        .chain(more.map(|(_, to)| to.into_owned()))
        .collect();
    let each = all.iter().flat_map(|to| to.split([',', ';']));
    let address = |to: &str| {
        let (_, inside) = to.split_once('<').unwrap_or(("", to));
        inside.split('>').next().unwrap_or_default().trim().to_owned()
    };
    each.map(address).filter(|address| !address.is_empty()).collect()
}

/// Whether a target is on the host that a label names, or one under the other.
fn same_site(claimed: &str, target: &Url) -> bool {
    if target.scheme() == "mailto" {
        let is_there = |to: &String| {
            to.rsplit_once('@')
                .is_some_and(|(_, host)| host.eq_ignore_ascii_case(claimed))
        };
        return recipients(target).iter().any(is_there);
    }
    let host = target.host_str().unwrap_or_default();
    let claimed = claimed.to_ascii_lowercase();
    let (claimed, host) = (claimed.trim_start_matches("www."), host.trim_start_matches("www."));
    // "https://bank.example@evil.example" names one host and goes to another.
    target.username().is_empty() && (claimed == host || is_under(host, claimed) || is_under(claimed, host))
}

/// Whether a host lies under another.
fn is_under(inner: &str, outer: &str) -> bool {
    inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'))
}

/// The addresses in running text, as byte ranges: with a scheme, or beginning with `www.`.
pub fn addresses(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    if !may_hold_addresses(text) {
        return Vec::new();
    }
    let mut finder = finder();
    // Scripts that put no space between words would otherwise run into the address.
    finder.url_can_be_iri(false);
    let found = finder.links(text).filter_map(|link| {
        let written = link.as_str();
        let target = match written {
            _ if *link.kind() != LinkKind::Url => return None,
            bare if bare.starts_with("www.") => format!("https://{bare}"),
            _ if written.contains("://") => written.to_owned(),
            _ => return None,
        };
        Some((link.start()..link.end(), target))
    });
    found.collect()
}

/// Whether [`addresses`] are worth looking for.
pub fn may_hold_addresses(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

fn finder() -> LinkFinder {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    finder
}
