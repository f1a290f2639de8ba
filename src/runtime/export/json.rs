//! A thread as Graph's own objects, with where its attachments are.

use super::Saved;
use super::story::Story;
use crate::domain::Group;
use crate::text::json::{envelope, escaped};

/// A thread as one JSON object.
pub fn write(group: &Group, story: &Story, saved: &[Saved]) -> String {
    let value = |value: serde_json::Value| value.to_string();
    let posts: Vec<&str> = story.posts.iter().map(|told| told.json.get()).collect();
    let attachments = story.enclosed().zip(saved).map(|((post, enclosed), path)| {
        format!(
            "{{\"post\":{},\"file\":{},\"attachment\":{}}}",
            value(post.id.as_str().into()),
            value(path.path().into()),
            enclosed.json.get()
        )
    });
    let group = serde_json::json!({
        "id": group.id.as_str(),
        "displayName": group.name.as_str(),
        "mail": group.mail.as_ref().map(|mail| mail.as_str()),
    });
    let head = [
        ("group", value(group)),
        ("thread", story.json.get().to_owned()),
        ("cutShort", story.cut_short.to_string()),
        ("posts", format!("[{}]", posts.join(",\n"))),
        (
            "attachments",
            format!("[{}]", attachments.collect::<Vec<_>>().join(",\n")),
        ),
    ];
    let json = envelope("thread", &head) + "}";
    // Escaping makes spaces of line breaks: one line for each of Graph's objects is easier to look at.
    let lines: Vec<_> = json.lines().map(escaped).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::story::tests::story;
    use super::*;

    #[test]
    fn graphs_objects_come_as_they_are_and_harmless() {
        let group: Group = serde_json::from_str(r#"{"id": "g", "displayName": "提灯"}"#).unwrap();
        let story = story(&[("a", None, 0, "one"), ("b", Some("a"), 1, "two \u{202e}\u{9b}")]);
        let json = write(&group, &story, &[]);
        assert!(!json.contains(['\u{202e}', '\u{9b}']));
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["group"]["displayName"], "提灯");
        assert_eq!(read["thread"]["topic"], "Glow 2: dämmerung 夕暮れ / שקיעה");
        assert_eq!(read["posts"][1]["body"]["content"], "two \u{202e}\u{9b}");
        assert_eq!(read["posts"][1]["inReplyTo"]["id"], "a");
        assert_eq!(read["cutShort"], false);
    }
}
