//! Where the program runs, as far as signing in depends on it.

use std::ffi::OsStr;
use std::path::PathBuf;

use url::Url;

/// Where the program runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// There is a screen that a browser can open on: `DISPLAY` or `WAYLAND_DISPLAY` is set, or the system always has one.
    pub display: bool,
    /// `SSH_CONNECTION`: address and port of the client, then of this machine.
    pub ssh: Option<String>,
    /// Who runs it.
    pub user: Option<String>,
    /// This machine's name.
    pub host: Option<String>,
    /// The Azure CLI, where it is on the `PATH`.
    pub az: Option<PathBuf>,
    /// `BROWSER`: the person's browser.
    pub browser: Option<String>,
    /// The first variable for a proxy whose value is no proxy's address, so that it is passed over.
    pub odd_proxy: Option<&'static str>,
}

/// The variables that name a proxy for https.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The ways to talk to one.
const PROXY_SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

impl Surroundings {
    /// Reads variables; looks at no file.
    pub(super) fn from_variables(word: impl Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| word(name));
        Surroundings {
            display: cfg!(any(windows, target_os = "macos")) || first(&["WAYLAND_DISPLAY", "DISPLAY"]).is_some(),
            ssh: word("SSH_CONNECTION"),
            user: first(&["USER", "LOGNAME", "USERNAME"]),
            host: first(&["HOSTNAME", "COMPUTERNAME"]),
            az: None,
            browser: word("BROWSER"),
            odd_proxy: PROXIES
                .into_iter()
                .find(|name| word(name).is_some_and(|value| !is_proxy(&value))),
        }
    }

    /// Adds what only files tell: the machine's name, and where `az` is.
    pub(super) fn with_files(self, path: Option<&OsStr>) -> Self {
        let name = || std::fs::read_to_string("/etc/hostname").ok();
        let name = || {
            name()
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
        };
        Surroundings {
            host: self.host.or_else(name),
            az: path.and_then(az),
            ..self
        }
    }
}

/// Whether it is a proxy's address; without a scheme it is taken for http.
fn is_proxy(value: &str) -> bool {
    let address = match value.split_once("://") {
        Some(_) => value.to_owned(),
        None if value.trim_end_matches('/').contains('/') => return false,
        None => format!("http://{value}"),
    };
    Url::parse(&address).is_ok_and(|url| PROXY_SCHEMES.contains(&url.scheme()) && url.has_host())
}

/// The Azure CLI on a `PATH`. Only absolute folders count: a program of the folder one happens to be in is not it.
fn az(path: &OsStr) -> Option<PathBuf> {
    const PROGRAM: &str = if cfg!(windows) { "az.cmd" } else { "az" };
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(PROGRAM))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &std::path::Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn az_is_the_first_program_of_that_name_on_the_path() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folder = |name: &str, mode| {
            let folder = root.path().join(name);
            std::fs::create_dir(&folder).unwrap();
            std::fs::write(folder.join("az"), "").unwrap();
            std::fs::set_permissions(folder.join("az"), std::fs::Permissions::from_mode(mode)).unwrap();
            folder
        };
        let (plain, first, second) = (folder("plain", 0o644), folder("first", 0o755), folder("second", 0o755));
        let path = std::env::join_paths([PathBuf::from("relative"), plain.clone(), first.clone(), second]).unwrap();
        assert_eq!(az(&path), Some(first.join("az")));
        assert_eq!(az(plain.as_os_str()), None);
        assert_eq!(az(OsStr::new("")), None);
    }

    #[test]
    fn a_proxy_is_an_address_with_or_without_its_scheme() {
        for value in [
            "http://proxy.contoso.com:3128",
            "proxy.contoso.com:3128",
            "mia:pw@proxy",
            "socks5h://[::1]:1080",
            "https://proxy/",
        ] {
            assert!(is_proxy(value), "{value}");
        }
        for value in ["htp:/proxy", "ftp://proxy", "://", "http://", "a b"] {
            assert!(!is_proxy(value), "{value}");
        }
        let around = Surroundings::from_variables(|name| (name == "ALL_PROXY").then(|| "htp:/x".to_owned()));
        assert_eq!(around.odd_proxy, Some("ALL_PROXY"));
    }

    #[test]
    fn variables_say_where_it_runs() {
        let said = Surroundings::from_variables(|name| {
            let known = [
                ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"),
                ("LOGNAME", "mira"),
                ("DISPLAY", ":0"),
            ];
            known
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| (*value).to_owned())
        });
        assert!(said.display);
        assert_eq!(said.user.as_deref(), Some("mira"));
        assert_eq!(said.ssh.as_deref(), Some("10.0.0.1 1 10.0.0.2 22"));
        assert_eq!((said.az, said.browser), (None, None));
    }
}
