//! Links that say one place and go to another, and those that only look as if they did.

use super::*;

fn check(rows: &[(&str, &str, bool)]) {
    for (href, label, elsewhere) in rows {
        let typeset = typeset(&html(&format!("<a href='{href}'>{label}</a>")), 80);
        assert_eq!(typeset.links[0].elsewhere, *elsewhere, "{label} -> {href}");
    }
}

#[test]
fn persons_are_told_apart_however_their_address_is_written() {
    check(&[
        ("mailto:ann%40a.example", "ann@a.example", false),
        (
            "mailto:Ann%20Berg%20%3Cann@a.example%3E",
            "Ann Berg &lt;ann@a.example&gt;",
            false,
        ),
        (
            "mailto:Berg,%20Ann%20%3Cann%40a.example%3E",
            "Ann Berg (ann@a.example)",
            false,
        ),
        ("mailto:&lt;ann@a.example&gt;", "ann@a.example", false),
        ("mailto:ann@a.example,?subject=Hi", "ann@a.example,", false),
        ("mailto:ben@b.example,ann@a.example", "ann@a.example", false),
        ("mailto:?to=Ann@A.example&amp;subject=Hi", "ann@a.example", false),
        ("mailto:?subject=Leave", "ann@a.example", false),
        ("mailto:ann@a.example", "a.example", false),
        ("mailto:ann@evil.example", "ann@a.example", true),
        ("mailto:Ann%20%3Cann@evil.example%3E", "Ann &lt;ann@a.example&gt;", true),
        ("mailto:ann@a.example%3Cann@evil.example%3E", "ann@a.example", true),
        ("mailto:ann@evil.example", "Ann (ann@a.example)", true),
        ("mailto:ann@evil.example", "a.example", true),
        ("https://evil.example/", "ann@a.example", true),
        ("https://click.a.example/?to=ann", "ann@a.example", false),
    ]);
}

#[test]
fn a_sentence_names_no_place() {
    check(&[
        (
            "https://x.example/u",
            "ann@a.example, do you want no more mails? Click here",
            false,
        ),
        ("https://x.example/u", "This went to ann@a.example", false),
        ("https://x.example/u", "Ann, see www.a.example or call 555", false),
        ("https://x.example/u", "www.a.example", true),
        ("https://x.example/u", "» a.example «", true),
        // What is spelled out with its scheme is a place wherever it stands.
        ("https://x.example/u", "Sign in at https://a.example/login now", true),
        (
            "https://x.example/u",
            "https://x.example/ and https://a.example/",
            false,
        ),
        ("https://x.example/u", "https://a.example/ and https://b.example/", true),
    ]);
}

#[test]
fn a_host_of_anybody_is_named_beside_where_it_leads() {
    let source = "<a href='https://mail.b.example/owa/redir.aspx?C=1&URL=http%3a%2f%2fa.example'>http://a.example</a> \
        <a href='https://mail.b.example/owa/redir.aspx?C=1&URL=http%3a%2f%2fevil.example'>a.example</a> \
        <a href='https://mail.b.example/owa/redir.aspx?URL=http%3a%2f%2fc.example'><img></a>";
    assert_eq!(
        sketch(&html(source), 80),
        "  {a1:http://a.example} [1] {a2:a.example} [2] {a3:[mail.b.example]} [3]\n\
         [1] http://a.example -> http://a.example/ by way of mail.b.example (!)\n\
         [2] a.example -> http://evil.example/ by way of mail.b.example (!)\n\
         [3] [mail.b.example] -> http://c.example/ by way of mail.b.example\n"
    );
}
