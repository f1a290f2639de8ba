//! A thread of a thousand posts of 2.8 kB each: what the thread that answers keys has to do in it.

use std::sync::Arc;
use std::time::Instant;

use divan::Bencher;
use folkmoot::app::{Cmd, Entry, LaidOut, Model, Moment, Msg, Remote, Searched, Settings, What, update};
use folkmoot::domain::Post;
use folkmoot::keys::Chord;
use folkmoot::layout::{Pane, Size};
use folkmoot::text::{find, typeset};
use folkmoot::ui::{Theme, view};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::json;

const SIZE: Size = Size { width: 120, height: 40 };
/// So many layouts come at once.
const TOGETHER: usize = 30;

/// A program that shows the thread.
#[derive(Clone)]
struct Reading {
    model: Model,
    now: Moment,
}

impl Reading {
    /// All of it is laid out.
    fn new() -> Self {
        let now = Moment {
            instant: Instant::now(),
            wall: Timestamp::now(),
        };
        let mut model = Model::new(Settings::default(), SIZE, now);
        let posts: Vec<Arc<Post>> = (0..1_000).map(|number| Arc::new(post(number))).collect();
        let entry = |post: &Arc<Post>| Entry {
            post: post.clone(),
            pending: None,
        };
        model.posts.entries = posts.iter().map(entry).collect();
        model.posts.posts = Remote::Ready(posts);
        model.focus = Pane::Posts;
        let mut reading = Reading { model, now };
        let cmds = reading.tell(What::Resized(SIZE));
        reading.hear(answers(cmds));
        assert_eq!(reading.model.posts.typeset.len(), 1_000);
        reading
    }

    /// The same, with a letter looked for and its hits on their way.
    fn looking() -> (Self, Vec<What>) {
        let mut reading = Reading::new();
        reading.key("/");
        let cmds = reading.key("l");
        let hits = answers(cmds);
        assert_eq!(hits.len(), 1);
        (reading, hits)
    }

    fn tell(&mut self, what: What) -> Vec<Cmd> {
        update(&mut self.model, Msg { at: self.now, what })
    }

    fn key(&mut self, name: &str) -> Vec<Cmd> {
        let chord: Chord = name.parse().unwrap();
        self.tell(What::Key(chord))
    }

    /// Hears what other threads have done.
    fn hear(&mut self, answers: Vec<What>) -> Vec<Cmd> {
        answers.into_iter().flat_map(|answer| self.tell(answer)).collect()
    }

    fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
        view(&self.model, &Theme::default(), &mut buffer);
        buffer
    }
}

fn post(number: usize) -> Post {
    let line = "<p>The quick <b>brown</b> fox jumps over <a href=\"https://contoso.example/a\">the lazy dog</a>, \
        山田 花子, שלום, and nobody knows why it does that again and again, every day of the week.</p>";
    let content = format!("<html><body><p>Post {number}.</p>{}</body></html>", line.repeat(14));
    serde_json::from_value(json!({
        "id": format!("AAMkADIzYjc4ZDVjLWE0NzctNGUyYi04ZTRhLWRjMjFkMTkxMmE2NgBGAAAAAAB{number:06}"),
        "body": {"contentType": "html", "content": content},
    }))
    .unwrap()
}

/// What the other threads answer.
fn answers(cmds: Vec<Cmd>) -> Vec<What> {
    let mut answers = Vec::new();
    for cmd in cmds {
        match cmd {
            Cmd::Typeset { posts, width } => {
                let lay_out = |post: &Arc<Post>| LaidOut {
                    post: post.id.clone(),
                    set: Arc::new(typeset(&post.body, width)),
                };
                answers.extend(posts.chunks(TOGETHER).map(|posts| What::Typeset {
                    width,
                    laid_out: posts.iter().map(lay_out).collect(),
                }));
            }
            Cmd::Search { needle, laid_out } => {
                let search = |laid_out: LaidOut| Searched {
                    hits: find(&laid_out.set, &needle).into(),
                    laid_out,
                };
                let posts = laid_out.into_iter().map(search).collect();
                answers.push(What::Searched { needle, posts });
            }
            _ => {}
        }
    }
    answers
}

/// Down and up again, with the frames.
#[divan::bench]
fn j_and_k(bencher: Bencher) {
    let mut reading = Reading::new();
    bencher.bench_local(|| {
        ["j", "k"].map(|key| {
            reading.key(key);
            reading.frame()
        })
    });
}

#[divan::bench]
fn letter_behind_slash(bencher: Bencher) {
    let mut reading = Reading::new();
    reading.key("/");
    bencher
        .with_inputs(|| reading.clone())
        .bench_local_values(|mut reading| {
            let cmds = reading.key("l");
            (reading, cmds)
        });
}

#[divan::bench]
fn hits_of_a_letter(bencher: Bencher) {
    let inputs = Reading::looking();
    bencher
        .with_inputs(|| inputs.clone())
        .bench_local_values(|(mut reading, hits)| {
            reading.hear(hits);
            let frame = reading.frame();
            (reading, frame)
        });
}

/// All that another width costs, but for the frames.
#[divan::bench(args = [false, true])]
fn another_width(bencher: Bencher, searching: bool) {
    let mut reading = Reading::new();
    if searching {
        let (looking, hits) = Reading::looking();
        reading = looking;
        reading.hear(hits);
    }
    let resized = || What::Resized(Size { width: 110, ..SIZE });
    let layouts = answers(reading.clone().tell(resized()));
    let inputs = || (reading.clone(), layouts.clone());
    bencher
        .with_inputs(inputs)
        .bench_local_values(|(mut reading, layouts)| {
            reading.tell(resized());
            let cmds = reading.hear(layouts);
            (reading, cmds)
        });
}
