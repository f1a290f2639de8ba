//! Faults as they are written.

use super::*;

#[test]
fn a_fault_is_printed_as_it_is_written() {
    for spec in [
        "GET /groups/*/threads@2=429:3",
        "/users@*=429",
        "/**@1=latency:250",
        "POST /groups/**/reply@1=drop",
        "/me@*=expired",
        "/$batch@3=503",
        "/groups@1=hang",
        "/groups@*=truncate",
        "/me@1=claims",
        "POST /organizations/oauth2/v2.0/token@1=oauth:50076",
        "GET /groups/*/members@*=403",
        "/groups/*/threads@1=403:ErrorAccessDenied",
        "/users/*@*=404",
        "/groups/*/threads/*/posts@2=404:ErrorItemNotFound",
    ] {
        assert_eq!(spec.parse::<Fault>().unwrap().to_string(), spec);
    }
}

#[test]
fn a_mistake_is_named_with_its_place_and_its_remedy() {
    for (spec, column, problem) in [
        ("/groups", 8, "there is no '='"),
        ("/groups=500", 8, "there is no '@' before the '='"),
        ("FETCH /groups@1=500", 1, "'FETCH' is no method"),
        ("GET groups@1=500", 5, "the path 'groups' does not start with '/'"),
        ("/groups@0=500", 9, "'0' does not say which request"),
        ("/groups@x=500", 9, "'x' does not say which request"),
        ("/groups@1=teapot", 11, "'teapot' is no kind of fault"),
        ("/groups@1=latency", 18, "'latency' needs milliseconds"),
        ("/groups@1=429:soon", 15, "'soon' is no whole number"),
        ("/**@1=oauth", 12, "'oauth' needs an AADSTS code"),
        ("/**@1=oauth:1", 13, "'1' is no AADSTS code that is known here"),
        ("/groups@1=hang:3", 15, "'hang' takes no argument"),
        (
            "/groups@1=403:No",
            15,
            "'No' is no code of a 403 that is known here: Authorization_RequestDenied, ErrorAccessDenied",
        ),
    ] {
        let error = spec.parse::<Fault>().unwrap_err();
        assert_eq!((error.column, error.problem.as_str()), (column, problem), "{spec}");
        assert!(!error.remedy.is_empty());
    }
    let shown = "/groups@1=teapot".parse::<Fault>().unwrap_err().to_string();
    assert!(
        shown.contains("latency:MILLISECONDS, 403[:CODE], 404[:CODE], 429[:SECONDS], 500"),
        "{shown}"
    );
}
