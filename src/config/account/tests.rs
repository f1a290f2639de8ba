//! Which source goes before which, and what is said of wrong values.

use super::super::{Environment, Loaded, Paths};
use super::*;

const GUID: &str = "00001111-aaaa-2222-bbbb-3333cccc4444";

fn load(text: &str) -> Result<Loaded, Problem> {
    let root = tempfile::tempdir().unwrap();
    let config_file = root.path().join("c.toml");
    std::fs::write(&config_file, text).unwrap();
    super::super::load(&Paths {
        config_file,
        config_asked_for: true,
        state: root.path().to_owned(),
    })
}

fn given(from: &str, values: &[(Setting, &str)]) -> Given {
    let value = |text: &str| Value {
        text: text.to_owned(),
        from: from.to_owned(),
    };
    values.iter().map(|(setting, text)| (*setting, value(text))).collect()
}

fn environment(ours: &[(Setting, &str)], azure: &[(Setting, &str)]) -> Environment {
    Environment {
        account: given("FOLKMOOT", ours),
        azure: given("AZURE", azure),
        ..Environment::default()
    }
}

fn account(text: &str, flags: &[(Setting, &str)], environment: &Environment) -> Result<Account, Problem> {
    load(text)?.account(&"work".parse().unwrap(), &given("flag", flags), environment)
}

#[test]
fn nothing_said_is_the_global_cloud_and_any_organisation() {
    let plain = account("", &[], &Environment::default()).unwrap();
    assert_eq!(plain.cloud, Cloud::Global);
    assert_eq!(plain.graph_url, "https://graph.microsoft.com/v1.0");
    assert_eq!(plain.login_url, "https://login.microsoftonline.com");
    assert_eq!(plain.resource(), "https://graph.microsoft.com");
    assert_eq!(
        (plain.tenant.as_str(), plain.client_id, plain.keep),
        ("organizations", None, Keep::Auto)
    );
}

#[test]
fn a_flag_goes_before_the_environment_that_before_the_profile_and_azure_comes_last() {
    let text = "[profiles.work]\ntenant = \"profile.example\"\n";
    let (flag, ours, azure) = (
        [(Setting::Tenant, "flag.example")],
        [(Setting::Tenant, "ours.example")],
        [(Setting::Tenant, "azure.example"), (Setting::ClientId, GUID)],
    );
    for (text, flags, environment, expected) in [
        (text, &flag[..], environment(&ours, &azure), "flag.example"),
        (text, &[], environment(&ours, &azure), "ours.example"),
        (text, &[], environment(&[], &azure), "profile.example"),
        ("", &[], environment(&[], &azure), "azure.example"),
        (
            "[profiles.other]\ntenant = \"o.example\"",
            &[],
            environment(&[], &azure),
            "azure.example",
        ),
    ] {
        let account = account(text, flags, &environment).unwrap();
        assert_eq!(
            (account.tenant.as_str(), account.client_id.as_deref()),
            (expected, Some(GUID))
        );
    }
}

#[test]
fn a_cloud_hides_addresses_further_down_and_addresses_hide_a_cloud() {
    let custom = "[profiles.work]\ngraph_url = \"https://g.example/v1.0/\"\nlogin_url = \"http://[::1]:8/x\"\nclient_id = \"me\"";
    let own = account(custom, &[], &Environment::default()).unwrap();
    assert_eq!(
        (own.cloud, own.graph_url.as_str()),
        (Cloud::Custom, "https://g.example/v1.0")
    );
    assert_eq!(
        (own.login_url.as_str(), own.client_id.as_deref()),
        ("http://[::1]:8/x", Some("me"))
    );
    let none = Environment::default();
    let flagged = account(custom, &[(Setting::Cloud, "china"), (Setting::ClientId, GUID)], &none).unwrap();
    assert_eq!(
        (flagged.cloud, flagged.login_url.as_str()),
        (Cloud::China, "https://login.partner.microsoftonline.cn")
    );
    let china = "[profiles.work]\ncloud = \"china\"";
    let urls = [
        (Setting::GraphUrl, "http://127.0.0.1:1/v1.0"),
        (Setting::LoginUrl, "http://localhost:1"),
    ];
    assert_eq!(account(china, &urls, &none).unwrap().cloud, Cloud::Custom);
    // Microsoft's own Graph says where sign-in is.
    let gov = [(Setting::GraphUrl, "https://graph.microsoft.us/v1.0")];
    let gov = account("", &gov, &none).unwrap();
    assert_eq!(
        (gov.cloud, gov.login_url.as_str()),
        (Cloud::UsGovL4, "https://login.microsoftonline.us")
    );
}

#[test]
fn wrong_values_are_named_with_their_place() {
    for (line, place, word) in [
        ("cloud = \"germany\"", "c.toml:2:9: ", "`usgov-l4`"),
        ("tenant = \"con toso\"", "c.toml:2:10: ", "is no tenant"),
        ("tenant = \"contoso\"", "c.toml:2:10: ", "none of Microsoft's"),
        ("tenant = \"a/../b\"", "c.toml:2:10: ", "is no tenant"),
        ("client_id = \"x\"", "c.toml:2:13: ", "auth setup"),
        ("login_url = \"https://l.example\"", "c.toml:2:13: ", "graph_url"),
        ("graph_url = \"https://g.example/v1.0\"", "c.toml:2:13: ", "--login-url"),
        ("graph_url = \"https://g.example\"", "c.toml:2:13: ", "Graph's version"),
        ("graph_url = \"https://g.example/\"", "c.toml:2:13: ", "Graph's version"),
        ("graph_url = \"http://g.example\"", "c.toml:2:13: ", "Plain http"),
        ("graph_url = \"https://a:b@g.example\"", "c.toml:2:13: ", "password"),
        ("graph_url = \"ftp://g.example\"", "c.toml:2:13: ", "https://"),
        (
            "cloud = \"china\"\nlogin_url = \"https://l.example\"",
            "c.toml:3:13: ",
            "contradicts",
        ),
        ("sign_in = \"carrier-pigeon\"", "c.toml:2:11: ", "`device`"),
        ("keep = \"safe\"", "c.toml:2:8: ", "`keyring`"),
        ("token_command = \" \"", "c.toml:2:17: ", "shell command"),
        ("scopes = [\"a b\"]", "c.toml:2:10: ", "each by itself"),
        ("tennant = \"x\"", "c.toml:2:1: ", "`tenant`"),
        ("sign_in = \"token-command\"", "", "no token_command"),
        ("[profiles.\"../x\"]", "c.toml:2:11: ", "cannot name a profile"),
        ("[profiles]\nx = 1", "c.toml:", ""),
    ] {
        let problem = load(&format!("[profiles.work]\n{line}\n")).expect_err(line);
        assert_eq!(problem.kind, ProblemKind::Config);
        let said = problem.to_string();
        assert!(said.contains(place) && said.contains(word), "{line}: {said}");
    }
    let environment = environment(&[(Setting::ClientId, "\u{1b}[2J")], &[]);
    let said = account("", &[], &environment).unwrap_err().to_string();
    assert!(said.starts_with("FOLKMOOT: ") && !said.contains('\u{1b}'), "{said:?}");
}
