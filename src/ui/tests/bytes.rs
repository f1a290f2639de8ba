//! What a key costs on the line to the terminal, in bytes. Cells are deterministic, and so are these budgets.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use super::crowds;
use super::stage::Stage;
use crate::protocol::{Lane, Payload};
use crate::ui::{Theme, Thrifty, view};

/// A screen at the end of a line that only counts.
struct Line {
    screen: Thrifty<Counter>,
    counter: Counter,
    theme: Theme,
}

#[derive(Clone, Default)]
struct Counter(Rc<RefCell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.borrow_mut() += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Line {
    fn new(stage: &Stage, theme: Theme) -> Self {
        let counter = Counter::default();
        let mut line = Line {
            screen: Thrifty::new(counter.clone(), stage.model.size),
            counter,
            theme,
        };
        line.frame(stage);
        line
    }

    /// Draws a frame; returns its bytes, the sixteen of the synchronized-update markers among them.
    fn frame(&mut self, stage: &Stage) -> usize {
        let before = *self.counter.0.borrow();
        self.screen
            .show(|buffer| view(&stage.model, &self.theme, buffer))
            .unwrap();
        *self.counter.0.borrow() - before + 16
    }

    /// The dearest of so many presses of a key.
    fn dearest(&mut self, stage: &mut Stage, key: &str, times: usize) -> usize {
        let costs = (0..times).map(|_| {
            stage.keys(key);
            self.frame(stage)
        });
        costs.max().unwrap_or(0)
    }
}

/// A stage at 120×40 with a group of many members.
fn crowded() -> Stage {
    let mut stage = Stage::new(120, 40);
    stage.with_group().keys("ctrl-r").keys("2 ctrl-r");
    let page = crowds::crowd(1000);
    stage.answer(
        Lane::Members,
        Payload::Members {
            page,
            total: Some(1000),
        },
    );
    stage
}

#[test]
fn moving_the_cursor_costs_little() {
    for theme in [Theme::default(), Theme::monochrome()] {
        let mut stage = crowded();
        let mut line = Line::new(&stage, theme);
        let members = line.dearest(&mut stage, "j", 10);
        stage.keys("3");
        line.frame(&stage);
        // A locked thread among them, for which the footer changes.
        let threads = line.dearest(&mut stage, "j", 4);
        stage.keys("1");
        line.frame(&stage);
        // Wide letters, emoji and right-to-left text among them.
        let groups = line.dearest(&mut stage, "j", 6);
        println!("a step in members {members}, groups {groups}, threads {threads} bytes");
        assert!(
            members.max(groups).max(threads) <= 200,
            "{members}, {groups}, {threads}"
        );
    }
}

#[test]
fn scrolling_costs_what_changes() {
    let mut stage = crowded();
    let mut line = Line::new(&stage, Theme::default());
    line.dearest(&mut stage, "j", 30);
    let members = line.dearest(&mut stage, "j", 200);
    let page = line.dearest(&mut stage, "space", 20);

    let mut stage = Stage::new(120, 40);
    stage.with_group().keys("3 ctrl-r");
    stage.answer(Lane::Threads, Payload::Threads(crowds::chatter(200)));
    let mut line = Line::new(&stage, Theme::default());
    line.dearest(&mut stage, "j", 10);
    let threads = line.dearest(&mut stage, "j", 100);

    let mut stage = Stage::new(120, 40);
    stage
        .with_group()
        .keys("enter enter")
        .with_posts(crowds::long_thread(40), false)
        .keys("g");
    let mut line = Line::new(&stage, Theme::default());
    let posts = line.dearest(&mut stage, "j", 200);
    println!("scrolling members {members}, by half a page {page}, threads {threads}, posts {posts} bytes");
    assert!(members <= 1200 && page <= 1200, "{members}, {page}");
    assert!(threads <= 2300 && posts <= 2300, "{threads}, {posts}");
}

#[test]
fn on_slow_lines_a_key_costs_little_on_average() {
    let mean = |stage: &mut Stage, times: usize| {
        stage.model.settings.low_bandwidth = true;
        let mut line = Line::new(stage, Theme::default());
        let costs = (0..times).map(|_| {
            stage.keys("j");
            line.frame(stage)
        });
        costs.sum::<usize>() / times
    };
    let members = mean(&mut crowded(), 200);
    let mut stage = Stage::new(120, 40);
    stage.with_group().keys("3 ctrl-r");
    stage.answer(Lane::Threads, Payload::Threads(crowds::chatter(200)));
    let threads = mean(&mut stage, 100);
    let mut stage = Stage::new(120, 40);
    stage
        .with_group()
        .keys("enter enter")
        .with_posts(crowds::long_thread(40), false)
        .keys("g");
    let posts = mean(&mut stage, 60);
    println!("with low_bandwidth members {members}, threads {threads}, posts {posts} bytes");
    assert!(members.max(threads).max(posts) <= 450, "{members}, {threads}, {posts}");
}

#[test]
fn typing_costs_a_character_and_a_little() {
    let mut stage = Stage::new(120, 40);
    stage.with_thread().keys("r");
    let mut line = Line::new(&stage, Theme::default());
    let costs = "Thank you, 花子! ❤".chars().map(|c| {
        stage.types(&c.to_string());
        line.frame(&stage)
    });
    let dearest = costs.max().unwrap();
    println!("a character in the composer {dearest} bytes");
    assert!(dearest <= 120, "{dearest}");
}
