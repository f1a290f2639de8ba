//! Ids and made-up numbers: everything here depends on nothing but its arguments, so a tenant is the same at every start.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// A small deterministic generator (SplitMix64): fast, and good enough to make up a company.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A generator whose throws depend on the seed and on what they are for.
    pub fn new(seed: u64, purpose: &str) -> Dice {
        Dice(digest(seed, purpose.as_bytes()))
    }

    /// The next number.
    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `limit`; 0 when `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.throw() % (limit.max(1) as u64)).unwrap_or_default()
    }

    /// One of the items, or nothing when there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A 64-bit digest (FNV-1a, mixed). Not for secrets.
pub fn digest(seed: u64, bytes: &[u8]) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ mix(seed);
    mix(bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    }))
}

/// The id of a directory object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guid(u128);

impl Guid {
    /// The id of the object of this kind with this key: always the same one.
    pub fn of(kind: &str, key: &str) -> Guid {
        let (high, low) = (
            digest(1, kind.as_bytes()) ^ digest(2, key.as_bytes()),
            digest(3, key.as_bytes()),
        );
        Guid::from_parts(high, low)
    }

    /// The n-th id of a series.
    pub fn numbered(series: u64, n: u64) -> Guid {
        Guid::from_parts(mix(series ^ mix(n)), mix(n.wrapping_add(series)))
    }

    fn from_parts(high: u64, low: u64) -> Guid {
        let bits = (u128::from(high) << 64) | u128::from(low);
        let versioned = (bits & !(0xF << 76)) | (0x4 << 76); // version 4
        Guid((versioned & !(0x3 << 62)) | (0x2 << 62)) // RFC 9562 variant
    }

    /// Reads `8-4-4-4-12` hexadecimal digits in either case.
    pub fn parse(text: &str) -> Option<Guid> {
        let dashes = [8, 13, 18, 23];
        let well_formed = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| {
                if dashes.contains(&at) {
                    byte == b'-'
                } else {
                    byte.is_ascii_hexdigit()
                }
            });
        if !well_formed {
            return None;
        }
        u128::from_str_radix(&text.replace('-', ""), 16).ok().map(Guid)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0;
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            bits >> 96,
            (bits >> 80) & 0xFFFF,
            (bits >> 64) & 0xFFFF,
            (bits >> 48) & 0xFFFF,
            bits & 0xFFFF_FFFF_FFFF
        )
    }
}

/// What an Outlook id stands for; the shape (length, first letters) differs as Exchange's do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlookKind {
    /// `AAQk…`, 76 letters.
    Conversation,
    /// `AAQk…`, 104 letters.
    Thread,
    /// `AAMk…`, 152 letters.
    Post,
}

/// An Outlook id: long base64 with `=`, in most cases with `-` and `_`, in some with `+` and `/`.
pub fn outlook_id(kind: OutlookKind, mailbox: Guid, key: &str) -> String {
    let fill = |salt: u64| {
        let mut bytes = digest(salt, key.as_bytes()).to_be_bytes().to_vec();
        bytes.extend(digest(salt + 100, key.as_bytes()).to_be_bytes());
        bytes
    };
    let mut bytes = match kind {
        OutlookKind::Post => vec![0x00, 0x03, 0x24, 0x00],
        OutlookKind::Conversation | OutlookKind::Thread => vec![0x00, 0x04, 0x24, 0x00],
    };
    bytes.extend(mailbox.to_string().bytes());
    match kind {
        OutlookKind::Conversation => {
            bytes.extend([0x00, 0x10, 0x00]);
            bytes.extend(fill(1));
        }
        OutlookKind::Thread => {
            bytes.extend([0x03, 0x24, 0x00, 0x10, 0x00]);
            bytes.extend(fill(2));
            bytes.extend([0x10, 0x00]);
            bytes.extend(fill(3));
        }
        OutlookKind::Post => {
            bytes.extend([0x00, 0x46, 0, 0, 0, 0, 0]);
            bytes.extend(fill(4));
            bytes.extend([0x07, 0x00]);
            bytes.extend(fill(5));
            bytes.extend([0, 0, 0, 0, 0x01, 0x0C, 0, 0]);
            bytes.extend(fill(6));
            bytes.extend([0, 0, 0, 0, 0x09, 0x3D, 0, 0]);
        }
    }
    if digest(7, key.as_bytes()).is_multiple_of(5) {
        STANDARD.encode(bytes)
    } else {
        URL_SAFE.encode(bytes)
    }
}

/// Whether a path segment has the shape of an Outlook id at all.
pub fn is_outlook_id(text: &str) -> bool {
    let plain = text.replace('-', "+").replace('_', "/");
    STANDARD
        .decode(plain)
        .is_ok_and(|bytes| matches!(bytes.get(..4), Some([0x00, 0x03 | 0x04, 0x24, 0x00])))
}

/// A change key as Exchange writes it; it changes with `version`.
pub fn change_key(key: &str, version: u64) -> String {
    let mut bytes = vec![0x09, 0, 0, 0, 0x16, 0, 0, 0];
    bytes.extend(digest(8, key.as_bytes()).to_be_bytes());
    bytes.extend(digest(9, key.as_bytes()).to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(u32::try_from(version & 0xFFFF_FFFF).unwrap_or_default().to_be_bytes());
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_read_back_as_it_is_written() {
        let id = Guid::of("user", "astrid.nygaard");
        assert_eq!(Guid::parse(&id.to_string()), Some(id));
        assert_eq!(Guid::parse(&id.to_string().to_uppercase()), Some(id));
        assert_eq!(Guid::parse("not-an-id"), None);
        assert_ne!(id, Guid::of("group", "astrid.nygaard"));
    }

    #[test]
    fn outlook_ids_have_the_letters_that_need_care_in_a_path() {
        let mailbox = Guid::of("group", "g");
        let ids: Vec<String> = (0..60)
            .map(|n| outlook_id(OutlookKind::Post, mailbox, &format!("post {n}")))
            .collect();
        assert!(ids.iter().all(|id| id.starts_with("AAMk") && is_outlook_id(id)));
        assert!(ids.iter().any(|id| id.contains('+')) && ids.iter().any(|id| id.contains('/')));
        assert!(ids.iter().any(|id| id.contains('-')) && ids.iter().any(|id| id.contains('=')));
        let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn a_stray_word_is_no_outlook_id() {
        assert!(!is_outlook_id("hello") && !is_outlook_id("AAAA") && !is_outlook_id(""));
    }
}
