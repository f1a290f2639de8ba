//! The keyrings of this system.

use super::keyring::{Keyring, KeyringError, Opener};

/// Finds the keyring of this system; `profile` is what a keyring's own window shows of it. The kernel's counts only
/// where `kernel_too`.
#[cfg(not(all(feature = "keyring", any(target_os = "linux", target_os = "macos", windows))))]
pub(super) fn opener(_profile: &str, _kernel_too: bool) -> Opener {
    Box::new(|| Err::<Box<dyn Keyring>, _>(KeyringError::NotBuiltIn))
}

#[cfg(all(feature = "keyring", any(target_os = "linux", target_os = "macos", windows)))]
pub(super) use stores::opener;

#[cfg(all(feature = "keyring", any(target_os = "linux", target_os = "macos", windows)))]
mod stores {
    #[cfg(target_os = "linux")]
    use std::collections::HashMap;
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Entry, Error};
    use zeroize::Zeroizing;

    use super::{Keyring, KeyringError, Opener};

    /// What our entries are filed under.
    const SERVICE: &str = "folkmoot";

    /// The most that Windows takes in one entry (`CRED_MAX_CREDENTIAL_BLOB_SIZE`).
    #[cfg(windows)]
    const WINDOWS_ENTRY: usize = 2560;

    /// One of the stores behind keyring-core.
    struct Store {
        name: &'static str,
        store: Arc<CredentialStore>,
        entry_size: usize,
        /// What the keyring's own window calls an entry, where it has such a thing.
        label: Option<String>,
    }

    impl Store {
        fn entry(&self, name: &str) -> Result<Entry, KeyringError> {
            let label = self.label.as_deref().map(|label| [("label", label)].into());
            self.store.build(SERVICE, name, label.as_ref()).map_err(refused)
        }
    }

    impl Keyring for Store {
        fn name(&self) -> &'static str {
            self.name
        }

        fn entry_size(&self) -> usize {
            self.entry_size
        }

        fn read(&self, entry: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
            match self.entry(entry)?.get_secret() {
                Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(refused(error)),
            }
        }

        fn write(&self, entry: &str, bytes: &[u8]) -> Result<(), KeyringError> {
            self.entry(entry)?.set_secret(bytes).map_err(refused)
        }

        fn remove(&self, entry: &str) -> Result<(), KeyringError> {
            match self.entry(entry)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(refused(error)),
            }
        }
    }

    /// In words, without what the keyring held.
    fn refused(error: Error) -> KeyringError {
        match error {
            Error::TooLong(..) => KeyringError::TooBig,
            Error::BadEncoding(_) | Error::BadDataFormat(..) => {
                KeyringError::Refused("what it holds is damaged".to_owned())
            }
            Error::NoStorageAccess(why) => {
                tracing::info!(%why, "the keyring gives no access");
                KeyringError::Refused("it is locked, or closed to folkmoot".to_owned())
            }
            Error::Ambiguous(_) => KeyringError::Refused("it holds several of our entries by one name".to_owned()),
            error => KeyringError::Refused(error.to_string()),
        }
    }

    fn nobody(error: Error) -> KeyringError {
        KeyringError::Nobody(error.to_string())
    }

    /// The Secret Service of the desktop (GNOME Keyring, KWallet, KeePassXC), else the kernel's own keyring where that
    /// is wanted: it forgets.
    #[cfg(target_os = "linux")]
    pub fn opener(profile: &str, kernel_too: bool) -> Opener {
        let label = format!("folkmoot: {profile}");
        Box::new(move || {
            let desktop = zbus_secret_service_keyring_store::Store::new();
            match desktop {
                Ok(store) => Ok(Box::new(Store {
                    name: "the desktop's keyring",
                    store,
                    entry_size: usize::MAX,
                    label: Some(label),
                })),
                Err(desktop) if !kernel_too => Err(nobody(desktop)),
                Err(desktop) => kernel().map_err(|kernel| {
                    KeyringError::Nobody(format!("the desktop's: {desktop}; the kernel's: {kernel}"))
                }),
            }
        })
    }

    /// The kernel's keyring, once it has shown that it keeps what it is given past the end of this session.
    #[cfg(target_os = "linux")]
    fn kernel() -> Result<Box<dyn Keyring>, KeyringError> {
        const TRIAL: &str = "a trial";
        // Entries are looked for by their description alone.
        let config = HashMap::from([("prefix", "folkmoot:"), ("divider", "@")]);
        let kernel: Arc<CredentialStore> =
            linux_keyutils_keyring_store::Store::new_with_configuration(&config).map_err(nobody)?;
        let store = Store {
            name: super::super::KERNEL,
            store: kernel,
            entry_size: usize::MAX,
            label: None,
        };
        let lasts = store
            .entry(TRIAL)?
            .as_any()
            .downcast_ref::<linux_keyutils_keyring_store::Cred>()
            .is_some_and(|cred| cred.persistent.is_some());
        if !lasts {
            return Err(KeyringError::Refused("it ends with this session".to_owned()));
        }
        store.write(TRIAL, b"folkmoot")?;
        if store.read(TRIAL)?.is_none() {
            return Err(KeyringError::Forgetful);
        }
        store.remove(TRIAL)?;
        Ok(Box::new(store))
    }

    /// The Keychain.
    #[cfg(target_os = "macos")]
    pub fn opener(_profile: &str, _kernel_too: bool) -> Opener {
        Box::new(|| {
            let store = apple_native_keyring_store::keychain::Store::new().map_err(nobody)?;
            Ok(Box::new(Store {
                name: "the Keychain",
                store,
                entry_size: usize::MAX,
                label: None,
            }))
        })
    }

    /// The Credential Manager.
    #[cfg(windows)]
    pub fn opener(_profile: &str, _kernel_too: bool) -> Opener {
        Box::new(|| {
            let store = windows_native_keyring_store::Store::new().map_err(nobody)?;
            Ok(Box::new(Store {
                name: "the Credential Manager",
                store,
                entry_size: WINDOWS_ENTRY,
                label: None,
            }))
        })
    }
}
