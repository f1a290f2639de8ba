//! The authority's pages: plain HTML that a text browser shows as well.

use crate::demo::answer::Answer;
use crate::demo::error::Trace;

/// Somebody to choose on the sign-in page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The name to sign in with.
    pub principal_name: String,
    /// As shown.
    pub display_name: String,
    /// What the person does.
    pub job_title: String,
}

/// Text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A page; `body` is HTML already.
pub fn page(status: u16, title: &str, body: &str) -> Answer {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>body{{font:16px/1.5 sans-serif;max-width:34em;margin:3em auto;padding:0 1em}}\
         label{{display:block;margin:.4em 0}}button,input[type=submit]{{font:inherit;padding:.3em 1em;margin-right:.6em}}\
         small{{color:#555}}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n",
        title = escape(title)
    );
    Answer {
        status,
        headers: vec![
            ("content-type", "text/html; charset=utf-8".to_owned()),
            ("cache-control", "no-store, no-cache".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("x-frame-options", "DENY".to_owned()),
        ],
        body: html.into_bytes(),
    }
}

/// Why the person cannot be signed in.
pub fn trouble(status: u16, sentence: &str, trace: &Trace) -> Answer {
    let body = format!(
        "<p>Sorry, but we're having trouble with signing you in.</p>\n<p>{}</p>\n\
         <p><small>Request Id: {}<br>\nCorrelation Id: {}<br>\nTimestamp: {}Z</small></p>",
        escape(sentence),
        escape(&trace.request_id),
        escape(&trace.client_request_id),
        escape(&trace.date)
    );
    page(status, "Sign in", &body)
}

/// Nothing lives at this address.
pub fn nowhere() -> Answer {
    page(
        404,
        "404 - File or directory not found.",
        "<p>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</p>",
    )
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n",
        escape(name),
        escape(value)
    )
}

/// The form with the people to choose from. `fields` are hidden inputs, HTML already; `asked` is what the client wants.
pub fn people(action: &str, fields: &str, asked: &[String], choices: &[Choice], wrong: Option<&str>) -> String {
    let mut html = String::new();
    if let Some(wrong) = wrong {
        html.push_str(&format!("<p><strong>{}</strong></p>\n", escape(wrong)));
    }
    html.push_str(&format!(
        "<form method=\"post\" action=\"{}\">\n{fields}",
        escape(action)
    ));
    html.push_str("<p>Pick an account.</p>\n");
    for (at, choice) in choices.iter().enumerate() {
        html.push_str(&format!(
            "<div><label><input type=\"radio\" name=\"person\" value=\"{}\"{}> {} <small>{}, {}</small></label></div>\n",
            escape(&choice.principal_name),
            if at == 0 { " checked" } else { "" },
            escape(&choice.display_name),
            escape(&choice.job_title),
            escape(&choice.principal_name),
        ));
    }
    html.push_str("<div><label>Another account: <input type=\"text\" name=\"other\" size=\"30\"></label></div>\n");
    html.push_str("<p>folkmoot would like to:</p>\n<ul>\n");
    for scope in asked {
        html.push_str(&format!("<li>{}</li>\n", escape(scope)));
    }
    html.push_str(
        "</ul>\n<p><button type=\"submit\" name=\"answer\" value=\"accept\">Accept</button>\n\
         <button type=\"submit\" name=\"answer\" value=\"decline\">Decline</button></p>\n</form>\n\
         <p><small>This is a make-believe company: no password is needed.</small></p>",
    );
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        let evil = "\"><script>alert('x')</script>&";
        let choice = Choice {
            principal_name: evil.to_owned(),
            display_name: evil.to_owned(),
            job_title: evil.to_owned(),
        };
        let html = people(evil, &hidden(evil, evil), &[evil.to_owned()], &[choice], Some(evil));
        assert!(!html.contains("<script>") && !html.contains("\"><s"), "{html}");
        assert_eq!(html.matches("&lt;script&gt;").count(), 9);
    }
}
