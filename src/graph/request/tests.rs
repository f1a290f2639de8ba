//! Addresses: nothing in an id leads elsewhere.

use super::*;

#[test]
fn keys_are_encoded_and_cannot_leave_their_segment() {
    let read = |key: &str| Read::of("groups").key(&Id::new(key)).word("threads");
    for (key, path) in [
        ("AAQk+A/b==", "/groups/AAQk%2BA%2Fb%3D%3D/threads"),
        ("a#EXT#@x.org", "/groups/a%23EXT%23@x.org/threads"),
        ("../../me?x", "/groups/..%2F..%2Fme%3Fx/threads"),
        ("50% ü", "/groups/50%25%20%C3%BC/threads"),
    ] {
        assert_eq!(read(key).relative().unwrap(), path);
    }
    for key in ["", ".", ".."] {
        assert_eq!(read(key).relative().unwrap_err().kind, ProblemKind::Usage);
    }
    assert_eq!(template(&read("secret").path), "/groups/{id}/threads");
}

#[test]
fn query_values_are_encoded() {
    let read = Read::of("groups")
        .query("$filter", format!("displayName eq {}", literal("R&D + O'Brien #1")))
        .query("$top", "5");
    assert_eq!(
        read.relative().unwrap(),
        "/groups?$filter=displayName%20eq%20'R%26D%20%2B%20O''Brien%20%231'&$top=5"
    );
}

#[test]
fn search_terms_cannot_end_their_clause() {
    assert_eq!(search_clause("displayName", r#"a"b\c"#), r#""displayName:a\"b\\c""#);
    assert_eq!(search_clause("displayName", " R&D\n"), r#""displayName:R D""#);
    assert_eq!(search_clause("displayName", "花子 OR x"), r#""displayName:花子 OR x""#);
}
