//! What a person at the keyboard feels: the real program in a pty, the demo tenant in a process of its own, a stopwatch at
//! the terminal's end. `cargo bench --bench terminal` prints each figure beside its goal; nothing is asserted, because
//! machines differ and are noisy. Words after it choose rows: `cargo bench --bench terminal -- bytes idle`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "shared/bare.rs"]
mod bare;
#[path = "terminal/directory.rs"]
mod directory;
#[path = "terminal/driven.rs"]
mod driven;
#[path = "terminal/floor.rs"]
mod floor;
#[path = "../tests/terminal/process.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod process;
#[path = "../tests/terminal/pty.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod pty;
#[path = "terminal/rows.rs"]
mod rows;
#[path = "terminal/tenant.rs"]
mod tenant;

/// A row of the table: what is measured, what it should be, and the measuring.
type Row = (&'static str, &'static str, &'static str, fn() -> String);

/// The first word chooses the row.
const ROWS: &[Row] = &[
    ("start", "start to first frame", "≤ 15 ms", rows::first_frame),
    ("start", "start to groups on the screen", "≤ 50 ms", rows::groups_shown),
    (
        "start",
        "groups on the screen from the store, at the next start",
        "≤ 30 ms",
        rows::groups_kept,
    ),
    (
        "j",
        "j in 100,000 members, to the complete frame",
        "p50 ≤ 0.5, p99 ≤ 2 ms",
        rows::j_in_many,
    ),
    ("j", "j in 267 members", "no faster than above", rows::j_in_few),
    (
        "j",
        "a key in a program that only answers it",
        "the floor of these",
        rows::floor,
    ),
    ("filter", "/ in 100,000 members: echo", "≤ 2 ms", rows::filter_echo),
    (
        "filter",
        "/ in 100,000 members: results",
        "≤ 30 ms",
        rows::filter_results,
    ),
    (
        "bytes",
        "bytes of a j that moves the cursor",
        "≤ 200",
        rows::bytes_of_a_move,
    ),
    (
        "bytes",
        "bytes of a j that scrolls members",
        "≤ 1,200",
        rows::bytes_of_members,
    ),
    (
        "bytes",
        "bytes of a j that scrolls threads",
        "≤ 2,300",
        rows::bytes_of_threads,
    ),
    (
        "bytes",
        "bytes of a j that scrolls posts",
        "≤ 2,300",
        rows::bytes_of_posts,
    ),
    (
        "bytes",
        "the same three with low_bandwidth, mean of all keys",
        "≤ 450",
        rows::bytes_in_low_bandwidth,
    ),
    ("idle", "ten idle seconds", "0 bytes, ≤ 10 ms CPU", rows::idle),
    ("memory", "peak memory, default tenant", "≤ 20 MB", rows::memory),
    (
        "many",
        "100,000 members, against only downloading them",
        "≤ 1.2 ×",
        rows::many_members,
    ),
    (
        "many",
        "peak memory with 100,000 members",
        "≤ 80 MB",
        rows::memory_of_many,
    ),
    (
        "html",
        "200 kB of nested tables, to the first screen",
        "≤ 40 ms",
        rows::heavy_post,
    ),
    (
        "finder",
        "@ with 100,000 people in the store: echo",
        "≤ 2 ms",
        directory::finder_echo,
    ),
    (
        "finder",
        "@ with 100,000 people in the store: ranked",
        "≤ 16 ms",
        directory::finder_ranked,
    ),
    (
        "org",
        "opening and walking in the tree of 100,000 people",
        "p99 ≤ 4 ms a key",
        directory::org_tree,
    ),
    ("disk", "a key, until it is on disk", "≤ 100 ms", rows::key_to_disk),
];

fn main() {
    if floor::is_asked_for() {
        return floor::run().unwrap();
    }
    // Cargo adds `--bench`.
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    println!("{:56}{:24}measured", "what", "goal");
    for (word, what, goal, measure) in ROWS {
        if chosen.is_empty() || chosen.iter().any(|chosen| chosen == word) {
            println!("{what:56}{goal:24}{}", measure());
        }
    }
}
