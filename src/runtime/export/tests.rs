//! What every format keeps to.

use std::sync::Arc;

use proptest::prelude::*;

use super::story::tests::story;
use super::*;
use crate::auth::StaticToken;
use crate::graph::Endpoint;

/// What drives a terminal or reorders what is read, as it is or as a browser makes it from a reference.
fn odd(text: &str) -> Option<char> {
    let is_odd = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().find(|c| is_odd(*c))
}

/// Moments as they are.
pub fn exactly(at: Option<Timestamp>) -> Text {
    Text::new(&at.map(|at| at.to_string()).unwrap_or_default())
}

fn written(format: ExportFormat, body: &str) -> String {
    let group: Group = serde_json::from_str(r#"{"id": "g", "displayName": "提灯"}"#).unwrap();
    let token = StaticToken::for_demo("token".to_owned().into());
    let endpoint = Endpoint::parse("http://127.0.0.1:1/v1.0").unwrap();
    let plan = Plan {
        client: &Client::new(endpoint, Arc::new(token), |_| {}).unwrap(),
        group: &group,
        format,
        force: false,
        times: &exactly,
        scratch: &Scratch::default(),
    };
    plan.text(&story(&[("a", None, 0, body)]))
}

#[test]
fn what_follows_an_escape_sequence_is_there() {
    let body = "<p>before\u{1b}]52;c;aGVq\u{7}</p><p>&#27;[31m山 &#x202e;דלת</p><p title='\u{9b}1m'>after</p>";
    for format in [ExportFormat::Page, ExportFormat::Markdown] {
        let text = written(format, body);
        for words in ["before", "山 דלת", "after"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("aGVq") && !text.contains("31m"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_format_drives_a_terminal(body in prop_oneof![
        any::<String>(),
        "(<p>|</p>|<a href=\"https://x.example/|\">|</a>|<pre>|&#27;|&#x9b;|&#x202e;|&#8238;|&#8234|&amp;#27;|&rlm;|\u{1b}|\u{1b}]52;c;|\u{7}|\u{90}|\u{9b}31m|\u{202e}|\u{2066}|\u{0}|\r|\t|山|ש|👩\u{200d}👧|e\u{301}|<script>|<!--|-->){0,24}",
    ]) {
        for format in [ExportFormat::Page, ExportFormat::Markdown, ExportFormat::Json] {
            let text = written(format, &body);
            prop_assert_eq!(odd(&text), None, "{:?}", text);
            prop_assert!(format != ExportFormat::Page || !text.contains("&#"), "{:?}", text);
        }
    }
}
