//! Bodies as the world's mail programs write them, each with a picture of how it reads.
//!
//! They are made up, in the markup of Outlook, Word, Gmail, Apple Mail, Thunderbird and others, of newsletters and of
//! services that send notifications. A body that reads badly is put here.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use super::*;

/// The bodies, by name.
pub fn bodies() -> Vec<(String, Body)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bodies");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let body = |file: &Path| {
        let source = fs::read_to_string(file).unwrap();
        match file.extension().unwrap().to_str().unwrap() {
            "html" => html(&source),
            _ => plain(&source),
        }
    };
    files
        .iter()
        .map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), body(file)))
        .collect()
}

/// What is folded at first.
fn folded(body: &Body) -> String {
    let folds = typeset(body, 72).folds.into_iter().filter(|fold| fold.folded);
    let line = |fold: Fold| {
        format!(
            "folded: {:?}, lines {}-{}\n",
            fold.kind,
            fold.lines.start + 1,
            fold.lines.end
        )
    };
    folds.map(line).collect()
}

#[test]
fn each_reads_as_in_its_picture() {
    let bodies = bodies();
    assert!(bodies.len() > 50, "{}", bodies.len());
    for (name, body) in &bodies {
        assert_snapshot!(name.as_str(), format!("{}{}", sketch(body, 72), folded(body)));
    }
}

#[test]
fn each_is_sound_at_every_width() {
    for (name, body) in bodies() {
        for width in [1, 20, 40, 80, 160] {
            let typeset = super::hostile::check(&body, width);
            assert_eq!(typeset.notice, None, "{name} at {width}");
            assert!(!typeset.lines.is_empty(), "{name} at {width}");
        }
    }
}
