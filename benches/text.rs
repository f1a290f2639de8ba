//! How long it takes to lay a body out, and to search and show many. The page is 100 cells wide.

#![allow(clippy::unwrap_used)]

#[path = "text/posts.rs"]
mod posts;

use divan::Bencher;
use divan::counter::BytesCount;
use folkmoot::domain::{Body, Html, Prose};
use folkmoot::text::{Typeset, contains_own_words, draft_html, find, quote_of, typeset};

fn main() {
    divan::main();
}

const WIDTH: u16 = 100;

fn html(source: String) -> Body {
    Body::Html(Html::new(source))
}

/// Paragraphs as Word writes them, in tables in tables, until the source is `bytes` long.
fn nested_tables(bytes: usize, depth: usize) -> Body {
    let paragraph = "<p class=\"MsoNormal\" style=\"margin:0in;font-size:11pt;font-family:Calibri,sans-serif\"><span \
        style=\"color:#1F497D\">The quick <b>brown</b> fox — 山田 花子, שלום — jumps over <a \
        href=\"https://contoso.example/a\">the lazy dog</a>.</span><o:p></o:p></p>";
    let open =
        "<table width=\"600\" cellpadding=\"0\" style=\"border-collapse:collapse\"><tr><td style=\"padding:4px\">";
    let block = format!(
        "{}{}{}",
        open.repeat(depth),
        paragraph.repeat(4),
        "</td></tr></table>".repeat(depth)
    );
    let blocks = bytes / block.len() + 1;
    html(format!(
        "<html><head></head><body>{}</body></html>",
        block.repeat(blocks)
    ))
}

/// A short answer with its history, as Outlook on the web sends it.
fn reply() -> Body {
    let header = "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Ben<br><b>Sent:</b> Monday<br></div>";
    let said = "<div class=\"elementToProof\" style=\"font-family:Aptos;font-size:12pt\">Yes, that works for me.</div>";
    html(format!(
        "<html><body>{said}{}</body></html>",
        format!("{header}{said}<div><br></div>{said}").repeat(8)
    ))
}

#[divan::bench(args = [1, 3, 6, 10])]
fn tables_200_kb(bencher: Bencher, depth: usize) {
    let body = nested_tables(200_000, depth);
    bencher
        .counter(BytesCount::new(200_000_usize))
        .bench(|| typeset(&body, WIDTH));
}

#[divan::bench]
fn reply_4_kb(bencher: Bencher) {
    let body = reply();
    bencher.bench(|| typeset(&body, WIDTH));
}

#[divan::bench]
fn tables_1_mb(bencher: Bencher) {
    let body = nested_tables(1 << 20, 4);
    bencher
        .counter(BytesCount::new(1_usize << 20))
        .bench(|| typeset(&body, WIDTH));
}

#[divan::bench(args = ["<div>", "<table><tr><td>", "<ul><li>", "<b>"])]
fn nested_5000_deep(bencher: Bencher, tag: &str) {
    let body = html(format!("{}text", tag.repeat(5000)));
    bencher.bench(|| typeset(&body, WIDTH));
}

#[divan::bench]
fn table_of_1000_rows(bencher: Bencher) {
    let row = "<tr><td>Ann Müller<td>Owner<td>山田 花子 and a longer remark about nothing in particular</tr>";
    let body = html(format!(
        "<table><tr><th>Name<th>Role<th>Remark</tr>{}</table>",
        row.repeat(1000)
    ));
    bencher.bench(|| typeset(&body, WIDTH));
}

#[divan::bench]
fn plain_100_kb(bencher: Bencher) {
    let body = Body::Plain(Prose::new(
        &"> A line of a plain mail with https://a.example/x in it, 山田.\n".repeat(1600),
    ));
    bencher.bench(|| typeset(&body, WIDTH));
}

/// A thousand posts of 2.8 kB, as a search has them before it.
fn thousand_posts() -> Vec<Typeset> {
    let post = |number: usize| typeset(&nested_tables(2_800, number % 4), WIDTH);
    (0..1_000).map(post).collect()
}

fn find_in_all(posts: &[Typeset], words: &str) -> usize {
    posts.iter().map(|set| find(set, words).len()).sum()
}

/// The first letter behind `/`: the text is folded, then.
#[divan::bench(sample_count = 10)]
fn find_first_in_1000_posts(bencher: Bencher) {
    let posts = bencher.with_inputs(thousand_posts);
    posts.bench_values(|posts| (find_in_all(&posts, "l"), posts));
}

/// The letters behind the first.
#[divan::bench]
fn find_again_in_1000_posts(bencher: Bencher) {
    let posts = thousand_posts();
    bencher.bench(|| find_in_all(&posts, "LAZY"));
}

#[divan::bench]
fn quote_and_match_a_reply(bencher: Bencher) {
    let answered = reply();
    bencher.bench(|| {
        let quote = quote_of(&answered, "Ben", "16 Nov 2026, 09:12");
        contains_own_words(
            &html(draft_html(
                "Fine with me.",
                &folkmoot::domain::Enclosed::default(),
                Some(&quote),
            )),
            "Fine with me.",
        )
    });
}
