//! What is said where no connection comes about.

use super::*;

fn words(connecting: bool, timed_out: bool, causes: &str) -> String {
    let (host, proxy) = ("graph.example", Some("proxy.example:3128"));
    let (what, next) = Lost {
        host,
        proxy,
        connecting,
        timed_out,
        causes,
    }
    .words();
    format!("{what} {next}")
}

#[test]
fn each_way_of_failing_has_words_of_its_own() {
    for (connecting, timed_out, said) in [
        (
            true,
            true,
            "graph.example does not answer through the proxy proxy.example:3128. Check",
        ),
        (
            true,
            false,
            "graph.example cannot be reached through the proxy proxy.example:3128. Check",
        ),
        (
            false,
            true,
            "graph.example took too long to answer through the proxy proxy.example:3128. Try",
        ),
        (
            false,
            false,
            "The connection to graph.example through the proxy proxy.example:3128 broke before",
        ),
    ] {
        let words = words(connecting, timed_out, "tcp connect error: refused");
        assert!(words.starts_with(said), "{words}");
    }
}

#[test]
fn a_refusal_and_a_proxy_that_is_set_wrong_are_told_apart() {
    let lost = |proxy, causes| Lost {
        host: "graph.example:8443",
        proxy,
        connecting: true,
        timed_out: false,
        causes,
    };
    let (what, next) = lost(None, "tcp connect error: Connection refused (os error 111)").words();
    assert!(
        what.contains("Nothing listens at graph.example:8443") && next.contains("port"),
        "{what} {next}"
    );
    let (what, next) = lost(Some("proxy.example:1"), "tcp connect error: Connection refused").words();
    assert!(
        what.contains("through the proxy") && next.contains("HTTPS_PROXY"),
        "{what} {next}"
    );
    let (what, next) = lost(None, "dns error").words();
    assert!(what.contains("cannot be reached") && next == NETWORK, "{what} {next}");
}

#[test]
fn a_proxy_that_lets_nothing_through_is_told_by_its_reason() {
    for (cause, what, next) in [
        (
            "proxy authorization required",
            "There is no way to graph.example through the proxy proxy.example:3128, which asks for a name and a password.",
            "HTTPS_PROXY",
        ),
        (
            "unsuccessful",
            "There is no way to graph.example through the proxy proxy.example:3128, which refuses it.",
            "NO_PROXY",
        ),
    ] {
        let words = words(true, false, &format!("client error (Connect): tunnel error: {cause}"));
        assert!(words.starts_with(what) && words.contains(next), "{words}");
    }
}

#[test]
fn a_proxy_is_told_without_its_password_and_only_where_it_is_used() {
    let proxies = Matcher::builder()
        .all("http://me:secret@proxy.example:3128")
        .no("direct.example")
        .build();
    for (url, proxy) in [
        ("https://graph.example/v1.0", Some("proxy.example:3128")),
        ("https://direct.example/v1.0", None),
        ("http://127.0.0.1:8080/v1.0", None),
    ] {
        let found = proxy_among(&proxies, &Url::parse(url).unwrap());
        assert_eq!(found.as_deref(), proxy, "{url}");
    }
}

#[test]
fn a_port_is_told_where_it_is_not_the_usual_one() {
    for (url, told) in [
        ("https://graph.example/v1.0", "graph.example"),
        ("https://graph.example:443/v1.0", "graph.example"),
        ("http://127.0.0.1:8080/v1.0", "127.0.0.1:8080"),
        ("http://[::1]:9", "[::1]:9"),
    ] {
        assert_eq!(server(&Url::parse(url).unwrap()), told);
    }
}

#[test]
fn a_certificate_that_is_not_trusted_says_what_is_wrong_with_it() {
    // What rustls writes.
    for (cause, fault, next) in [
        ("Expired", "it has run out", "clock"),
        (
            "certificate expired: verification time 9 (UNIX), but certificate is not valid after 8 (1 seconds ago)",
            "it has run out",
            "clock",
        ),
        (
            "certificate not valid yet: verification time 9 (UNIX), but certificate is not valid before 10 (1 seconds in future)",
            "it is not good yet",
            "clock",
        ),
        (
            "certificate not valid for name \"graph.example\"; certificate is only valid for DnsName(\"expired.example\")",
            "it is for another name",
            "SSL_CERT_FILE",
        ),
        ("UnknownIssuer", "nobody", "SSL_CERT_FILE"),
        (
            "Other(OtherError(CaUsedAsEndEntity))",
            "it was signed by itself",
            "SSL_CERT_FILE",
        ),
    ] {
        let causes = format!("client error (Connect): invalid peer certificate: {cause}");
        assert!(is_distrust(&causes));
        let words = words(true, false, &causes);
        assert!(
            words.contains(&format!("is not trusted: {fault}")) && words.contains(next),
            "{words}"
        );
    }
    assert!(!is_distrust("tcp connect error: Expired"));
}

#[test]
fn the_doctor_is_named_where_it_helps() {
    let lost = |connecting| Lost {
        host: "graph.example",
        proxy: None,
        connecting,
        timed_out: false,
        causes: "",
    };
    let named = |connecting| lost(connecting).problem().next.as_str().contains("auth doctor");
    assert!(named(true) && !named(false));
}

#[test]
fn what_an_error_comes_of_is_told_without_its_own_words() {
    let inner = std::io::Error::other("refused");
    let middle = std::io::Error::other(inner);
    let outer = std::io::Error::other(middle);
    #[derive(Debug, thiserror::Error)]
    #[error("asking https://graph.example/users/hanako failed")]
    struct Asking(#[source] std::io::Error);
    assert_eq!(causes(&Asking(outer)), "refused");
}

#[test]
fn only_this_machine_is_loopback() {
    for (address, at_home) in [
        ("http://127.0.0.1:8080/", true),
        ("http://127.8.9.1/", true),
        ("http://[::1]:9/", true),
        ("http://LocalHost:9/", true),
        ("http://localhost.example.com/", false),
        ("http://127.0.0.1.example.com/", false),
        ("http://128.0.0.1/", false),
        ("data:,", false),
    ] {
        assert_eq!(is_loopback(&Url::parse(address).unwrap()), at_home, "{address}");
    }
}
