//! The vault with keyrings that work, hang, refuse, forget and are too small, and with files of every kind.

mod files;
mod keyrings;
#[cfg(unix)]
mod processes;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::keyring::Keyring;
use super::*;
use crate::protocol::ProblemKind;

const ACCESS: &str = "eyJ0eXAi.access";
const REFRESH: &str = "0.refresh\"\\";
const NAME: &str = "山田 花子 👩\u{200d}🔬 نورا";

/// A keyring of a test. A clone has the same entries.
#[derive(Clone)]
struct TestKeyring {
    entries: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    asked: Arc<AtomicUsize>,
    ways: Ways,
}

#[derive(Clone, Copy, PartialEq)]
enum Ways {
    Works,
    /// Nobody is there.
    Absent,
    Hangs,
    HangsAtWriting,
    BreaksDown,
    RefusesWriting,
    Forgets,
    /// Says that an entry holds so many bytes.
    Small(usize),
    /// Refuses more than so many bytes without having said so.
    SmallUnsaid(usize),
}

impl TestKeyring {
    fn new(ways: Ways) -> Self {
        TestKeyring {
            entries: Arc::default(),
            asked: Arc::default(),
            ways,
        }
    }

    /// The same keyring on another day.
    fn now(&self, ways: Ways) -> Self {
        TestKeyring { ways, ..self.clone() }
    }

    fn names(&self) -> usize {
        self.entries.lock().unwrap().len()
    }

    fn opener(&self) -> Opener {
        let keyring = self.clone();
        Box::new(move || match keyring.ways {
            Ways::Absent => Err(KeyringError::Nobody("no bus".to_owned())),
            _ => Ok(Box::new(keyring)),
        })
    }
}

fn hang() {
    loop {
        std::thread::park();
    }
}

impl Keyring for TestKeyring {
    fn name(&self) -> &'static str {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.ways {
            Ways::Hangs => hang(),
            Ways::BreaksDown => panic!("on purpose: a keyring that breaks down"),
            _ => {}
        }
        "the keyring"
    }

    fn entry_size(&self) -> usize {
        match self.ways {
            Ways::Small(size) => size,
            _ => usize::MAX,
        }
    }

    fn read(&self, entry: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        Ok(self.entries.lock().unwrap().get(entry).cloned().map(Zeroizing::new))
    }

    fn write(&self, entry: &str, bytes: &[u8]) -> Result<(), KeyringError> {
        match self.ways {
            Ways::HangsAtWriting => hang(),
            Ways::RefusesWriting => return Err(KeyringError::Refused("locked".to_owned())),
            Ways::Forgets => return Ok(()),
            Ways::Small(size) | Ways::SmallUnsaid(size) if bytes.len() > size => return Err(KeyringError::TooBig),
            _ => {}
        }
        self.entries.lock().unwrap().insert(entry.to_owned(), bytes.to_owned());
        Ok(())
    }

    fn remove(&self, entry: &str) -> Result<(), KeyringError> {
        self.entries.lock().unwrap().remove(entry);
        Ok(())
    }
}

/// A sign-in whose access token tells its number.
fn kept(n: u32) -> Kept {
    Kept {
        access_token: SecretString::from(format!("{ACCESS}{n}")),
        refresh_token: Some(SecretString::from(REFRESH)),
        expires_at: "2026-11-21T15:00:00Z".parse().unwrap(),
        scopes: vec!["User.Read".to_owned(), "Group-Conversation.ReadWrite.All".to_owned()],
        who: Who {
            name: NAME.into(),
            address: "hanako@contoso.com".into(),
            id: "id".to_owned(),
            tenant_id: "tenant".to_owned(),
        },
        authority: "https://login.microsoftonline.com".to_owned(),
        tenant: "organizations".to_owned(),
        client_id: "client".to_owned(),
        method: "device code".to_owned(),
        signed_in_at: "2026-11-21T14:00:00Z".parse().unwrap(),
        demanded: None,
    }
}

fn temp() -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("state").join("default");
    (root, folder)
}

async fn open(keep: Keep, folder: &Path, keyring: &TestKeyring) -> Vault {
    Vault::open_with(keep, folder.to_owned(), keyring.opener()).await
}

async fn in_file(folder: &Path) -> Vault {
    open(Keep::File, folder, &TestKeyring::new(Ways::Absent)).await
}

async fn write(vault: &Vault, n: u32) -> Result<(), Problem> {
    vault.lock().await.unwrap().write(&kept(n)).await
}

async fn remove(vault: &Vault) -> Result<(), Problem> {
    vault.lock().await.unwrap().remove().await
}

/// The number of the sign-in that is read, whose every field is as it was.
async fn number(vault: &Vault) -> Option<u32> {
    let read = vault.read().await.unwrap()?;
    let token = read.access_token.expose_secret();
    let n = token.strip_prefix(ACCESS).unwrap().parse().unwrap();
    assert_eq!(read.refresh_token.as_ref().unwrap().expose_secret(), REFRESH);
    assert_eq!(format!("{read:?}"), format!("{:?}", kept(n)));
    Some(n)
}

fn notice(vault: &Vault) -> String {
    vault.notice().map(|text| text.to_string()).unwrap_or_default()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Whether any file of the folder holds a token.
fn has_tokens(folder: &Path) -> bool {
    names(folder).iter().any(|name| {
        let content = fs::read_to_string(folder.join(name)).unwrap();
        content.contains(ACCESS) || content.contains("0.refresh")
    })
}

#[tokio::test]
async fn every_place_keeps_a_sign_in_as_it_is() {
    for keep in [Keep::Auto, Keep::Keyring, Keep::File, Keep::Memory] {
        let (_root, folder) = temp();
        let keyring = TestKeyring::new(Ways::Works);
        let vault = open(keep, &folder, &keyring).await;
        let place = match keep {
            Keep::Auto | Keep::Keyring => Place::Keyring("the keyring"),
            Keep::File => Place::File(folder.join("sign-in.json")),
            Keep::Memory => Place::Memory,
        };
        assert_eq!((vault.place(), number(&vault).await), (place.clone(), None));
        for n in 1..=2 {
            write(&vault, n).await.unwrap();
            assert_eq!((vault.place(), number(&vault).await), (place.clone(), Some(n)));
        }
        assert_eq!(notice(&vault), "", "all is as wished: {keep:?}");
        assert_eq!(has_tokens(&folder), keep == Keep::File);
        assert_eq!(keyring.names(), usize::from(matches!(place, Place::Keyring(_))));

        let again = open(keep, &folder, &keyring).await;
        let expected = (keep != Keep::Memory).then_some(2);
        assert_eq!((again.place(), number(&again).await), (place, expected));
        remove(&vault).await.unwrap();
        assert_eq!(
            (number(&vault).await, number(&again).await, keyring.names()),
            (None, None, 0)
        );
        assert_eq!(names(&folder), ["sign-in.lock"]);
    }
}

#[tokio::test]
async fn a_changed_wish_finds_the_sign_in_and_the_next_write_moves_it() {
    let all = [Keep::Auto, Keep::File, Keep::Keyring, Keep::Memory];
    for from in [Keep::Keyring, Keep::File] {
        for to in all {
            let (_root, folder) = temp();
            let keyring = TestKeyring::new(Ways::Works);
            write(&open(from, &folder, &keyring).await, 1).await.unwrap();
            let vault = open(to, &folder, &keyring).await;
            assert_eq!(number(&vault).await, Some(1), "{from:?} to {to:?}");
            let was = if from == Keep::File {
                Place::File(folder.join("sign-in.json"))
            } else {
                Place::Keyring("the keyring")
            };
            assert_eq!(vault.place(), was);
            write(&vault, 2).await.unwrap();
            assert_eq!(number(&vault).await, Some(2));
            let in_keyring = matches!(to, Keep::Auto | Keep::Keyring);
            assert_eq!(
                (keyring.names(), has_tokens(&folder)),
                (usize::from(in_keyring), to == Keep::File)
            );
        }
    }
}

#[test]
fn debug_does_not_tell_a_token() {
    let debug = format!("{:?}", kept(1));
    assert!(debug.contains("[redacted]") && debug.contains("device code"), "{debug}");
    assert!(!debug.contains(ACCESS) && !debug.contains("0.refresh"), "{debug}");
    let record = Record {
        keyring: Holds::Nothing,
        sign_in: Some(kept(1)),
    };
    assert!(!format!("{record:?}").contains(ACCESS));
}

#[test]
fn what_is_written_fills_its_memory_exactly() {
    let record = Record {
        keyring: Holds::Nothing,
        sign_in: Some(kept(1)),
    };
    let bytes = record.to_bytes().unwrap();
    assert_eq!(
        bytes.capacity(),
        bytes.len(),
        "it never grew, so no part of it was left behind"
    );
}

#[test]
fn places_are_said_in_plain_words() {
    let file = Place::File("/s/\u{1b}[2Jhana/sign-in.json".into());
    assert_eq!(file.to_string(), "/s/hana/sign-in.json, readable only by you");
    assert_eq!(Place::Keyring("the Keychain").to_string(), "the Keychain");
    assert_eq!(Place::Memory.to_string(), "memory, until folkmoot ends");
}
