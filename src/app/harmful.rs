//! Files that do something when they are opened, instead of being shown.

use crate::domain::Attachment;

/// Endings of such files, and what these are.
const KINDS: &[(&[&str], &str)] = &[
    (
        &[
            "exe", "com", "scr", "pif", "msi", "msp", "msix", "appx", "cpl", "dll", "sys", "gadget",
        ],
        "a Windows program",
    ),
    (
        &[
            "bat", "cmd", "ps1", "psm1", "psd1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "sct", "ahk",
        ],
        "a Windows script",
    ),
    (
        &["lnk", "url", "scf", "library-ms", "search-ms", "desktop", "webloc"],
        "a shortcut, which may start anything",
    ),
    (
        &[
            "reg",
            "inf",
            "msc",
            "chm",
            "hlp",
            "application",
            "appref-ms",
            "settingcontent-ms",
        ],
        "a file that changes Windows",
    ),
    (
        &[
            "sh", "bash", "zsh", "fish", "csh", "ksh", "py", "pyw", "pyz", "pl", "rb", "php", "lua", "tcl",
        ],
        "a script",
    ),
    (&["jar", "jnlp", "class", "war"], "a Java program"),
    (
        &[
            "app",
            "command",
            "tool",
            "workflow",
            "scpt",
            "applescript",
            "dmg",
            "pkg",
            "mpkg",
        ],
        "a program for macOS",
    ),
    (
        &[
            "appimage",
            "run",
            "bin",
            "elf",
            "so",
            "deb",
            "rpm",
            "snap",
            "flatpak",
            "flatpakref",
        ],
        "a program for Linux",
    ),
    (&["apk", "ipa", "xapk"], "a program for a phone"),
    (
        &["iso", "img", "vhd", "vhdx"],
        "an image of a disk, which may hold programs",
    ),
    (
        &[
            "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm", "one",
        ],
        "a document with macros",
    ),
    (
        &[
            "html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl",
        ],
        "a page, which may run scripts",
    ),
];

/// Media types of programs, whatever the file is called.
const TYPES: &[&str] = &[
    "application/x-msdownload",
    "application/x-msdos-program",
    "application/vnd.microsoft.portable-executable",
    "application/x-executable",
    "application/x-sh",
    "application/x-shellscript",
    "application/java-archive",
    "application/hta",
    "text/html",
    "image/svg+xml",
];

/// Names of so many bytes may be cut where they are saved.
const LONGEST: usize = 200;

/// What an attachment is, where opening it may do more than show it.
pub(super) fn kind(attachment: &Attachment) -> Option<&'static str> {
    let name = attachment.name.as_str();
    if name.len() >= LONGEST {
        return Some("a file whose long name is cut, so that nobody can tell what it is");
    }
    // As the file will be called: what is dropped from the end of a name hides no ending.
    let name = name
        .trim_end_matches(|c: char| c == '.' || c.is_whitespace())
        .to_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let by_name = ending.and_then(|ending| KINDS.iter().find(|(endings, _)| endings.contains(&ending)));
    let media_type = attachment.content_type.as_ref().map(|it| it.as_str().to_lowercase());
    let is_program = || {
        let essence = media_type.as_deref()?.split(';').next()?.trim();
        TYPES.contains(&essence).then_some("something that may run by itself")
    };
    by_name.map(|(_, kind)| *kind).or_else(is_program)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AttachmentKind, Id, Text};

    #[test]
    fn what_may_run_is_known_by_its_ending_or_its_type() {
        let of = |name: &str, content_type: &str| {
            kind(&Attachment {
                id: Id::default(),
                name: Text::new(name),
                content_type: Some(Text::new(content_type)),
                size: 1,
                inline: false,
                kind: AttachmentKind::File,
                item: None,
            })
        };
        for (name, content_type, is) in [
            ("plan.pdf", "application/pdf", None),
            ("写真.JPG", "image/jpeg", None),
            ("README", "text/plain", None),
            ("js", "text/plain", None),
            ("invoice.pdf.EXE", "application/pdf", Some("a Windows program")),
            ("gpj.\u{202e}exe", "image/jpeg", Some("a Windows program")),
            ("x.sh. . ", "text/plain", Some("a script")),
            ("evil.exe\u{a0}.", "image/jpeg", Some("a Windows program")),
            (
                &format!("{}.exe{}", "a".repeat(196), "x".repeat(20)),
                "image/jpeg",
                Some("a file whose long name is cut, so that nobody can tell what it is"),
            ),
            ("budget.xlsm", "", Some("a document with macros")),
            ("login.html", "text/plain", Some("a page, which may run scripts")),
            (
                "photo.jpg",
                "application/x-msdownload; name=x",
                Some("something that may run by itself"),
            ),
        ] {
            assert_eq!(of(name, content_type), is, "{name}");
        }
    }
}
