//! A sign-in in the entries of a keyring. One that is too long for one entry (Windows: 2,560 bytes) is kept in parts:
//! the entry itself then says which, and is written last, so that it never speaks of parts that are not there.

use zeroize::Zeroizing;

use super::keyring::{Keyring, KeyringError};

/// A sign-in in more parts than this is no longer reasonable.
const MOST_PARTS: usize = 32;

/// What the entry says when the sign-in is in parts: this, a side (`a` or `b`) and how many. A sign-in is JSON and
/// cannot begin like this.
const IN_PARTS: &str = "folkmoot-parts";

/// Where the parts of one writing lie. The next writing takes the other side.
#[derive(Clone, Copy)]
struct Parts {
    side: char,
    count: usize,
}

impl Parts {
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(bytes).ok()?.split(' ');
        if words.next()? != IN_PARTS {
            return None;
        }
        let side = words.next()?.chars().next().filter(|side| "ab".contains(*side))?;
        let count = words.next()?.parse().ok().filter(|count| *count <= MOST_PARTS)?;
        Some(Parts { side, count })
    }

    fn head(self) -> String {
        format!("{IN_PARTS} {} {}", self.side, self.count)
    }

    fn names(self, entry: &str) -> impl Iterator<Item = String> {
        (1..=self.count).map(move |n| format!("{entry} {}{n}", self.side))
    }

    fn remove(self, keyring: &dyn Keyring, entry: &str) -> Result<(), KeyringError> {
        self.names(entry).try_for_each(|name| keyring.remove(&name))
    }
}

/// Reads a sign-in; `None` when there is none, or not all of it.
pub(super) fn read(keyring: &dyn Keyring, entry: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
    let Some(head) = keyring.read(entry)? else {
        return Ok(None);
    };
    let Some(parts) = Parts::from_bytes(&head) else {
        return Ok(Some(head));
    };
    let mut pieces = Vec::with_capacity(parts.count);
    for name in parts.names(entry) {
        match keyring.read(&name)? {
            Some(piece) => pieces.push(piece),
            None => return Ok(None),
        }
    }
    let mut whole = Zeroizing::new(Vec::with_capacity(pieces.iter().map(|piece| piece.len()).sum()));
    pieces.iter().for_each(|piece| whole.extend_from_slice(piece));
    Ok(Some(whole))
}

/// Writes a sign-in in the place of an older one, and looks whether the keyring has really kept it.
pub(super) fn write(keyring: &dyn Keyring, entry: &str, bytes: &[u8]) -> Result<(), KeyringError> {
    let before = keyring.read(entry)?.and_then(|head| Parts::from_bytes(&head));
    let size = keyring.entry_size().max(1);
    if bytes.len() <= size {
        keyring.write(entry, bytes)?;
    } else {
        let parts = Parts {
            side: if before.is_some_and(|old| old.side == 'a') {
                'b'
            } else {
                'a'
            },
            count: bytes.len().div_ceil(size),
        };
        if parts.count > MOST_PARTS {
            return Err(KeyringError::TooBig);
        }
        for (name, piece) in parts.names(entry).zip(bytes.chunks(size)) {
            if let Err(error) = keyring.write(&name, piece) {
                if let Err(error) = parts.remove(keyring, entry) {
                    tracing::warn!(%error, "parts of a sign-in stay behind in the keyring");
                }
                return Err(error);
            }
        }
        keyring.write(entry, parts.head().as_bytes())?;
    }
    if read(keyring, entry)?.is_none_or(|kept| *kept != *bytes) {
        return Err(KeyringError::Forgetful);
    }
    before.map_or(Ok(()), |old| old.remove(keyring, entry))
}

/// Removes a sign-in and its parts.
pub(super) fn remove(keyring: &dyn Keyring, entry: &str) -> Result<(), KeyringError> {
    if let Some(parts) = keyring.read(entry)?.and_then(|head| Parts::from_bytes(&head)) {
        parts.remove(keyring, entry)?;
    }
    keyring.remove(entry)
}
