//! Finding a sent reply in its thread: same sender, same words, about the same time, and not another draft's post.

use jiff::SignedDuration;

use crate::domain::{Body, Id, Person, Post};
use crate::protocol::Sought;
use crate::text;

/// How far the post's time may be from when it was sent.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// The post that the sought draft has become. Lays bodies out, so it belongs off the loops.
pub(super) fn find(sought: &Sought, me: &Person, posts: &[Post]) -> Option<Id> {
    posts
        .iter()
        .filter(|post| !sought.taken.contains(&post.id))
        .filter(|post| is_from(post, me))
        .filter(|post| {
            post.when()
                .is_some_and(|when| (when.duration_since(sought.at)).abs() <= TOLERANCE)
        })
        .find(|post| says(&post.body, &sought.text))
        .map(|post| post.id.clone())
}

fn is_from(post: &Post, me: &Person) -> bool {
    let address = post.author().address.as_str();
    [&me.mail, &me.user_principal_name]
        .into_iter()
        .flatten()
        .any(|mine| mine.as_str().eq_ignore_ascii_case(address))
}

fn says(body: &Body, typed: &str) -> bool {
    text::contains_own_words(body, typed)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::{DraftId, Html, Recipient};

    const SENT: &str = "2026-11-21T12:00:00Z";

    fn me() -> Person {
        Person {
            mail: Some("ines@folkvale.example".into()),
            ..Person::default()
        }
    }

    fn sought(text: &str) -> Sought {
        Sought {
            draft: DraftId("d".into()),
            group: "g".into(),
            thread: "t".into(),
            text: text.into(),
            at: SENT.parse().unwrap(),
            taken: Vec::new(),
        }
    }

    fn post(id: &str, from: &str, when: &str, html: &str) -> Post {
        Post {
            id: id.into(),
            body: Body::Html(Html::new(format!("<html><head></head><body>{html}</body></html>"))),
            received_date_time: Some(when.parse::<Timestamp>().unwrap()),
            sender: Recipient {
                name: "Ines".into(),
                address: from.into(),
            },
            ..Post::default()
        }
    }

    #[test]
    fn the_post_is_known_by_sender_words_and_time() {
        let words = "שלום 山田,\n\nyes & no 👩\u{200d}👧";
        let html = text::reply_html(words, None);
        let right = post("right", "INES@folkvale.example", "2026-11-21T12:00:09Z", &html);
        let others = [
            post("other sender", "bo@folkvale.example", "2026-11-21T12:00:09Z", &html),
            post(
                "other words",
                "ines@folkvale.example",
                "2026-11-21T12:00:09Z",
                "<div>yes</div>",
            ),
            post("other time", "ines@folkvale.example", "2026-11-21T12:02:01Z", &html),
        ];
        for other in &others {
            assert_eq!(find(&sought(words), &me(), std::slice::from_ref(other)), None);
        }
        let all: Vec<Post> = others.into_iter().chain([right]).collect();
        assert_eq!(find(&sought(words), &me(), &all), Some("right".into()));
        let taken = Sought {
            taken: vec!["right".into()],
            ..sought(words)
        };
        assert_eq!(find(&taken, &me(), &all), None, "a post settles one draft");
    }
}
