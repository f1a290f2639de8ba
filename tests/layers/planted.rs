//! The check itself is checked: violations that are planted are found, and nothing else is.

use super::{Source, violations};

#[test]
fn what_breaks_the_rules_is_found() {
    for (file, text, wrong) in [
        // Upward, sideways, and to rooms that are not there.
        (
            "domain/post.rs",
            "use crate::protocol::Problem;",
            Some("protocol::Problem"),
        ),
        ("graph/client.rs", "use crate::store::Drafts;", Some("store::Drafts")),
        (
            "text/mod.rs",
            "use crate::protocol::Problem;",
            Some("protocol::Problem"),
        ),
        ("ui/mod.rs", "use crate::runtime;", Some("runtime")),
        ("ui/mod.rs", "use crate::attic::Trunk;", Some("attic::Trunk")),
        ("ui/mod.rs", "use crate::*;", Some("*")),
        ("ui/mod.rs", "use crate as house;", Some("")),
        ("ui/mod.rs", "use super as house;", Some("")),
        ("ui/mod.rs", "use crate::{self as house};", Some("")),
        // From where nothing may wait to what waits.
        ("app/a.rs", "use crate::graph::Client;", Some("graph::Client")),
        ("ui/a.rs", "use crate::store::Store;", Some("store::Store")),
        // However it is written.
        (
            "app/a.rs",
            "fn f() { let x = crate :: ui :: draw(); }",
            Some("ui::draw"),
        ),
        ("app/a.rs", "fn f(x: &crate::\n    ui::Theme) {}", Some("ui::Theme")),
        (
            "app/a.rs",
            "pub(crate) use crate::{domain::Id, cli::{run as go}};",
            Some("cli::run"),
        ),
        (
            "app/a.rs",
            "macro_rules! m { () => { $crate::ui::draw() } }",
            Some("ui::draw"),
        ),
        (
            "app/a.rs",
            "fn f() { println!(\"{}\", crate::ui::NAME); }",
            Some("ui::NAME"),
        ),
        (
            "app/a.rs",
            "#[serde(with = \"x\", default = crate::ui::f)] struct S;",
            Some("ui::f"),
        ),
        ("app/a/b.rs", "use super::super::super::ui::Theme;", Some("ui::Theme")),
        (
            "app/mod.rs",
            "mod deep { mod er { use super::super::super::ui::Theme; } }",
            Some("ui::Theme"),
        ),
        ("app/mod.rs", "use self::super::ui::Theme;", Some("ui::Theme")),
        ("app/mod.rs", "use ::folkmoot::ui::Theme;", Some("ui::Theme")),
        (
            "main.rs",
            "use folkmoot::ui::Theme; use folkmoot::attic::Trunk;",
            Some("attic::Trunk"),
        ),
        // Crates away from home.
        ("app/mod.rs", "use reqwest::Client;", Some("reqwest::Client")),
        ("app/mod.rs", "fn f(c: ::reqwest::Client) {}", Some("reqwest::Client")),
        ("app/mod.rs", "use {reqwest, serde};", Some("reqwest")),
        ("app/mod.rs", "use reqwest as http;", Some("reqwest")),
        ("app/mod.rs", "extern crate reqwest;", Some("reqwest")),
        (
            "app/mod.rs",
            "use ratatui::layout::Rect;",
            Some("ratatui::layout::Rect"),
        ),
        (
            "ui/mod.rs",
            "use ratatui::{Frame, crossterm::event};",
            Some("ratatui::crossterm::event"),
        ),
        ("runtime/mod.rs", "use crossterm::event;", Some("crossterm::event")),
        ("app/mod.rs", "use std::{collections::HashMap, fs};", Some("std::fs")),
        (
            "app/mod.rs",
            "fn f() { std::env::var(\"HOME\"); }",
            Some("std::env::var"),
        ),
        (
            "graph/mod.rs",
            "#[derive(clap::Parser)] struct Args;",
            Some("clap::Parser"),
        ),
        ("demo/mod.rs", "use crate::domain::Id;", Some("domain::Id")),
        ("runtime/mod.rs", "use crate::demo::serve;", Some("demo::serve")),
        (
            "graph/mod.rs",
            "#[cfg(test)] mod tests { use hyper::Request; }",
            Some("hyper::Request"),
        ),
        (
            "graph/mod.rs",
            "#[cfg(test)] use crate::demo; use crate::demo::serve;",
            Some("demo::serve"),
        ),
        (
            "graph/mod.rs",
            "#[cfg(not(test))] mod x { use crate::demo::serve; }",
            Some("demo::serve"),
        ),
        (
            "app/mod.rs",
            "fn f<'a>() -> impl Sized + use<'a> { crate::ui::draw() }",
            Some("ui::draw"),
        ),
        (
            "app/mod.rs",
            "fn f() { return ::reqwest::get(); }",
            Some("reqwest::get"),
        ),
        // What is right, or only looks wrong.
        (
            "graph/client.rs",
            "use crate::{config::Paths, domain::{Id, Text as T}, protocol::*};",
            None,
        ),
        ("config/mod.rs", "use crate::protocol::Problem;", None),
        (
            "app/editor.rs",
            "use {ratatui::text::Line, tui_textarea::TextArea};",
            None,
        ),
        ("app/editor/keys.rs", "use tui_textarea::Input;", None),
        ("runtime/mod.rs", "use ratatui::{Frame, crossterm::event};", None),
        (
            "app/a/b.rs",
            "use super::super::model::Model; pub(super) fn f() {} pub(in crate::app) fn g() {}",
            None,
        ),
        ("app/mod.rs", "mod tests { use super::*; }", None),
        (
            "ui/mod.rs",
            "// use crate::runtime;\n/// [`crate::runtime`]\nconst S: &str = \"crate::runtime reqwest::x\";",
            None,
        ),
        (
            "ui/mod.rs",
            "fn open(clap: u8) -> u8 { self.csv.toml(open::<u8>(clap)) + Thing::csv::X + <T>::csv::X }",
            None,
        ),
        ("ui/mod.rs", "use crate::{};", None),
        ("cli/mod.rs", "use crate::demo::serve;", None),
        ("cli/start.rs", "use crate::demo::serve;", None),
        (
            "graph/mod.rs",
            "#[cfg(test)] #[allow(unused)] mod tests { use crate::demo::serve; use std::fs; }",
            None,
        ),
        ("graph/mod.rs", "#[cfg(test)] use crate::demo::{serve};", None),
        (
            "demo/mod.rs",
            "use hyper::Request; use super::demo::a; use self::b::c;",
            None,
        ),
        ("main.rs", "use folkmoot::cli; fn main() { cli::run() }", None),
    ] {
        let found = violations(&[Source::new(file, text)]);
        match wrong {
            None => assert!(found.is_empty(), "{text}\n{found:?}"),
            Some(path) => {
                assert_eq!(found.len(), 1, "{text}\n{found:?}");
                assert!(found[0].contains(&format!(": {path}: ")), "{text}\n{found:?}");
            }
        }
    }
}

#[test]
fn files_that_only_tests_include_are_tests() {
    let tree = |attribute: &str| {
        let parent = format!("{attribute} pub(crate) mod checks;");
        let sources = [
            Source::new("graph/mod.rs", &parent),
            Source::new("graph/checks/mod.rs", "mod deep;"),
            Source::new("graph/checks/deep.rs", "\nuse crate::demo::serve;"),
        ];
        violations(&sources)
    };
    assert_eq!(tree("#[cfg(test)]"), [""; 0]);
    assert_eq!(
        tree(""),
        ["graph::checks::deep:2: demo::serve: only start-up code imports demo"]
    );
}
