//! One's own profile and photo, changed.

use std::process::Stdio;

use folkmoot::demo::Options;
use serde_json::Value;

use crate::ends::interrupt;
use crate::stub::Stub;
use crate::support::{Desk, desk, desk_with};

fn profile(desk: &Desk) -> Value {
    desk.json(&["me", "show"])
}

#[test]
fn a_profile_is_changed_in_two_requests() {
    let desk = desk();
    let told = desk.run(&[
        "me",
        "update",
        "--mobile-phone",
        "+46 555 0199",
        "--about",
        "ضوء 灯",
        "--skills",
        "wicks, 日本語,",
    ]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), ""), "{}", told.stderr);
    assert_eq!(told.stderr, "changed: mobilePhone, aboutMe, skills\n");
    assert_eq!(profile(&desk)["mobilePhone"], "+46 555 0199");
    let writes: Vec<String> = desk
        .tenant
        .requests()
        .iter()
        .filter(|seen| seen.method == "PATCH")
        .map(|seen| seen.path.clone())
        .collect();
    assert_eq!(writes, ["/v1.0/me", "/v1.0/me"]);
    let json = desk.json(&["me", "update", "--mobile-phone", "", "--interests", ""]);
    assert_eq!(json["kind"], "update");
    assert_eq!(json["changed"], serde_json::json!(["mobilePhone", "interests"]));
    assert_eq!(profile(&desk)["mobilePhone"], Value::Null);
}

#[cfg(unix)]
#[test]
fn interrupted_it_says_that_it_may_be_done() {
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("人.jpg");
    std::fs::write(&photo, [0xFF, 0xD8, 0xFF, 0xE0]).unwrap();
    let photo = photo.to_str().unwrap();
    let update = ["me", "update", "--mobile-phone", "1", "--about", "x"];
    for (args, fault, says) in [
        (
            &update[..],
            "PATCH /me@2=hang",
            "changed: mobilePhone\nmaybe changed, look with",
        ),
        (
            &["me", "photo", photo],
            "PUT /**@1=hang",
            "Whether the photo is up is not known.",
        ),
    ] {
        let desk = desk_with(Options {
            faults: vec![fault.parse().unwrap()],
            ..Options::default()
        });
        let mut command = desk.command(args);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let writes = || desk.tenant.requests().into_iter().filter(|seen| seen.method != "GET");
        while writes().count() < args.len() / 3 {
            std::thread::yield_now();
        }
        interrupt(child.id(), "INT");
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert!(said.starts_with(says), "{said}");
    }
}

#[test]
fn what_was_and_what_was_not_changed_is_told() {
    let args = ["me", "update", "--mobile-phone", "1", "--about", "x", "--skills", "a"];
    for (fault, code, says, json) in [
        (
            "PATCH /me@2=expired",
            3,
            "  changed: mobilePhone\n  not changed: aboutMe, skills\n",
            "notChanged",
        ),
        (
            "PATCH /me@1=expired",
            3,
            "  not changed: mobilePhone, aboutMe, skills\n",
            "notChanged",
        ),
        (
            "PATCH /me@2=503",
            9,
            "  changed: mobilePhone\n  maybe changed",
            "unknown",
        ),
        (
            "PATCH /me@2=429:600",
            6,
            "  changed: mobilePhone\n  not changed: aboutMe, skills\n",
            "notChanged",
        ),
    ] {
        let tenant = || {
            desk_with(Options {
                faults: vec![fault.parse().unwrap()],
                ..Options::default()
            })
        };
        let ran = tenant().run(&args);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(code), ""),
            "{fault}: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains(says), "{fault}: {}", ran.stderr);
        let ran = tenant().run(&[&args[..], &["--json"]].concat());
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert!(
            ran.code == Some(code) && !told[json].as_array().unwrap().is_empty(),
            "{fault}: {told}"
        );
    }
}

#[test]
fn nothing_is_changed_with_read_only() {
    let desk = desk();
    for args in [&["me", "update", "--about", "x"][..], &["me", "photo", "x.jpg"]] {
        let ran = desk.run(&[&["--read-only"], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("--read-only"), "{}", ran.stderr);
    }
    assert!(desk.tenant.requests().iter().all(|seen| seen.method == "GET"));
}

#[test]
fn a_photo_is_saved_and_put_up() {
    let desk = desk();
    let file = desk.home.path().join("人.jpg");
    let path = file.to_str().unwrap();
    let saved = desk.run(&["user", "photo", "me", "-O", path]);
    assert_eq!(saved.code, Some(0), "{}", saved.stderr);
    assert!(saved.stderr.starts_with("saved ") && std::fs::read(&file).unwrap().starts_with(&[0xFF, 0xD8]));
    let piped = desk.command(&["user", "photo", "me"]).output().unwrap();
    assert_eq!(piped.stdout, std::fs::read(&file).unwrap());
    let meta = desk.json(&["user", "photo", "me", "--meta"]);
    assert_eq!(meta["@odata.mediaContentType"], "image/jpeg");

    let up = desk.run(&["me", "photo", path]);
    assert_eq!((up.code, up.stdout.as_str()), (Some(0), ""), "{}", up.stderr);
    let small = desk.run(&["user", "photo", "me", "--size", "48", "--meta", "--json"]);
    assert!(small.stdout.contains("48X48"), "{}{}", small.stdout, small.stderr);

    let before = desk.tenant.requests().len();
    let bad = [
        ("png.png", b"\x89PNG\r\n".to_vec()),
        ("big.jpg", [&[0xFF, 0xD8, 0xFF][..], &vec![0; 4 << 20]].concat()),
    ];
    for (name, bytes) in bad {
        let file = desk.home.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let ran = desk.run(&["me", "photo", file.to_str().unwrap()]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{name}: {}", ran.stderr);
    }
    assert_eq!(desk.tenant.requests().len(), before, "what cannot be right is not sent");
    let denied = Stub::answering(|_| (403, r#"{"error":{"code":"ErrorAccessDenied","message":"No."}}"#));
    let ran = denied.run(&["me", "photo", path]);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    assert!(ran.stderr.contains("User.ReadWrite"), "{}", ran.stderr);
}
