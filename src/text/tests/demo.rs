//! The mails of the demo tenant, which are written as mail programs write them.

use std::fs;
use std::path::Path;

use super::*;

/// The bodies of the demo's posts, each with where it is from.
fn bodies() -> Vec<(String, Body)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/threads");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut bodies = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let thread: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        for (index, post) in thread["post"].as_array().unwrap().iter().enumerate() {
            let body = post["body"].as_str().unwrap();
            let body = match post.get("contentType").and_then(toml::Value::as_str) {
                Some("html") => html(body),
                _ => plain(body),
            };
            bodies.push((format!("{name} {index}"), body));
        }
    }
    bodies
}

#[test]
fn the_demo_reads_well_at_every_width() {
    let bodies = bodies();
    assert!(bodies.len() > 300, "{}", bodies.len());
    for (name, body) in &bodies {
        for width in [38, 80, 120] {
            let typeset = super::hostile::check(body, width);
            assert_eq!(typeset.notice, None, "{name} at {width}");
            assert_eq!(
                typeset.lines.is_empty(),
                plain_text(body).is_empty(),
                "{name} at {width}"
            );
        }
    }
}
