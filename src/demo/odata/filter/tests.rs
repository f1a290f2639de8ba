//! Filters as Graph takes them, and as it does not.

use super::*;

fn person(name: &str) -> Cell<'static> {
    match name {
        "displayName" => Cell::Text("Łucja O'Brien"),
        "department" => Cell::Null,
        "groupTypes" => Cell::List(vec![Cell::Text("Unified"), Cell::Text("DynamicMembership")]),
        "accountEnabled" => Cell::Bool(true),
        "createdDateTime" => Cell::Time("2026-01-02T03:04:05Z".parse().unwrap()),
        _ => Cell::Null,
    }
}

#[test]
fn each_operator_is_understood() {
    for (text, expected) in [
        ("displayName eq 'łucja o''brien'", true),
        ("displayName ne 'x'", true),
        ("department eq null", true),
        ("department ne null", false),
        ("startswith(displayName,'Łu')", true),
        ("startsWith(displayName, 'x') or endsWith(displayName,'BRIEN')", true),
        ("not(accountEnabled eq true)", false),
        ("accountEnabled eq true and not startswith(displayName,'x')", true),
        ("groupTypes/any(c:c eq 'Unified')", true),
        ("groupTypes/any(c: c eq 'Else')", false),
        ("NOT groupTypes/any(c:c eq 'Unified')", false),
        ("displayName in ('a','Łucja O''Brien')", true),
        ("createdDateTime ge 2026-01-01T00:00:00Z", true),
        ("createdDateTime lt 2026-01-02T03:04:05Z", false),
        (
            "(department eq null or displayName eq 'x') and accountEnabled eq false",
            false,
        ),
    ] {
        assert_eq!(Filter::parse(text).unwrap().holds(&person), expected, "{text}");
    }
}

#[test]
fn a_property_is_compared_with_literals_of_its_own_type() {
    let fits = |text: &str| Filter::parse(text).unwrap().check_types(&person).is_ok();
    for text in [
        "accountEnabled eq true",
        "displayName in ('a','b') and createdDateTime ge 2026-01-01T00:00:00Z",
        "department eq null or displayName ne null",
    ] {
        assert!(fits(text), "{text}");
    }
    for text in [
        "accountEnabled eq 'true'",
        "accountEnabled eq 1",
        "displayName eq true",
        "not(displayName in ('a',7))",
        "createdDateTime ge '2026-01-01T00:00:00Z'",
        "displayName eq 'x' or createdDateTime lt 2026",
    ] {
        assert!(!fits(text), "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error() {
    for text in [
        "",
        "displayName",
        "displayName eq",
        "displayName eq 'x",
        "displayName like 'x'",
        "startswith(displayName)",
        "displayName eq bob",
        "(displayName eq 'x'",
        "displayName eq 'x' displayName",
        "contains(displayName,'x')",
    ] {
        assert_eq!(Filter::parse(text).unwrap_err().status, 400, "{text}");
    }
}

#[test]
fn operators_of_advanced_queries_are_known() {
    let advanced = |text: &str| Filter::parse(text).unwrap().advanced().is_some();
    assert!(advanced("a ne 'x'") && advanced("not(a eq 'x')") && advanced("a eq 'y' or endswith(a,'x')"));
    assert!(!advanced("a eq 'x' and startswith(b,'y') and c/any(d:d eq 'z')"));
}
