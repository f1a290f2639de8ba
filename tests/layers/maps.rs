//! What the tables tell of is there: those of this test, and the maps at the top of rooms.

use std::collections::BTreeSet;

use super::{HOMES, OPENERS, tree};

#[test]
fn every_home_is_a_module() {
    let modules: BTreeSet<String> = tree().iter().map(|source| source.module.join("::")).collect();
    let homes = HOMES.iter().flat_map(|(_, homes)| *homes).chain(OPENERS);
    let gone: Vec<_> = homes.filter(|home| !modules.contains(**home)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn a_map_names_every_file_beside_it_and_no_other() {
    let mut maps = 0;
    // The map of the whole house tells of floors, and is read elsewhere.
    for source in tree().iter().filter(|source| !source.module.is_empty()) {
        let rows = source.text.lines().filter_map(|line| line.strip_prefix("//! | "));
        let files = rows.flat_map(|row| row.split(" | ").next().unwrap().split('`').skip(1).step_by(2));
        let named: BTreeSet<&str> = files.map(|name| name.trim_end_matches('/')).collect();
        if named.is_empty() {
            continue;
        }
        maps += 1;
        let declared = source.text.lines().filter_map(|line| {
            let (before, name) = line.strip_suffix(';')?.split_once("mod ")?;
            (before.is_empty() || before.starts_with("pub")).then_some(name)
        });
        let mut there: BTreeSet<&str> = declared.filter(|name| *name != "tests").collect();
        there.extend(named.get("mod.rs"));
        assert_eq!(named, there, "the map of {}", source.module.join("::"));
    }
    assert!(maps > 5, "the maps were read");
}
