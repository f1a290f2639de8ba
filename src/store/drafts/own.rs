//! What was typed of people's own profiles: one document beside the drafts, for every account of the profile. Each is
//! changed by itself, under the folder's lock, so that two folkmoots leave each other's alone.

use serde::Deserialize;
use serde_json::Value;

use super::{Drafts, DraftsError, Safety};
use crate::domain::{Id, OwnWords};

impl Drafts {
    /// All that is kept.
    ///
    /// # Errors
    /// When the folder cannot be locked or read.
    pub fn own(&self) -> Result<Vec<OwnWords>, DraftsError> {
        let mut book = self.book();
        let _folder = self.files.lock_folder()?;
        let all = self.files.own()?;
        let known: Vec<OwnWords> = all.iter().filter_map(read).collect();
        book.own = known.iter().map(|it| (it.name(), it.text.clone())).collect();
        Ok(known)
    }

    /// Keeps what was typed, in the place of what was typed of the same before. It is as safe as a draft that is
    /// [saved](Drafts::save).
    ///
    /// # Errors
    /// When the folder cannot be made, locked or written to. What was kept before is then kept still.
    pub fn keep_own(&self, words: &OwnWords) -> Result<(), DraftsError> {
        let mut book = self.book();
        // Somebody may have cleaned up while we were running.
        self.files.make_folder()?;
        let _folder = self.files.lock_folder()?;
        let mut all = self.files.own()?;
        all.retain(|it| read(it).is_none_or(|it| it.name() != words.name()));
        all.push(serde_json::to_value(words)?);
        self.files.keep_own(&all, Safety::Kill)?;
        book.own.insert(words.name(), words.text.clone());
        Ok(())
    }

    /// Drops what was typed; what another folkmoot has kept of the same since stays.
    ///
    /// # Errors
    /// As [`Drafts::keep_own`].
    pub fn drop_own(&self, person: &Id, property: &str) -> Result<(), DraftsError> {
        let mut book = self.book();
        let name = (person.clone(), property.to_owned());
        let Some(ours) = book.own.get(&name) else { return Ok(()) };
        self.files.make_folder()?;
        let _folder = self.files.lock_folder()?;
        let mut all = self.files.own()?;
        let before = all.len();
        all.retain(|it| read(it).is_none_or(|it| it.name() != name || it.text != *ours));
        if all.len() < before {
            self.files.keep_own(&all, Safety::Kill)?;
        }
        book.own.remove(&name);
        Ok(())
    }
}

/// One of them; what only a newer folkmoot understands stays as it is.
fn read(value: &Value) -> Option<OwnWords> {
    OwnWords::deserialize(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(person: &str, property: &str, text: &str) -> OwnWords {
        OwnWords {
            person: person.into(),
            property: property.into(),
            text: text.into(),
        }
    }

    fn open(folder: &std::path::Path) -> Drafts {
        Drafts::open(folder).unwrap().drafts
    }

    #[test]
    fn what_was_typed_is_there_again_for_whose_it_is_until_it_is_dropped() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("drafts");
        let drafts = open(&folder);
        assert_eq!(drafts.own().unwrap(), []);
        drafts.keep_own(&words("me", "aboutMe", "提灯\n👨‍👩‍👧")).unwrap();
        drafts.keep_own(&words("amara", "aboutMe", "שלום")).unwrap();
        drafts.keep_own(&words("me", "aboutMe", "提灯 2")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.join(".own")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let again = open(&folder);
        let held = [words("amara", "aboutMe", "שלום"), words("me", "aboutMe", "提灯 2")];
        assert_eq!(again.own().unwrap(), held);
        again.drop_own(&"me".into(), "aboutMe").unwrap();
        again.drop_own(&"me".into(), "skills").unwrap();
        assert_eq!(drafts.own().unwrap(), held[..1]);
        assert_eq!(
            Drafts::open(&folder).unwrap().unreadable,
            [""; 0].map(std::path::PathBuf::from)
        );
    }

    #[test]
    fn another_folkmoots_newer_words_and_a_newer_folkmoots_entries_stay() {
        let root = tempfile::tempdir().unwrap();
        let drafts = open(root.path());
        let newer = r#"[{"person": "me", "hat": true}, {"person": "me", "property": "skills", "text": "a"}]"#;
        std::fs::write(root.path().join(".own"), newer).unwrap();
        assert_eq!(drafts.own().unwrap(), [words("me", "skills", "a")]);
        open(root.path()).keep_own(&words("me", "skills", "ab")).unwrap();
        drafts.drop_own(&"me".into(), "skills").unwrap();
        assert_eq!(drafts.own().unwrap(), [words("me", "skills", "ab")]);
        let whole = std::fs::read_to_string(root.path().join(".own")).unwrap();
        assert!(whole.contains(r#""hat""#), "{whole}");
    }

    #[test]
    fn what_cannot_be_read_is_put_aside_and_a_folder_that_is_gone_is_made_anew() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("drafts");
        let drafts = open(&folder);
        std::fs::write(folder.join(".own"), "{ 山").unwrap();
        std::fs::write(folder.join(".own.x.tmp"), "[").unwrap();
        assert_eq!(drafts.own().unwrap(), []);
        assert_eq!(
            std::fs::read_to_string(folder.join(".own.unreadable-1")).unwrap(),
            "{ 山"
        );
        assert!(!folder.join(".own.x.tmp").exists(), "an unfinished write");
        std::fs::remove_dir_all(&folder).unwrap();
        drafts.keep_own(&words("me", "skills", "a")).unwrap();
        assert_eq!(drafts.own().unwrap(), [words("me", "skills", "a")]);
    }
}
