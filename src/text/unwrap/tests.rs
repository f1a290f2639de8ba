use super::*;

#[test]
fn what_is_wrapped_is_found() {
    for (wrapped, inside) in [
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb%3Fc%3D1&data=05%7C01",
            "https://a.example/b?c=1",
        ),
        (
            "https://nam02.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fa.example%2F&data=x",
            "https://a.example/",
        ),
        (
            "https://urldefense.proofpoint.com/v1/url?u=http://a.example/b&k=x",
            "http://a.example/b",
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_b-5Fc-3Fd-3De&d=DwMFaQ&c=x",
            "https://a.example/b_c?d=e",
        ),
        (
            "https://urldefense.com/v3/__https://a.example/b?c=1__;!!AbC!xyz$",
            "https://a.example/b?c=1",
        ),
        // The lost characters are "+" once, and "##" as a run of two.
        (
            "https://urldefense.com/v3/__https://a.example/b*c**Ad__;KyMj!!AbC!xyz$",
            "https://a.example/b+c##d",
        ),
        (
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fa.example%2F__%3B!!AbC%24",
            "https://a.example/",
        ),
        (
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fa.example%2fz&c=E,1",
            "https://a.example/z",
        ),
        (
            "https://eu-west-1.protection.sophos.com/?d=a.example&u=aHR0cHM6Ly9hLmV4YW1wbGUv&i=x",
            "https://a.example/",
        ),
        (
            "https://secure-web.cisco.com/1abc/https%3A%2F%2Fa.example%2Fb",
            "https://a.example/b",
        ),
        (
            "https://www.google.com/url?q=https://a.example/q&sa=D",
            "https://a.example/q",
        ),
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://a.example/alert&ct=ga",
            "https://a.example/alert",
        ),
        (
            "https://urlisolation.com/browser?clickId=A&traceToken=1%3Bb&url=https%3A%2F%2Fa.example%2Ftap",
            "https://a.example/tap",
        ),
        (
            "https://link.edgepilot.com/s/4239f747/ca21c?u=https://a.example/edge.html",
            "https://a.example/edge.html",
        ),
        (
            "https://scanmail.trustwave.com/?c=1&d=r4&s=5&u=https%3a%2f%2fa%2eexample%2ftw",
            "https://a.example/tw",
        ),
        (
            "https://linklock.titanhq.com/analyse?url=https%3A%2F%2Fa.example%2Ftitan&data=eJx",
            "https://a.example/titan",
        ),
        (
            "https://www.google.com/search?q=https://a.example/",
            "https://www.google.com/search?q=https://a.example/",
        ),
        (
            "https://protect.checkpoint.com/v2/___https://a.example/list?x=1___.YXAxZTp4",
            "https://a.example/list?x=1",
        ),
        (
            "https://url.avanan.click/v2/r01/___https://a.example/av___.YXA",
            "https://a.example/av",
        ),
        (
            "https://clicktime.symantec.com/15t?h=x&u=https://a.example/sym",
            "https://a.example/sym",
        ),
        (
            "https://x.r.eu-west-1.awstrack.me/L0/https:%2F%2Fa.example%2Fses%3Fa=1/1/0102/y=1",
            "https://a.example/ses?a=1",
        ),
        (
            "https://deref-web.de/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fa.example%2Fderef",
            "https://a.example/deref",
        ),
        // Not the host it looks like.
        (
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=javascript%3Ax",
            "https://eur01.safelinks.protection.outlook.com/?url=javascript%3Ax",
        ),
        (
            "https://urldefense.com/v3/__https://a.example/**",
            "https://urldefense.com/v3/__https://a.example/**",
        ),
    ] {
        let found = unwrapped(&Url::parse(wrapped).unwrap());
        assert_eq!((found.url.as_str(), found.by), (inside, None), "{wrapped}");
    }
}

#[test]
fn who_could_be_anybody_is_named() {
    for (wrapped, said) in [
        (
            "https://mail.b.example/owa/redir.aspx?C=1iVF&URL=http%3a%2f%2fa.example%2fx",
            "http://a.example/x by way of mail.b.example",
        ),
        (
            "https://mail.b.example/OWA/redir.aspx?C=1iVF&URL=http%3a%2f%2fa.example",
            "http://a.example/ by way of mail.b.example",
        ),
        (
            "http://mail.b.example/exchweb/bin/redir.asp?URL=http://a.example/2003",
            "http://a.example/2003 by way of mail.b.example",
        ),
        (
            "https://fm.b.example/fmlurlsvc/?fewReq=:B:JVs5&url=https%3a%2f%2fa.example%2ff",
            "https://a.example/f by way of fm.b.example",
        ),
        (
            "https://news.b.example/CL0/https:%2F%2Fa.example%2Fn%3Fu=1/1/0100/sig=12",
            "https://a.example/n?u=1 by way of news.b.example",
        ),
        // In a known wrapping, and around one.
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmail.b.example%2Fowa%2Fredir.aspx%3FURL%3Dhttps%253a%252f%252fslack-redir.net%252flink%253furl%253dhttps%253a%252f%252fa.example",
            "https://a.example/ by way of mail.b.example",
        ),
        (
            "https://mail.b.example/owa/redir.aspx?C=1&URL=javascript%3ax",
            "https://mail.b.example/owa/redir.aspx?C=1&URL=javascript%3ax",
        ),
        (
            "https://mail.b.example/owa/redir.aspx?C=1&URL=mailto%3aann%40a.example",
            "https://mail.b.example/owa/redir.aspx?C=1&URL=mailto%3aann%40a.example",
        ),
        (
            "https://b.example/x/owa/redir.aspx?URL=http%3a%2f%2fa.example",
            "https://b.example/x/owa/redir.aspx?URL=http%3a%2f%2fa.example",
        ),
    ] {
        assert_eq!(unwrapped(&Url::parse(wrapped).unwrap()).to_string(), said, "{wrapped}");
    }
}

#[test]
fn a_link_wrapped_without_end_is_unwrapped_so_far() {
    let wrap = |link: String| format!("https://slack-redir.net/link?url={link}");
    let link = (0..50).fold("https://a.example/".to_owned(), |link, _| wrap(link));
    assert_eq!(
        unwrapped(&Url::parse(&link).unwrap()).url.host_str(),
        Some("slack-redir.net")
    );
}
