//! Bodies as Exchange stores them, and the plain previews it makes of them.

/// How Exchange begins every HTML body.
const HEAD: &str =
    "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>";
/// How it ends.
const TAIL: &str = "</body></html>";
/// Exchange cuts previews at this many characters.
const PREVIEW: usize = 255;

/// HTML inside Exchange's wrapping. Whole documents lose their own wrapping first.
pub fn wrapped(html: &str) -> String {
    format!("{HEAD}{}{TAIL}", inner(html))
}

/// Plain text as Exchange turns it into HTML.
pub fn wrapped_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines: Vec<&str> = escaped.lines().collect();
    format!(
        "{HEAD}\r\n<font size=\"2\"><span style=\"font-size:11pt;\"><div class=\"PlainText\">{}</div></span></font>\r\n{TAIL}",
        lines.join("<br>\r\n")
    )
}

/// What stands between `<body …>` and `</body>`, or all of it where there is no such thing.
fn inner(html: &str) -> &str {
    let lower = html.to_ascii_lowercase();
    let start = lower
        .find("<body")
        .and_then(|body| lower.get(body..)?.find('>').map(|close| body + close + 1))
        .or_else(|| lower.find("<html>").map(|at| at + "<html>".len()))
        .unwrap_or_default();
    let end = lower
        .rfind("</body>")
        .or_else(|| lower.rfind("</html>"))
        .filter(|end| *end >= start)
        .unwrap_or(html.len());
    html.get(start..end).unwrap_or(html)
}

/// The first words of a body, without tags.
pub fn preview(body: &str, html: bool) -> String {
    let text = if html {
        without_tags(inner(body))
    } else {
        body.to_owned()
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(PREVIEW).collect()
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        text.push_str(before);
        let name = tag.get(1..).unwrap_or_default().to_ascii_lowercase();
        let skipped = ["style", "script"]
            .into_iter()
            .find(|skipped| name.starts_with(skipped));
        let end = match skipped {
            Some(skipped) => tag
                .to_ascii_lowercase()
                .find(&format!("</{skipped}>"))
                .map(|at| at + skipped.len() + 3),
            None => tag.find('>').map(|at| at + 1),
        };
        let inline = [
            "b>", "i>", "em", "strong", "a ", "a>", "span", "u>", "code", "/b>", "/i>", "/em", "/strong", "/a>",
            "/span", "/u>", "/code",
        ];
        if !inline.iter().any(|inline| name.starts_with(inline)) {
            text.push(' ');
        }
        rest = end.and_then(|end| tag.get(end..)).unwrap_or_default();
    }
    text.push_str(rest);
    for (entity, letter) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&rsquo;", "’"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_wrapped_once() {
        let stored = wrapped("<p>Hej</p>");
        assert_eq!(
            stored,
            "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body><p>Hej</p></body></html>"
        );
        assert_eq!(wrapped(&stored), stored);
        assert_eq!(wrapped("<html><BODY class=x>a</BODY></html>"), wrapped("a"));
        assert!(wrapped_text("a < b\nc").contains("a &lt; b<br>\r\nc"));
    }

    #[test]
    fn a_preview_is_plain_and_short() {
        let body = wrapped("<style>p{}</style><p>Guten&nbsp;<b>Tag</b>,</p><p>R&amp;D sagt: 你好 👩‍👩‍👧</p>");
        assert_eq!(preview(&body, true), "Guten Tag, R&D sagt: 你好 👩‍👩‍👧");
        assert_eq!(preview(&"x".repeat(900), false).chars().count(), 255);
        assert_eq!(preview("a <unclosed", true), "a");
    }
}
