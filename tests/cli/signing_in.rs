//! `folkmoot auth login` to its end, what comes after it, and places that cannot keep a sign-in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use folkmoot::demo::{Options, Tenant};
use serde_json::Value;
use tempfile::TempDir;

use crate::browser::{Login, fill_in, follow};
use crate::support::{Ran, folkmoot, pluck, ran};

const INES: &str = "ines.wickersham";
const HANAKO: &str = "hanako.yamada";

/// A home whose profiles are each for a tenant of its own.
struct Desk {
    tenants: Vec<Tenant>,
    home: TempDir,
}

impl Desk {
    fn new(profiles: &[&str]) -> Desk {
        let tenant = |_: &&str| {
            let options = Options {
                device_code_interval: Duration::from_secs(1),
                ..Options::default()
            };
            Tenant::spawn(options).unwrap()
        };
        let desk = Desk {
            tenants: profiles.iter().map(tenant).collect(),
            home: tempfile::tempdir().unwrap(),
        };
        desk.configure(profiles, "");
        desk
    }

    /// Writes the config file; `more` stands in every profile.
    fn configure(&self, profiles: &[&str], more: &str) {
        let mut config = String::new();
        for (name, tenant) in profiles.iter().zip(&self.tenants) {
            config.push_str(&format!(
                "[profiles.{name}]\ngraph_url = \"{}\"\nlogin_url = \"{}\"\nclient_id = \"{}\"\n{more}\n",
                tenant.graph_url(),
                tenant.authority_url(),
                tenant.client_id()
            ));
        }
        fs::write(self.home.path().join("config.toml"), config).unwrap();
    }

    fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }

    fn file(&self, profile: &str) -> PathBuf {
        self.state().join("folkmoot").join(profile).join("sign-in.json")
    }

    fn command(&self, profile: &str, args: &[&str]) -> Command {
        let mut command = folkmoot(self.home.path());
        command
            .env("XDG_STATE_HOME", self.state())
            .env("FOLKMOOT_CONFIG", "config.toml");
        if !profile.is_empty() {
            command.args(["--profile", profile]);
        }
        command.args(args);
        command
    }

    fn run(&self, profile: &str, args: &[&str]) -> Ran {
        ran(&mut self.command(profile, args))
    }

    fn json(&self, profile: &str, args: &[&str]) -> Value {
        let ran = self.run(profile, &[args, &["--json"]].concat());
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr))
    }

    fn login(&self, profile: &str, method: &str) -> Login {
        Login::begin(&mut self.command(profile, &["auth", "login", "--method", method, "--json"]))
    }

    /// Signs in by code.
    fn sign_in(&self, profile: &str, tenant: usize, person: &str) {
        let mut login = self.login(profile, "device");
        login.by_code(&self.tenants[tenant], person);
        let ran = login.ended();
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    }

    fn signed_in(&self, profile: &str) -> bool {
        self.json(profile, &["auth", "status"])["signed_in"] == true
    }
}

#[test]
fn somebody_signs_in_in_a_browser_and_every_command_knows() {
    let desk = Desk::new(&["default"]);
    let before = desk.run("", &["auth", "status"]);
    assert_eq!((before.code, before.stdout.as_str()), (Some(3), ""));
    assert!(before.stderr.contains("folkmoot auth login"), "{}", before.stderr);

    let mut login = desk.login("", "browser");
    login.by_browser(INES);
    let signed_in = login.step("signed_in");
    assert_eq!(signed_in["address"], "ines.wickersham@folkvale.example");
    let kept = desk.file("default");
    assert!(
        signed_in["kept"].as_str().unwrap().contains(kept.to_str().unwrap()),
        "{signed_in}"
    );
    assert!(
        signed_in["notice"].as_str().unwrap().contains("so a file is used"),
        "{signed_in}"
    );
    let ran = login.ended();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));

    let status = desk.json("", &["auth", "status"]);
    assert_eq!(
        (&status["address"], &status["method"]),
        (&signed_in["address"], &"browser".into())
    );
    assert_eq!(status["tenant"], desk.tenants[0].tenant_id());
    assert!(
        status["scopes"].as_array().unwrap().contains(&"User.Read".into()),
        "{status}"
    );
    assert!(
        status["expires_at"].is_string() && status["renewable"] == true,
        "{status}"
    );
    let words = desk.run("", &["auth", "status"]).stdout;
    for part in [
        "ines.wickersham@folkvale.example",
        "User.Read",
        "by       browser",
        kept.to_str().unwrap(),
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let groups = desk.json("", &["group", "list", "--all", "--limit", "1"]);
    assert_eq!(groups.as_array().map(Vec::len), Some(1));
    // The token is good for Graph elsewhere too.
    let token = desk.json("", &["auth", "token"])["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut elsewhere = folkmoot(desk.home.path());
    elsewhere
        .env("FOLKMOOT_GRAPH_URL", desk.tenants[0].graph_url())
        .env("FOLKMOOT_ACCESS_TOKEN", token)
        .args(["me", "show", "--json"]);
    assert!(crate::support::ran(&mut elsewhere).stdout.contains("Wickersham"));

    let out = desk.json("", &["auth", "logout"]);
    assert_eq!(out[0]["signed_out"], true);
    assert!(!kept.exists() && !desk.signed_in(""));
    assert_eq!(desk.json("", &["auth", "logout"])[0]["signed_out"], false);
    assert_eq!(desk.run("", &["group", "list"]).code, Some(3));
}

#[test]
fn a_code_is_told_and_what_became_of_it() {
    let desk = Desk::new(&["default"]);
    let mut login = desk.login("", "device");
    let step = login.step("device_code");
    assert!(
        step["verification_uri"].as_str().unwrap().ends_with("/devicelogin"),
        "{step}"
    );
    assert!(step["expires_at"].is_string(), "{step}");
    assert!(desk.tenants[0].decline_device(step["user_code"].as_str().unwrap()));
    let failed = login.step("failed");
    assert!(
        failed["code"].is_string() && !failed["next"].as_str().unwrap().is_empty(),
        "{failed}"
    );
    let ran = login.ended();
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    assert!(!desk.signed_in(""));

    desk.sign_in("", 0, HANAKO);
    let status = desk.json("", &["auth", "status"]);
    assert_eq!(
        (&status["address"], &status["method"]),
        (&"hanako.yamada@folkvale.example".into(), &"device".into())
    );
}

#[test]
fn over_ssh_the_way_home_is_told_and_the_address_may_be_pasted() {
    let desk = Desk::new(&["default"]);
    let mut command = desk.command("", &["auth", "login", "--method", "browser", "--json"]);
    let mut login = Login::begin(
        command
            .env("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 2222")
            .env("USER", "mira"),
    );
    let step = login.step("open_url");
    assert_eq!(step["opened"], false);
    let tunnel = step["tunnel"].as_str().unwrap();
    assert!(
        tunnel.starts_with("ssh -L ") && tunnel.contains("-p 2222 mira@"),
        "{tunnel}"
    );
    login.paste("nonsense");
    let refused = login.step("rejected");
    assert!(refused["what"].as_str().unwrap().contains("pasted is not"), "{refused}");
    login.paste(&fill_in(step["url"].as_str().unwrap(), INES, "accept"));
    login.step("signed_in");
    assert_eq!(login.ended().code, Some(0));

    // Without being told how, a code is shown: no browser is here.
    let mut command = desk.command("", &["auth", "login", "--json"]);
    let mut login = Login::begin(command.env("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22"));
    let trying = login.step("trying");
    assert_eq!(trying["method"], "device");
    assert!(trying["why"].as_str().unwrap().contains("SSH"), "{trying}");
    login.by_code(&desk.tenants[0], INES);
    assert_eq!(login.ended().code, Some(0));
}

#[test]
fn profiles_live_side_by_side_and_leave_each_other_alone() {
    let desk = Desk::new(&["work", "club"]);
    desk.sign_in("work", 0, INES);
    desk.sign_in("club", 1, HANAKO);
    assert_eq!(desk.run("", &["auth", "switch", "club"]).code, Some(0));

    let list = desk.json("", &["auth", "list"]);
    assert_eq!(pluck(&list, "profile"), ["club", "work"]);
    assert_eq!(
        pluck(&list, "address"),
        ["hanako.yamada@folkvale.example", "ines.wickersham@folkvale.example"]
    );
    assert_eq!((&list[0]["active"], &list[1]["active"]), (&true.into(), &false.into()));
    assert_eq!(
        (&list[0]["signed_in"], &list[0]["problem"]),
        (&true.into(), &Value::Null)
    );
    assert!(list[0]["kept"].as_str().unwrap().contains("sign-in.json"), "{list}");
    let table = desk.run("", &["auth", "list"]).stdout;
    assert!(table.contains("hanako.yamada@folkvale.example"), "{table}");

    // Each talks to its own tenant, with its own token, whichever is in use.
    for (at, (profile, person)) in [("work", "ines"), ("club", "hanako")].into_iter().enumerate() {
        let me = desk.json(profile, &["me", "show"]);
        assert!(me["userPrincipalName"].as_str().unwrap().starts_with(person), "{me}");
        assert!(desk.tenants[at].requests().iter().all(|seen| seen.status != Some(401)));
    }
    assert_eq!(desk.run("", &["auth", "switch", "work"]).code, Some(0));
    assert!(desk.signed_in("club") && desk.signed_in(""));
    assert_eq!(desk.json("", &["auth", "logout"])[0]["profile"], "work");
    assert!(!desk.signed_in("work") && desk.signed_in("club"));
    let list = desk.json("", &["auth", "list"]);
    assert_eq!(
        (&list[0]["signed_in"], &list[1]["signed_in"]),
        (&true.into(), &false.into())
    );
}

#[test]
fn signing_out_of_all_takes_the_tokens_of_profiles_whose_settings_are_wrong_too() {
    let desk = Desk::new(&["work", "club", "old"]);
    for (at, profile) in ["work", "club", "old"].into_iter().enumerate() {
        desk.sign_in(profile, at, INES);
    }
    // One profile is gone from the config file; an address from outside contradicts all of them.
    desk.configure(&["work", "club"], "");
    let mut command = desk.command("", &["auth", "logout", "--all", "--json"]);
    let ran = ran(command.env("FOLKMOOT_LOGIN_URL", "http://login.example"));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let rows: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(pluck(&rows, "profile"), ["club", "default", "old", "work"]);
    for profile in ["work", "club", "old"] {
        assert!(!desk.file(profile).exists(), "{profile}");
    }
}

#[test]
fn what_cannot_be_signed_out_is_said_and_the_rest_is_signed_out() {
    let desk = Desk::new(&["broken", "work"]);
    desk.sign_in("work", 1, INES);
    // Where a folder belongs, there is something else.
    fs::write(desk.state().join("folkmoot/broken"), "").unwrap();
    let ran = desk.run("", &["auth", "logout", "--all"]);
    assert_ne!(ran.code, Some(0));
    assert!(ran.stderr.contains("Signed out of work."), "{}", ran.stderr);
    assert!(ran.stderr.contains("broken: "), "{}", ran.stderr);
    assert!(!desk.file("work").exists());
}

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
