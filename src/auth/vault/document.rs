//! The JSON that a sign-in is kept as, in the file and in the keyring alike.

use std::io::{self, Write};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

use super::kept::{Kept, Who};
use crate::domain::Text;
use crate::protocol::Claims;

/// The version of the document that is written, and the only one that is read.
const VERSION: u32 = 1;

/// What a profile's file says: the sign-in itself, or where else it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    /// What lies in the keyring.
    pub keyring: Holds,
    /// The sign-in, where it is kept here. It goes before the keyring's.
    pub sign_in: Option<Kept>,
}

/// What lies in the keyring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holds {
    /// Nothing.
    #[default]
    Nothing,
    /// The sign-in.
    SignIn,
    /// Something that is no longer good and could not be removed yet.
    Leftover,
}

/// Why bytes are not a record. It repeats none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("it is cut short or was changed")]
    Broken,
    #[error("another version of folkmoot wrote it")]
    Version,
}

impl Record {
    /// The record as JSON. Nothing of it stays in memory behind the result.
    pub fn to_bytes(&self) -> serde_json::Result<Zeroizing<Vec<u8>>> {
        let document = DocumentRef {
            version: VERSION,
            keyring: self.keyring,
            sign_in: self.sign_in.as_ref().map(KeptRef),
        };
        // Counted first: a vector that grows leaves what it held behind.
        let mut counter = Counter(0);
        serde_json::to_writer(&mut counter, &document)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(counter.0));
        serde_json::to_writer(&mut *bytes, &document)?;
        Ok(bytes)
    }

    /// Reads a record.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let Versioned { version } = serde_json::from_slice(bytes).map_err(|_| Unreadable::Broken)?;
        if version != VERSION {
            return Err(Unreadable::Version);
        }
        let document: Document = serde_json::from_slice(bytes).map_err(|_| Unreadable::Broken)?;
        Ok(Record {
            keyring: document.keyring,
            sign_in: document.sign_in.map(|KeptOwned(kept)| kept),
        })
    }
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Serialize)]
struct DocumentRef<'a> {
    version: u32,
    keyring: Holds,
    sign_in: Option<KeptRef<'a>>,
}

#[derive(Deserialize)]
struct Document {
    keyring: Holds,
    sign_in: Option<KeptOwned>,
}

#[derive(Serialize)]
struct KeptRef<'a>(#[serde(with = "KeptFields")] &'a Kept);

#[derive(Deserialize)]
struct KeptOwned(#[serde(with = "KeptFields")] Kept);

/// The fields of [`Kept`], which itself cannot be serialised, so that no token gets into other output.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Kept")]
struct KeptFields {
    #[serde(serialize_with = "expose")]
    access_token: SecretString,
    #[serde(serialize_with = "expose_some")]
    refresh_token: Option<SecretString>,
    expires_at: Timestamp,
    scopes: Vec<String>,
    #[serde(with = "WhoFields")]
    who: Who,
    authority: String,
    tenant: String,
    client_id: String,
    method: String,
    signed_in_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "demand")]
    demanded: Option<Claims>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Who")]
struct WhoFields {
    #[serde(serialize_with = "text")]
    name: Text,
    #[serde(serialize_with = "text")]
    address: Text,
    id: String,
    tenant_id: String,
}

fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

fn expose_some<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

fn text<S: Serializer>(text: &Text, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.as_str())
}

/// What is demanded of the next sign-in, as the JSON that it came as.
mod demand {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::protocol::Claims;

    pub fn serialize<S: Serializer>(demanded: &Option<Claims>, serializer: S) -> Result<S::Ok, S::Error> {
        demanded.as_ref().map(|claims| &claims.0).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Claims>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(Claims))
    }
}

/// Counts what is written.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
