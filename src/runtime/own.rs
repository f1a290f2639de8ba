//! Files of the person's own: the photo that is put up, the card that is saved.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::files::{Given, NewFile, harmless, make_folder, shown};
use crate::config::from_home;
use crate::domain::{About, Card};
use crate::graph::profile::{LARGEST_PHOTO, is_photo};
use crate::protocol::{Problem, ProblemKind};
use crate::text::vcard;

/// Reads a photo that is to be put up, and no more of the file than may be.
///
/// # Errors
/// `Usage` where it cannot be read, is no JPEG, or is too large.
pub fn read_photo(file: &Path) -> Result<Vec<u8>, Problem> {
    let name = shown(file);
    let unreadable = |error: io::Error| {
        let what = format!("{name} cannot be read ({error}).");
        Problem::new(ProblemKind::Usage, &what, "Give the path of a JPEG.")
    };
    let open = fs::File::open(file).map_err(unreadable)?;
    let sort = open.metadata().map_err(unreadable)?;
    if !sort.is_file() {
        let why = if sort.is_dir() {
            ErrorKind::IsADirectory
        } else {
            ErrorKind::InvalidInput
        };
        return Err(unreadable(why.into()));
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST_PHOTO).unwrap_or(u64::MAX);
    open.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    is_photo(&name, &bytes)?;
    Ok(bytes)
}

/// Saves a card as a vCard in a folder, which is made where that is wanted, under the person's name; a file that is there already stays as it is. Returns where.
///
/// # Errors
/// `General` where the folder takes no file.
pub(super) fn save_card((folder, make): (&str, bool), card: &Card, about: Option<&About>) -> Result<PathBuf, Problem> {
    let folder = from_home(Path::new(folder));
    if make {
        make_folder(&folder)?;
    }
    let mut file = NewFile::in_folder(&folder)?;
    file.add(vcard(card, about).as_bytes())?;
    let name = format!("{}.vcf", harmless(card.person.name.as_str(), "card"));
    file.keep(&harmless(&name, "card.vcf"), false, &mut Given::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Person;

    #[test]
    fn a_photo_is_a_jpeg_of_less_than_four_megabytes() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0];
        assert_eq!(read_photo(&file("灯籠.jpg", &jpeg)).unwrap(), jpeg);
        let mut large = jpeg.to_vec();
        large.resize(5 << 20, 0);
        for (path, said) in [
            (file("large.jpg", &large), "less than 4 MB"),
            (file("drawn.png", b"\x89PNG\r\n\x1a\n..."), "is a PNG"),
            (file("words.jpg", b"JPEG"), "no JPEG"),
            (file("empty.jpg", b""), "no JPEG"),
            (folder.path().join("absent.jpg"), "cannot be read"),
            (folder.path().to_owned(), "cannot be read"),
        ] {
            let problem = read_photo(&path).unwrap_err();
            assert!(problem.what.as_str().contains(said), "{problem}");
            assert_eq!(problem.kind, ProblemKind::Usage);
        }
    }

    #[test]
    fn a_card_takes_no_other_files_place() {
        let folder = tempfile::tempdir().unwrap();
        let card = Card::from(Person {
            name: "../山田 花子".into(),
            ..Person::default()
        });
        let inside = folder.path().to_str().unwrap();
        let first = save_card((inside, false), &card, None).unwrap();
        fs::write(&first, "mine").unwrap();
        let second = save_card((inside, false), &card, None).unwrap();
        let names = [&first, &second].map(|path| path.strip_prefix(folder.path()).unwrap().to_owned());
        assert_eq!(names, ["山田 花子.vcf", "山田 花子 (2).vcf"].map(PathBuf::from));
        assert_eq!(fs::read_to_string(first).unwrap(), "mine");
        assert!(fs::read_to_string(second).unwrap().starts_with("BEGIN:VCARD"));
        let problem = save_card(("/no/such/folder", false), &card, None).unwrap_err();
        assert!(problem.what.as_str().contains("/no/such/folder"), "{problem}");
    }
}
