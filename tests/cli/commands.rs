//! Every command that asks Graph, what it finds something by, and what it prints: one table, for the tests of the matrix.

use Key::{Group, Look, Nothing, Person};
use Shape::{Many, One, Plain, Told};
use serde_json::Value;

/// What a command is given to find something by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A group, the word at this place of the command.
    Group(usize),
    /// A person, the word at this place.
    Person(usize),
    /// Words that are looked for among people.
    Look(usize),
    Nothing,
}

/// What JSON there is, and properties of each object in it.
#[derive(Clone, Copy)]
pub enum Shape {
    One(&'static [&'static str]),
    Many(&'static [&'static str]),
    /// Items in an envelope of this kind: what folkmoot itself has found out.
    Told(&'static str, &'static [&'static str]),
    /// No table: what it prints has no other format. Beside that it says what begins with these words.
    Plain(fn(&[u8]) -> bool, &'static str),
}

impl Shape {
    /// What it says beside what it prints begins with this; with nothing, it says nothing.
    pub fn says(self) -> &'static str {
        match self {
            Plain(_, says) => says,
            One(_) | Many(_) | Told(..) => "",
        }
    }

    /// The formats that there are, each as arguments.
    pub fn formats(self) -> &'static [&'static [&'static str]] {
        const TABLES: &[&[&str]] = &[
            &["-o", "table"],
            &["-o", "json"],
            &["-o", "ndjson"],
            &["-o", "csv"],
            &["-o", "tsv"],
            &["-o", "md"],
        ];
        match self {
            Plain(..) => &[&[]],
            One(_) | Many(_) | Told(..) => TABLES,
        }
    }
}

const GROUP: &[&str] = &["id", "displayName", "mail", "groupTypes"];
const PERSON: &[&str] = &["id", "displayName", "userPrincipalName"];
const EVERYTHING: &[&str] = &["id", "displayName", "streetAddress", "skills"];
const OBJECT: &[&str] = &["id", "@odata.type"];
const NAMED: &[&str] = &["id", "displayName"];
const STEP: &[&str] = &["person", "manager"];
const STEP_INTO: &[&str] = &["step", "object"];
const CHECKED: &[&str] = &["member", "id"];
const DIFFERENCE: &[&str] = &["onlyIn", "member"];
const TOPIC: &[&str] = &["id", "topic"];
const BODY: &[&str] = &["id", "body"];

fn is_nothing(printed: &[u8]) -> bool {
    printed.is_empty()
}

fn is_jpeg(printed: &[u8]) -> bool {
    printed.starts_with(b"\xff\xd8")
}

fn is_vcard(printed: &[u8]) -> bool {
    let card = String::from_utf8_lossy(printed);
    card.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n") && card.ends_with("END:VCARD\r\n") && card.contains("山田 花子")
}

fn is_a_person(printed: &[u8]) -> bool {
    serde_json::from_slice::<Value>(printed).unwrap()["userPrincipalName"].is_string()
}

fn is_a_path(printed: &[u8]) -> bool {
    printed.starts_with(b"saved/")
}

/// The portrait that is put up.
pub const PORTRAIT: &str = "portrait.jpg";

/// The words of a command.
pub fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

/// Each command in words, none of which has a space in it, what it finds something by, and what it prints.
pub const ROWS: &[(&str, Key, Shape)] = &[
    ("group list", Nothing, Many(GROUP)),
    ("group list --all", Nothing, Many(GROUP)),
    ("group list --search glow", Nothing, Many(GROUP)),
    ("group show product", Group(2), One(GROUP)),
    ("group parents sg-office-goteborg", Group(2), Many(GROUP)),
    ("group parents sg-office-goteborg --transitive", Group(2), Many(GROUP)),
    ("group parents sg-office-goteborg --objects", Group(2), Many(OBJECT)),
    (
        "group check sg-office-goteborg sg-everybody product",
        Group(2),
        Told("check", CHECKED),
    ),
    ("member list product", Group(2), Many(OBJECT)),
    ("member list sg-everybody --transitive", Group(2), Many(OBJECT)),
    ("owner list product", Group(2), Many(OBJECT)),
    ("diff product portable-lanterns", Group(1), Told("diff", DIFFERENCE)),
    ("diff product portable-lanterns", Group(2), Told("diff", DIFFERENCE)),
    ("user show hanako", Person(2), One(PERSON)),
    ("user show hanako --full", Person(2), One(EVERYTHING)),
    ("user manager hanako", Person(2), One(PERSON)),
    ("user reports solveig", Person(2), Many(PERSON)),
    ("user groups hanako", Person(2), Many(GROUP)),
    ("user groups hanako --security-only", Person(2), Many(GROUP)),
    ("user groups hanako --objects", Person(2), Many(OBJECT)),
    ("user groups me --objects", Nothing, Many(OBJECT)),
    ("user search hana", Nothing, Many(PERSON)),
    ("user people", Nothing, Many(NAMED)),
    ("user people --search hanoko", Nothing, Many(NAMED)),
    ("user people hanako --groups", Person(2), Many(NAMED)),
    (
        "user trending hanako",
        Person(2),
        Many(&["id", "resourceVisualization"]),
    ),
    ("user teams", Nothing, Many(NAMED)),
    ("user teams --associated", Nothing, Many(&["id"])),
    ("user check hanako product", Person(2), Told("check", CHECKED)),
    ("user check me product", Group(3), Told("check", CHECKED)),
    ("user check hanako product --objects", Group(3), Told("check", CHECKED)),
    (
        "group check sg-office-goteborg sg-everybody --objects",
        Group(2),
        Told("check", CHECKED),
    ),
    ("user photo hanako", Person(2), Plain(is_jpeg, "")),
    ("user card hanako", Person(2), Plain(is_vcard, "")),
    ("org tree solveig", Person(2), Told("org-tree", STEP)),
    ("org tree hanako --up", Person(2), Told("org-tree", STEP)),
    ("org path hanako solveig", Person(2), Told("org-path", STEP)),
    ("org path me hanako", Person(3), Told("org-path", STEP)),
    ("common hanako me", Person(1), Told("common", GROUP)),
    ("common me hanako", Person(2), Told("common", GROUP)),
    ("path hanako product", Person(1), Told("path", STEP_INTO)),
    ("path me product", Group(2), Told("path", STEP_INTO)),
    ("me show", Nothing, One(PERSON)),
    ("me show --full", Nothing, One(EVERYTHING)),
    (
        "me update --mobile-phone +465550199",
        Nothing,
        Plain(is_nothing, "changed: mobilePhone"),
    ),
    ("me photo portrait.jpg", Nothing, Plain(is_nothing, "The photo is up.")),
    ("api GET /me", Nothing, Plain(is_a_person, "")),
    ("who hanako", Look(1), Many(PERSON)),
    ("thread list product", Group(2), Many(TOPIC)),
    ("thread show product 1", Group(2), One(TOPIC)),
    ("conversation list product", Group(2), Many(TOPIC)),
    ("conversation show product 1", Group(2), One(TOPIC)),
    ("post show product 1 1", Group(2), One(BODY)),
    (
        "attachment list lantern-launch packaging",
        Group(2),
        Many(&["id", "name"]),
    ),
    ("post list product 1", Group(2), Many(BODY)),
    (
        "attachment save lantern-launch packaging --dir saved --force",
        Group(2),
        Plain(is_a_path, ""),
    ),
    (
        "thread export lantern-launch packaging --dir saved --force",
        Group(2),
        Plain(is_a_path, ""),
    ),
    (
        "extension set lantern-launch com.example.wick {\"lamps\":7}",
        Group(2),
        Plain(is_nothing, "added: "),
    ),
    (
        "extension list lantern-launch",
        Group(2),
        Many(&["id", "extensionName", "lamps"]),
    ),
    (
        "extension show lantern-launch com.example.wick",
        Group(2),
        One(&["id", "extensionName", "lamps"]),
    ),
    ("extension delete lantern-launch com.example.wick --yes", Group(2), GONE),
    (
        "conversation new product --topic Wicks灯 --body x --yes --no-wait",
        Group(2),
        TAKEN,
    ),
    (
        "thread new product --topic Glass --body x --yes --no-wait",
        Group(2),
        TAKEN,
    ),
    ("thread reply product 1 --body x --yes --no-wait", Group(2), TAKEN),
    ("post reply product 1 1 --body x --yes --no-wait", Group(2), TAKEN),
    (
        "thread forward product 1 --to ada@else.example --yes",
        Group(2),
        FORWARDED,
    ),
    ("group seen product", Group(2), Plain(is_nothing, "marked as seen: ")),
    (
        "thread mark product 1 --read",
        Group(2),
        Plain(is_nothing, "marked as read: "),
    ),
    ("thread lock product 1", Group(2), Plain(is_nothing, "locked: ")),
    ("thread unlock product 1", Group(2), Plain(is_nothing, "unlocked: ")),
    // The last of all: what they take away is there for the others.
    (PRINCIPLES_DELETED, Group(2), GONE),
    (ROADMAP_DELETED, Group(2), GONE),
];

/// By their ids: a part of a topic deletes nothing where nobody is asked.
const PRINCIPLES_DELETED: &str = "thread delete product AAQkADUyMTczNmExLWE5OWUtNDFmMi05OTg1LWYwZGQzY2JhN2M1NAMkABAABfdz2u\
     D0o603Kejm8FLy_hAAsaU_HBs615QJiTlY2fZWMw== --yes";
const ROADMAP_DELETED: &str = "conversation delete product AAQkADUyMTczNmExLWE5OWUtNDFmMi05OTg1LWYwZGQzY2JhN2M1NAAQAPMZGngXP6fuumV0MouRuCE= --yes";

/// What these ask first is the change: where its answer is lost, it may have been made.
pub const BLIND: &[&str] = &["me update", "me photo"];

/// What is deleted for ever.
const GONE: Shape = Plain(is_nothing, "deleted: ");
/// A post that has left the group.
const FORWARDED: Shape = Plain(is_nothing, "forwarded: ");
/// A post that Graph has taken.
const TAKEN: Shape = Plain(is_nothing, "taken by Graph: ");

/// Commands with tests of their own for all of this: whether there is such a draft is known before Graph is asked.
pub const ELSEWHERE: &[&str] = &["draft-send"];
