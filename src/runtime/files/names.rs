//! Names for files, made of what others have called things.

use crate::domain::{Attachment, AttachmentKind, Text};
use crate::text::graphemes;

/// Names have at most so many bytes; file systems take 255, and a number may come to them.
const LONGEST: usize = 200;
/// Endings longer than this are no endings.
const LONGEST_ENDING: usize = 16;
/// What Windows takes for devices, whatever follows after a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name that is one in every file system and names nothing but a file in its folder: no separators, no control
/// characters, no device, no option of a command, no hidden file.
pub fn harmless(name: &str, otherwise: &str) -> String {
    let cleaned = Text::new(name);
    let replaced: String = without_way(cleaned.as_str())
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            // Other white space looks like a space and is none.
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    // What is cut off may be what made it harmless, so it is cut first.
    let short = bounded(replaced.trim_end_matches(['.', ' ']).trim_start());
    let trimmed = short.trim_end_matches(['.', ' ']);
    let mut name = match trimmed.chars().next() {
        None => otherwise.to_owned(),
        Some('.' | '-' | '~') => format!("_{}", trimmed.get(1..).unwrap_or_default()),
        Some(_) => trimmed.to_owned(),
    };
    if is_device(&name) {
        name.insert(0, '_');
    }
    name
}

/// A path without what leads up from a folder, or to the root.
fn without_way(path: &str) -> &str {
    let mut path = path;
    while let Some((first, rest)) = path.split_once(['/', '\\'])
        && matches!(first.trim(), "" | "." | "..")
    {
        path = rest;
    }
    path
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(|c| c.is_numeric() || "¹²³".contains(c)))
    });
    numbered || DEVICES.contains(&stem.as_str())
}

/// Cuts the middle out of a name that is too long: the ending stays, and there is room for one byte before it all.
fn bounded(name: &str) -> String {
    let longest = LONGEST - 1;
    if name.len() <= longest {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let room = longest - ending.len();
    let ends = graphemes(stem).scan(0, |end, (letter, _)| {
        *end += letter.len();
        (*end <= room).then_some(*end)
    });
    // One letter may have more marks than there is room for.
    let end = ends.last().unwrap_or_else(|| {
        let ends = stem.char_indices().map(|(at, _)| at);
        ends.take_while(|end| *end <= room).last().unwrap_or_default()
    });
    format!("{}{ending}", stem.get(..end).unwrap_or_default().trim_end())
}

/// A name in two: the ending with its dot, empty where there is none.
fn split(name: &str) -> (&str, &str) {
    match name
        .rfind('.')
        .filter(|dot| *dot > 0 && name.len() - dot <= LONGEST_ENDING)
    {
        Some(dot) => name.split_at(dot),
        None => (name, ""),
    }
}

/// The name of the second, third … of a name: `plan (2).pdf`.
pub fn numbered(name: &str, number: usize) -> String {
    if number == 1 {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    format!("{stem} ({number}){ending}")
}

/// What an item begins with, as far as it is known by that, and the ending of its file.
const ITEMS: [(&str, &str); 2] = [("BEGIN:VCARD", "vcf"), ("BEGIN:VCALENDAR", "ics")];

/// How many bytes of an item tell what it is.
pub const TELLING: usize = 15;

/// The ending of an item's file: that of a mail, unless it begins as something else does.
pub fn ending_of_item(bytes: &[u8]) -> &'static str {
    let known = ITEMS.iter().find(|(begins, _)| bytes.starts_with(begins.as_bytes()));
    known.map_or("eml", |(_, ending)| ending)
}

/// The harmless name for an attachment that begins so.
pub fn name_of(attachment: &Attachment, begins: &[u8]) -> String {
    let name = harmless(attachment.name.as_str(), "attachment");
    if attachment.kind != AttachmentKind::Item {
        return name;
    }
    let ending = ending_of_item(begins);
    match name.to_lowercase().ends_with(&format!(".{ending}")) {
        true => name,
        false => harmless(&format!("{name}.{ending}"), "attachment"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_from_outside_is_a_file_in_its_folder_and_nothing_else() {
        for (name, harmless_name) in [
            ("plan.pdf", "plan.pdf"),
            ("../../etc/passwd", "etc_passwd"),
            ("..\\.\\ .. /.x", "_x"),
            ("/etc/../x", "etc_.._x"),
            ("../..", "otherwise"),
            ("./", "otherwise"),
            ("..", "otherwise"),
            ("...", "otherwise"),
            (".bashrc", "_bashrc"),
            ("-rf", "_rf"),
            ("~root", "_root"),
            ("C:\\Windows\\x.dll", "C__Windows_x.dll"),
            ("a\0b\u{1b}[31mc\r\nd.txt", "abc d.txt"),
            ("gpj.\u{202e}exe", "gpj.exe"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("com¹.log", "_com¹.log"),
            ("company.txt", "company.txt"),
            ("a\u{a0}b\u{3000}c.txt", "a b c.txt"),
            ("trailing. . .", "trailing"),
            (&*format!("COM1e{}", "\u{301}".repeat(120)), "_COM1"),
            ("", "otherwise"),
            (" \t ", "otherwise"),
            ("山田 👩\u{200d}👧.jpg", "山田 👩\u{200d}👧.jpg"),
        ] {
            assert_eq!(harmless(name, "otherwise"), harmless_name, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = harmless(&format!("{}.pdf", "山".repeat(300)), "x");
        assert!(name.len() <= LONGEST && name.ends_with("山.pdf"), "{name}");
        let name = harmless(&"é".repeat(400), "x");
        assert!(name.len() <= LONGEST && name.chars().all(|c| c == 'é'));
        // Not even where all before it is one letter.
        let name = harmless(&format!("a{}.bash_profile", "\u{301}".repeat(100)), "x");
        assert!(name.len() <= LONGEST && name.starts_with("a\u{301}"), "{name}");
        assert!(name.ends_with("\u{301}.bash_profile"), "{name}");
        // With what keeps it from being a device it is no longer either.
        let name = harmless(&format!("con.pdf.{}", "山".repeat(80)), "x");
        assert!(name.len() <= LONGEST && name.starts_with("_con.pdf.山"), "{name}");
    }

    #[test]
    fn the_second_of_a_name_has_a_number() {
        for (name, second) in [
            ("plan.pdf", "plan (2).pdf"),
            ("plan", "plan (2)"),
            ("a.b.tar.gz", "a.b.tar (2).gz"),
            (
                "v1.0 and much more than an ending",
                "v1.0 and much more than an ending (2)",
            ),
        ] {
            assert_eq!(numbered(name, 2), second);
        }
    }

    proptest! {
        #[test]
        fn any_name_stays_in_its_folder(raw in prop_oneof![
            any::<String>(),
            "(\\.|/|\\\\| |:|~|-|con|COM1|nul|\u{202e}|e\u{301}|e\u{301}{120}|ש|山{80}|\\.pdf|\\.bashrc|\u{a0}|\u{0}){0,9}",
        ]) {
            let name = harmless(&raw, "otherwise");
            prop_assert!(!name.is_empty() && name.len() <= LONGEST);
            prop_assert!(!name.contains(['/', '\\', '\0']) && !name.chars().any(char::is_control));
            let mut parts = Path::new(&name).components();
            prop_assert!(matches!(parts.next(), Some(std::path::Component::Normal(_))));
            prop_assert_eq!(parts.next(), None);
            prop_assert!(!name.starts_with(['.', '-', '~']));
            // Windows drops dots and spaces at the end, and takes some names for devices.
            prop_assert!(!name.ends_with(['.', ' ']) && !is_device(&name), "{name:?}");
            let second = numbered(&name, 10_000);
            prop_assert!(second.len() <= 255 && second != name && !second.contains(['/', '\\']));
        }
    }
}
