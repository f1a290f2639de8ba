//! What the environment says, and what of it counts.

use secrecy::ExposeSecret;

use super::*;

fn environment(variables: &[(&str, &str)]) -> Environment {
    let usual = Folders {
        config: Some("/home/m/.config/folkmoot".into()),
        state: None,
    };
    Environment::from_variables(
        |name| {
            variables
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| value.into())
        },
        usual,
    )
}

#[test]
fn variables_that_are_not_set_or_empty_say_nothing() {
    let empty = [
        ("FOLKMOOT_CONFIG", ""),
        ("FOLKMOOT_ACCESS_TOKEN", " \n"),
        ("FOLKMOOT_GRAPH_URL", ""),
        ("FOLKMOOT_PROFILE", " "),
        ("EDITOR", ""),
        ("PAGER", " "),
        ("NO_COLOR", ""),
        ("CLICOLOR_FORCE", "0"),
        ("TERM", ""),
        ("COLUMNS", "wide"),
    ];
    for variables in [&[][..], &empty] {
        let environment = environment(variables);
        assert_eq!(environment.config, None);
        assert!(environment.access_token.is_none());
        assert_eq!(environment.editor, None);
        assert_eq!(
            environment.pager.is_some(),
            !variables.is_empty(),
            "nothing is something"
        );
        assert_eq!((environment.account, environment.profile), (Given::new(), None));
        assert!(!environment.no_color && !environment.force_color && !environment.dumb_terminal);
        assert_eq!(environment.columns, None);
        assert_eq!(
            environment.folders.config.as_deref(),
            Some(Path::new("/home/m/.config/folkmoot"))
        );
    }
}

#[test]
fn variables_are_read() {
    let environment = environment(&[
        ("FOLKMOOT_CONFIG", "here/山.toml"),
        ("FOLKMOOT_ACCESS_TOKEN", " eyJ0.secret\n"),
        ("FOLKMOOT_GRAPH_URL", "http://127.0.0.1:1/v1.0"),
        ("FOLKMOOT_PROFILE", "work"),
        ("FOLKMOOT_TENANT", "contoso.com"),
        ("AZURE_CLIENT_ID", "1"),
        ("VISUAL", "code --wait"),
        ("EDITOR", "vi"),
        ("PAGER", "less -S"),
        ("NO_COLOR", "1"),
        ("CLICOLOR_FORCE", "1"),
        ("TERM", "dumb"),
        ("COLUMNS", "72"),
    ]);
    assert_eq!(environment.config.as_deref(), Some(Path::new("here/山.toml")));
    assert_eq!(
        environment.access_token.as_ref().unwrap().expose_secret(),
        "eyJ0.secret"
    );
    assert_eq!(environment.editor.as_deref(), Some("code --wait"));
    assert_eq!(environment.pager.as_deref(), Some("less -S"));
    let said = |given: &Given| -> Vec<String> {
        given
            .values()
            .map(|value| format!("{}={}", value.from, value.text))
            .collect()
    };
    assert_eq!(
        said(&environment.account),
        [
            "FOLKMOOT_TENANT=contoso.com",
            "FOLKMOOT_GRAPH_URL=http://127.0.0.1:1/v1.0"
        ]
    );
    assert_eq!(said(&environment.azure), ["AZURE_CLIENT_ID=1"]);
    assert_eq!(environment.profile.as_deref(), Some("work"));
    assert!(environment.no_color && environment.force_color && environment.dumb_terminal);
    assert_eq!(environment.columns, Some(72));
    assert!(!format!("{environment:?}").contains("eyJ0"), "{environment:?}");
}

#[test]
fn the_editor_of_old_is_asked_last() {
    assert_eq!(
        environment(&[("VISUAL", ""), ("EDITOR", "vi")]).editor.as_deref(),
        Some("vi")
    );
}

#[cfg(unix)]
#[test]
fn xdg_folders_count_when_they_are_absolute() {
    let absolute = environment(&[("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")]).folders;
    let expected = Folders {
        config: Some("/c/folkmoot".into()),
        state: Some("/s/folkmoot".into()),
    };
    assert_eq!(absolute, expected);
    assert_eq!(environment(&[("XDG_STATE_HOME", "relative")]).folders.state, None);
}
