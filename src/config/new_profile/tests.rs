//! What a config file looks like after a profile was added, whatever it looked like before.

use super::super::source::default_file;
use super::super::{Environment, Surroundings};
use super::*;

const GUID: &str = "00001111-aaaa-2222-bbbb-3333cccc4444";

fn work() -> NewProfile {
    NewProfile {
        name: "work".parse().unwrap(),
        cloud: Cloud::Global,
        addresses: Default::default(),
        tenant: "contoso.com".to_owned(),
        client_id: Some(GUID.to_owned()),
        method: Some(Method::Device),
    }
}

const WORK: &str = "[profiles.work]\ncloud = \"global\"\ntenant = \"contoso.com\"\nclient_id = \"00001111-aaaa-2222-bbbb-3333cccc4444\"\nsign_in = \"device\"\n";

/// A config file in a folder of its own.
struct File {
    root: tempfile::TempDir,
    paths: Paths,
}

impl File {
    fn holding(text: Option<&str>) -> Self {
        let root = tempfile::tempdir().unwrap();
        let config_file = root.path().join("config/config.toml");
        if let Some(text) = text {
            fs::create_dir(root.path().join("config")).unwrap();
            fs::write(&config_file, text).unwrap();
        }
        let paths = Paths {
            config_file,
            config_asked_for: false,
            state: root.path().join("state"),
        };
        File { root, paths }
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.paths.config_file).unwrap()
    }

    fn add(&self, new: &NewProfile) -> Loaded {
        let added = add_profile(&self.paths, new, None).unwrap();
        assert_eq!(added.unsaved, None);
        assert_eq!(
            load(&self.paths).unwrap(),
            added.loaded,
            "what is gone on with is what is in the file"
        );
        added.loaded
    }
}

#[test]
fn a_new_file_holds_the_profile_and_is_for_its_owner_only() {
    let file = File::holding(None);
    let loaded = file.add(&work());
    assert_eq!(file.text(), format!("{HEADER}\n{WORK}"));
    let account = loaded
        .account(&work().name, &Given::new(), &Environment::default())
        .unwrap();
    assert_eq!(
        (account.tenant.as_str(), account.client_id.as_deref()),
        ("contoso.com", Some(GUID))
    );
    assert_eq!(account.method, Some(Method::Device));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file.paths.config_file), 0o600);
        assert_eq!(mode(file.paths.config_file.parent().unwrap()), 0o700);
    }
}

#[test]
fn whatever_stands_in_the_file_stays_as_it_is_and_where_it_is() {
    for text in [
        default_file(),
        "theme =   'monochrome'  # 山 עברית\n\n\n[keys]\nreply=[\"e\",\n  \"x\"] # two\n# the end",
        "# only a comment",
        "[profiles.home]\ntenant = \"home.example\"\n\n[time]\nclock = \"12h\"\n\n# about nothing\n",
        "[profiles]\n[profiles.home] # mine\ntenant = \"home.example\"\n",
        "theme = \"default\"\r\n\r\n[time]\r\nclock = \"12h\"\r\n",
    ] {
        let file = File::holding(Some(text));
        file.add(&work());
        let after = file.text();
        assert!(after.starts_with(text), "{after}");
        let added = after[text.len()..].replace("\r\n", "\n");
        assert_eq!(added.trim_start_matches('\n'), WORK, "{after}");
        assert!(added.starts_with('\n'), "{after}");
    }
}

#[test]
fn profiles_in_other_forms_take_another() {
    for text in [
        "profiles = { home = { tenant = \"home.example\" } } # in a line\ntheme = \"default\"\n",
        "profiles.home.tenant = \"home.example\"\n",
        "profiles.home = { tenant = \"home.example\" }\n[time]\nclock = \"12h\"\n",
    ] {
        let file = File::holding(Some(text));
        let loaded = file.add(&work());
        let names: Vec<&str> = loaded.config.profiles.keys().map(Profile::as_str).collect();
        assert_eq!(names, ["home", "work"], "{}", file.text());
    }
}

#[test]
fn a_profile_that_is_there_is_never_overwritten() {
    let text = "[profiles.work]\ntenant = \"mine.example\"\n";
    let file = File::holding(Some(text));
    let problem = add_profile(&file.paths, &work(), None).unwrap_err();
    assert!(problem.what.as_str().contains("`work` already"), "{problem}");
    assert_eq!(file.text(), text);
}

#[test]
fn a_second_try_takes_the_place_of_the_first() {
    let text = "# above\n[time]\nclock = \"12h\"\n# below\n";
    let file = File::holding(Some(text));
    file.add(&work());
    let again = NewProfile {
        name: "home".parse().unwrap(),
        tenant: "other.example".to_owned(),
        method: None,
        ..work()
    };
    let added = add_profile(&file.paths, &again, Some(&work().name)).unwrap();
    assert_eq!(added.loaded.config.profiles.len(), 1);
    let expected = WORK
        .replace("work", "home")
        .replace("contoso.com", "other.example")
        .replace("sign_in = \"device\"\n", "");
    assert_eq!(file.text(), format!("{text}\n{expected}"));
    add_profile(&file.paths, &again, Some(&again.name)).unwrap();
    assert_eq!(file.text(), format!("{text}\n{expected}"));
}

#[test]
fn answers_that_are_wrong_change_nothing() {
    let file = File::holding(Some("theme = \"default\"\n"));
    for wrong in [
        NewProfile {
            client_id: Some("x".to_owned()),
            ..work()
        },
        NewProfile {
            tenant: "a\nb".to_owned(),
            ..work()
        },
        NewProfile {
            cloud: Cloud::Custom,
            addresses: ["http://graph.example".to_owned(), String::new()],
            ..work()
        },
    ] {
        let problem = add_profile(&file.paths, &wrong, None).unwrap_err();
        assert_eq!(problem.kind, crate::protocol::ProblemKind::Config);
        assert_eq!(file.text(), "theme = \"default\"\n");
    }
}

#[test]
fn a_custom_cloud_is_its_addresses() {
    let file = File::holding(None);
    let custom = NewProfile {
        cloud: Cloud::Custom,
        addresses: ["http://127.0.0.1:1/v1.0", "http://127.0.0.1:1"].map(str::to_owned),
        client_id: Some("app \"1\"\\".replace(' ', "-")),
        ..work()
    };
    let loaded = file.add(&custom);
    // The answers hold in this run, whatever the environment says.
    let environment = Environment {
        account: work().given(),
        surroundings: Surroundings::default(),
        ..Environment::default()
    };
    let account = loaded.account(&custom.name, &custom.given(), &environment).unwrap();
    assert_eq!(
        (account.cloud, account.login_url.as_str()),
        (Cloud::Custom, "http://127.0.0.1:1")
    );
    assert_eq!(account.client_id.as_deref(), Some("app-\"1\"\\"));
    let alone = loaded
        .account(&custom.name, &Given::new(), &Environment::default())
        .unwrap();
    assert_eq!(alone.client_id, account.client_id);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_a_link_stays_one_and_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let file = File::holding(Some("theme = \"default\"\n"));
    let real = file.root.path().join("dotfiles.toml");
    fs::rename(&file.paths.config_file, &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::symlink(&real, &file.paths.config_file).unwrap();
    file.add(&work());
    assert!(file.paths.config_file.is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("[profiles.work]"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o644);
}

// Nobody can make a folder there, not even root.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_the_program_goes_on_with_what_was_answered() {
    let paths = Paths {
        config_file: "/proc/folkmoot/config.toml".into(),
        ..File::holding(None).paths
    };
    let added = add_profile(&paths, &work(), None).unwrap();
    assert!(added.loaded.config.profiles.contains_key(&work().name));
    let unsaved = added.unsaved.unwrap();
    assert!(unsaved.what.as_str().contains("cannot be written"), "{unsaved}");
}
