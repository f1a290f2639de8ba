//! `folkmoot auth`: what an administrator is asked, and which profiles there are.

use std::fs;

use serde_json::Value;

use crate::support::{desk, folkmoot, pluck, ran};

const CONFIG: &str = "profile = \"home\"\n[profiles.work]\nclient_id = \"00001111-aaaa-2222-bbbb-3333cccc4444\"\n\
                      tenant = \"contoso.com\"\n[profiles.home]\ncloud = \"usgov-l4\"\n";

#[test]
fn setup_says_what_to_register_and_what_an_administrator_consents_to() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("c.toml"), CONFIG).unwrap();
    let setup = |args: &[&str]| {
        let ran = ran(folkmoot(home.path()).args(["-c", "c.toml", "auth", "setup"]).args(args));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout
    };
    let facts: Value = serde_json::from_str(&setup(&["--profile", "work", "--json"])).unwrap();
    let link = facts["admin_consent_url"].as_str().unwrap();
    assert!(
        link.starts_with("https://login.microsoftonline.com/contoso.com/v2.0/adminconsent?client_id=00001111-"),
        "{link}"
    );
    assert!(link.contains("redirect_uri=http%3A%2F%2Flocalhost"), "{link}");
    let permissions = facts["permissions"].as_array().unwrap();
    assert_eq!(permissions.len(), folkmoot::protocol::CAPABILITIES.len());
    let text = setup(&["--profile", "work"]);
    for row in folkmoot::protocol::CAPABILITIES {
        assert!(text.contains(row.scope()) && text.contains(row.what), "{text}");
        assert!(
            link.contains(&format!("graph.microsoft.com%2F{}", row.scope())),
            "{link}"
        );
    }
    for part in [
        link,
        "az ad app create",
        "New-MgApplication",
        "[profiles.work]",
        "auth login --profile work",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let gov = setup(&[]);
    for part in [
        "login.microsoftonline.us",
        "AzureUSGovernment",
        "-Environment USGov ",
        "CLIENT_ID",
    ] {
        assert!(gov.contains(part), "{part}: {gov}");
    }
    let other = CONFIG.replace("[profiles.work]", "[profiles.work]\nredirect = \"127.0.0.1\"");
    fs::write(home.path().join("c.toml"), other).unwrap();
    let text = setup(&["--profile", "work"]);
    assert_eq!(text.matches("http://127.0.0.1").count(), 4, "{text}");
    assert!(
        !text.contains("localhost") && text.contains("redirect_uri=http%3A%2F%2F127.0.0.1"),
        "{text}"
    );
}

#[test]
fn a_flag_goes_before_the_environment_before_a_switch_before_the_config_file() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("c.toml"), CONFIG).unwrap();
    let run = |args: &[&str], variable: &str| {
        ran(folkmoot(home.path())
            .args(["-c", "c.toml"])
            .args(args)
            .env("FOLKMOOT_PROFILE", variable))
    };
    let used = |args: &[&str], variable: &str| -> Value {
        let ran = run(&[&["info", "--json"], args].concat(), variable);
        serde_json::from_str::<Value>(&ran.stdout).unwrap()["profile"].clone()
    };
    assert_eq!(used(&[], ""), "home");
    let switched = run(&["auth", "switch", "work"], "");
    assert_eq!(
        (switched.code, switched.stdout.as_str()),
        (Some(0), ""),
        "{}",
        switched.stderr
    );
    assert_eq!(used(&[], ""), "work");
    assert_eq!(used(&[], "of-environment"), "of-environment");
    assert_eq!(used(&["--profile", "of-flag"], "of-environment"), "of-flag");

    let list = run(&["auth", "list", "--json"], "");
    let list: Value = serde_json::from_str(&list.stdout).unwrap();
    assert_eq!(pluck(&list, "profile"), ["home", "work"]);
    assert_eq!((&list[0]["active"], &list[1]["active"]), (&false.into(), &true.into()));
    assert_eq!(
        (&list[0]["cloud"], &list[1]["tenant"]),
        (&"usgov-l4".into(), &"contoso.com".into())
    );
    let table = run(&["auth", "list"], "").stdout;
    assert!(table.contains("\n*  work "), "{table}");

    let unknown = run(&["auth", "switch", "elsewhere"], "");
    assert_eq!(unknown.code, Some(5));
    assert!(
        unknown.stderr.contains("There is: default, home, work."),
        "{}",
        unknown.stderr
    );
    assert_eq!(used(&[], ""), "work");
}

#[test]
fn a_wrong_profile_is_ten_with_its_place() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("c.toml"), "[profiles.work]\ntenant = \"a b\"\n").unwrap();
    let ran = ran(folkmoot(home.path()).args(["-c", "c.toml", "config", "check"]));
    assert_eq!(ran.code, Some(10));
    assert!(ran.stderr.contains("c.toml:2:10: "), "{}", ran.stderr);
}

#[test]
fn the_doctor_finds_the_demo_tenant_well() {
    let home = tempfile::tempdir().unwrap();
    let doctor = |args: &[&str]| ran(folkmoot(home.path()).args(["--demo", "auth", "doctor"]).args(args));
    let text = doctor(&[]);
    assert_eq!((text.code, text.stderr.as_str()), (Some(0), ""));
    assert!(text.stdout.ends_with("\nNothing needs mending.\n"), "{}", text.stdout);
    let report: Value = serde_json::from_str(&doctor(&["--json"]).stdout).unwrap();
    assert_eq!(report["mend_first"], Value::Null);
    let checks = report["checks"].as_array().unwrap();
    let outcome = |name: &str| checks.iter().find(|check| check["name"] == name).unwrap()["outcome"].clone();
    for name in [
        "proxy",
        "connect-login",
        "connect-graph",
        "clock",
        "tenant",
        "client",
        "graph",
    ] {
        assert_eq!(outcome(name), "pass", "{name}");
    }
}

#[test]
fn the_doctor_names_what_to_mend_first_and_exits_with_its_family() {
    let home = tempfile::tempdir().unwrap();
    let addresses = [
        ("FOLKMOOT_LOGIN_URL", "http://127.0.0.1:1"),
        ("FOLKMOOT_GRAPH_URL", "http://127.0.0.1:1/v1.0"),
        ("FOLKMOOT_ACCESS_TOKEN", "eyJ0.secret"),
    ];
    let ran = ran(folkmoot(home.path()).args(["auth", "doctor", "--json"]).envs(addresses));
    assert_eq!(ran.code, Some(7), "{}", ran.stderr);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["mend_first"], "connect-login");
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("eyJ0"));
}

#[test]
fn whoever_brings_a_token_needs_no_address_of_sign_in() {
    let desk = desk();
    let info = desk.json(&["info"]);
    assert_eq!(info["graph"], desk.tenant.graph_url());
    assert_eq!(
        (&info["login"], &info["problem"]),
        (&Value::Null, &Value::Null),
        "{info}"
    );
    let table = desk.out(&["info"]);
    assert!(table.contains("(not needed with FOLKMOOT_ACCESS_TOKEN)"), "{table}");

    let doctor = desk.json(&["auth", "doctor"]);
    let checks = doctor["checks"].as_array().unwrap();
    let outcome = |name: &str| checks.iter().find(|check| check["name"] == name).unwrap()["outcome"].clone();
    for (name, expected) in [
        ("dns-login", "skipped"),
        ("connect-login", "skipped"),
        ("connect-graph", "pass"),
        ("tenant", "skipped"),
        ("client", "skipped"),
        ("graph", "pass"),
    ] {
        assert_eq!(outcome(name), expected, "{name}: {doctor}");
    }
    assert_eq!(doctor["mend_first"], Value::Null);
    let list = desk.json(&["auth", "list"]);
    assert_eq!(list[0]["problem"], Value::Null, "{list}");
    assert!(desk.out(&["auth", "setup"]).contains("az ad app create"));
    // To sign in, one must say where.
    let login = desk.run(&["auth", "login"]);
    assert!(
        login.code == Some(10) && login.stderr.contains("no address of sign-in"),
        "{}",
        login.stderr
    );
}

#[test]
fn what_is_wrong_with_a_setting_hides_nothing_else_from_info() {
    let home = tempfile::tempdir().unwrap();
    let info = |variables: &[(&str, &str)], args: &[&str]| {
        let ran = ran(folkmoot(home.path())
            .arg("info")
            .args(args)
            .envs(variables.iter().copied()));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout
    };
    for (variables, says) in [
        (
            &[("FOLKMOOT_GRAPH_URL", "https://graph.example/v1.0")][..],
            "no address of sign-in",
        ),
        (&[("FOLKMOOT_TENANT", "no tenant!")], "is no tenant"),
        (
            &[("FOLKMOOT_ACCESS_TOKEN", "x"), ("FOLKMOOT_CLOUD", "moon")],
            "there is no cloud `moon`",
        ),
    ] {
        let json: Value = serde_json::from_str(&info(variables, &["--json"])).unwrap();
        assert!(json["problem"].as_str().unwrap().contains(says), "{json}");
        assert!(json["log"].is_string() && json["version"].is_string(), "{json}");
        let table = info(variables, &[]);
        let (_, given) = variables.last().unwrap();
        assert!(table.contains(says) && table.contains(given), "{table}");
    }
}
