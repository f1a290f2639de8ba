//! Where a sign-in is kept, where it cannot be, and that nothing of it is told.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::browser::{Login, fill_in, follow};
use crate::profiles::{Desk, HANAKO, INES};
use crate::support::Ran;

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused_until_it_is_closed() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(&["default"]);
    desk.sign_in("", 0, INES);
    let file = desk.file("default");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    for args in [&["auth", "status"][..], &["group", "list"]] {
        let ran = desk.run("", args);
        assert_eq!(ran.code, Some(3), "{}", ran.stderr);
        assert!(ran.stderr.contains("chmod 600 "), "{}", ran.stderr);
    }
    let list = desk.json("", &["auth", "list"]);
    assert_eq!(list[0]["signed_in"], Value::Null);
    assert!(
        list[0]["problem"].as_str().unwrap().contains("can be read by others"),
        "{list}"
    );
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(desk.signed_in(""));
}

#[test]
fn a_broken_file_is_told_and_signing_in_again_mends_it() {
    let desk = Desk::new(&["default"]);
    desk.sign_in("", 0, INES);
    let file = desk.file("default");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, &text[..text.len() / 2]).unwrap();
    let ran = desk.run("", &["auth", "status"]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.stderr.contains("cannot be read") && ran.stderr.contains("Sign in again"),
        "{}",
        ran.stderr
    );
    desk.sign_in("", 0, HANAKO);
    assert_eq!(
        desk.json("", &["auth", "status"])["address"],
        "hanako.yamada@folkvale.example"
    );
}

#[test]
fn a_sign_in_that_nothing_can_keep_is_no_success() {
    let desk = Desk::new(&["default"]);
    // No folder can be made there, whoever runs this.
    fs::create_dir_all(desk.state().join("folkmoot")).unwrap();
    fs::write(desk.state().join("folkmoot/default"), "").unwrap();
    let mut login = desk.login("", "device");
    login.by_code(&desk.tenants[0], INES);
    let signed_in = login.step("signed_in");
    assert!(signed_in["kept"].as_str().unwrap().starts_with("memory"), "{signed_in}");
    let ran = login.ended();
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("ended with this command"), "{}", ran.stderr);

    let desk = Desk::new(&["default"]);
    desk.configure(&["default"], "keep = \"memory\"");
    let ran = desk.run("", &["auth", "login", "--method", "device"]);
    assert_eq!(ran.code, Some(10));
    assert!(ran.stderr.contains("keep"), "{}", ran.stderr);
    assert!(
        desk.tenants[0].requests().is_empty(),
        "nobody is sent to a browser for nothing"
    );
}

/// Every token, code and the like that has passed, taken from what was kept and from the address in the browser.
#[test]
fn nothing_that_is_written_or_said_holds_a_token_a_code_or_a_verifier() {
    let desk = Desk::new(&["default"]);
    let mut secrets = Vec::new();
    let mut said = String::new();
    let mut take = |ran: &Ran| said.push_str(&format!("{}{}", ran.stdout, ran.stderr));
    let login = |method: &str| {
        let args = ["--log-level", "trace", "auth", "login", "--json", "--method", method];
        Login::begin(&mut desk.command("", &args))
    };
    let kept = |secrets: &mut Vec<String>| {
        let kept: Value = serde_json::from_str(&fs::read_to_string(desk.file("default")).unwrap()).unwrap();
        for name in ["access_token", "refresh_token"] {
            secrets.push(kept["sign_in"][name].as_str().unwrap().to_owned());
        }
    };
    // Both ways.
    let mut browser = login("browser");
    let back = browser.by_browser(INES);
    take(&browser.ended());
    let code = url::Url::parse(&back)
        .unwrap()
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1
        .into_owned();
    secrets.push(code);
    kept(&mut secrets);
    let mut device = login("device");
    device.by_code(&desk.tenants[0], INES);
    take(&device.ended());
    kept(&mut secrets);
    // A redirect from another page, one with an error, and an answer that breaks off in the middle of the tokens.
    let mut refused = login("browser");
    let link = refused.step("open_url")["url"].as_str().unwrap().to_owned();
    let back = fill_in(&link, INES, "decline");
    let root = back.split('?').next().unwrap();
    assert_eq!(follow(&format!("{root}?code=SECRET-1&state=SECRET-2")).0, 400);
    assert_eq!(follow(&back).0, 200);
    let refused = refused.ended();
    assert_eq!(refused.code, Some(3));
    take(&refused);
    secrets.extend(["SECRET-1", "SECRET-2"].map(str::to_owned));
    desk.tenants[0].expire_access_tokens();
    desk.tenants[0].add_fault("POST /organizations/oauth2/v2.0/token@*=truncate".parse().unwrap());
    let cut = desk.run("", &["--log-level", "trace", "group", "list"]);
    assert_ne!(cut.code, Some(0));
    take(&cut);
    // Revoked: the refresh token that was sent is gone.
    desk.tenants[0].clear_faults();
    desk.tenants[0].revoke_refresh_tokens(INES);
    let revoked = desk.run("", &["--log-level", "trace", "group", "list"]);
    assert_eq!(revoked.code, Some(3), "{}", revoked.stderr);
    take(&revoked);

    let log = fs::read_to_string(desk.state().join("folkmoot/default/folkmoot.log")).unwrap();
    assert!(log.contains("signed in") && log.contains("was not renewed"), "{log}");
    said.push_str(&log);
    assert!(secrets.len() >= 7);
    for secret in &secrets {
        assert!(
            secret.len() >= 8 && !said.contains(secret.as_str()),
            "a secret was told"
        );
    }
    // The challenge is in the link; what it was made from is nowhere.
    for name in [
        "code_verifier",
        "refresh_token=",
        "\"access_token\"",
        "device_code=",
        "Bearer ",
    ] {
        assert!(!said.contains(name), "{name}");
    }
}
