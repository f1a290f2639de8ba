//! `folkmoot auth login` to its end, and what comes after it.

use std::fs;

use serde_json::Value;

use crate::browser::{Login, fill_in, follow};
use crate::profiles::{Desk, HANAKO, INES};
use crate::support::{folkmoot, pluck, ran};

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
fn what_graph_demands_is_proved_by_the_next_sign_in() {
    let desk = Desk::new(&["default"]);
    desk.sign_in("", 0, INES);
    desk.tenants[0].add_fault("GET /groups/*/threads@1=claims".parse().unwrap());
    let list = ["thread", "list", "Product"];
    for _ in 0..2 {
        let ran = desk.run("", &list);
        assert_eq!(ran.code, Some(3), "{}", ran.stderr);
        assert!(ran.stderr.contains("folkmoot auth login"), "{}", ran.stderr);
    }
    assert!(desk.run("", &["auth", "status"]).stdout.contains("sign in again"));
    assert_eq!(desk.run("", &["auth", "doctor"]).code, Some(3));
    let mut login = desk.login("", "browser");
    let link = login.step("open_url")["url"].as_str().unwrap().to_owned();
    assert_eq!(follow(&fill_in(&link, INES, "accept")).0, 200);
    let link = url::Url::parse(&link).unwrap();
    let claims = link.query_pairs().find(|(name, _)| name == "claims").unwrap().1;
    assert!(claims.contains("nbf") && claims.contains("xms_cc"), "{claims}");
    assert_eq!(login.ended().code, Some(0));
    let ran = desk.run("", &list);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
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
fn what_the_first_sign_in_may_not_see_of_others_is_said_to_be_hidden() {
    let desk = Desk::new(&["default"]);
    desk.sign_in("", 0, INES);
    let hidden = "note: job, office and phones are hidden: they need the permission User.Read.All\n";
    let hanako = "hanako.yamada@folkvale.example";
    let shown = desk.run("", &["user", "show", hanako]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), hidden));
    assert!(shown.stdout.contains("山田"), "{}", shown.stdout);
    let card = desk.command("", &["user", "card", hanako]).output().unwrap();
    assert_eq!(String::from_utf8(card.stderr).unwrap(), hidden);
    assert!(String::from_utf8(card.stdout).unwrap().contains("山田"));
    for (args, says) in [
        (&["user", "search", "hanako"][..], hidden),
        (&["user", "search", "hanako", "--select", "Title,name"], hidden),
        (&["user", "search", "hanako", "--select", "name,office"], hidden),
        (&["user", "search", "hanako", "--select", "name"], ""),
        (&["user", "search", "hanako", "--json"], hidden),
        (&["user", "reports", "solveig"], hidden),
        (&["user", "reports", "solveig", "-o", "csv"], hidden),
        (&["org", "tree", "solveig"], hidden),
        (&["org", "tree", "solveig", "--json"], hidden),
        (&["who", "hanako"], hidden),
        (&["who", "hanako", "-o", "tsv"], hidden),
        (&["who", "hanako", "--json"], hidden),
        (&["who", "hanako", "--json", "--select", "id,mail"], ""),
        (&["who", "hanako", "--json", "--select", "id,jobTitle"], hidden),
        // Her own title is to be seen, those of the others are not.
        (&["member", "list", "product"], hidden),
        (&["member", "list", "product", "--select", "name,mail"], ""),
        (&["owner", "list", "product"], hidden),
    ] {
        let ran = desk.run("", args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), says), "{args:?}");
    }
    let who = desk.run("", &["who", "hanako"]).stdout;
    assert!(who.contains("\nmanager  (hidden: needs User.Read.All)\n"), "{who}");
    let members = desk.run("", &["member", "list", "product"]).stdout;
    assert!(members.contains("Group Product Manager"), "{members}");
    let own = desk.run("", &["user", "show", "ines.wickersham@folkvale.example"]);
    assert_eq!((own.code, own.stderr.as_str()), (Some(0), ""));
    assert!(own.stdout.contains("Group Product Manager"), "{}", own.stdout);
    let own = desk.run("", &["who", "ines.wickersham"]);
    assert_eq!((own.code, own.stderr.as_str()), (Some(0), ""));
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
