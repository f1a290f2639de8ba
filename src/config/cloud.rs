//! Microsoft's clouds, and where Graph and sign-in live in each.

use std::fmt;

/// A cloud. Accounts and tokens of one are unknown in the others
/// (<https://learn.microsoft.com/graph/deployments>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cloud {
    /// The worldwide service, GCC too.
    #[default]
    Global,
    /// US Government L4 (GCC High).
    UsGovL4,
    /// US Government L5 (DoD).
    UsGovL5,
    /// China, operated by 21Vianet.
    China,
    /// Somewhere else: the addresses of Graph and sign-in are given.
    Custom,
}

/// Cloud, its name in config files and on the command line, the hosts of Graph and of sign-in.
const HOSTS: [(Cloud, &str, &str, &str); 4] = [
    (
        Cloud::Global,
        "global",
        "https://graph.microsoft.com",
        "https://login.microsoftonline.com",
    ),
    (
        Cloud::UsGovL4,
        "usgov-l4",
        "https://graph.microsoft.us",
        "https://login.microsoftonline.us",
    ),
    (
        Cloud::UsGovL5,
        "usgov-l5",
        "https://dod-graph.microsoft.us",
        "https://login.microsoftonline.us",
    ),
    (
        Cloud::China,
        "china",
        "https://microsoftgraph.chinacloudapi.cn",
        "https://login.partner.microsoftonline.cn",
    ),
];

impl Cloud {
    /// The names of Microsoft's clouds, for lists of what may be written.
    pub fn names() -> impl Iterator<Item = &'static str> {
        HOSTS.iter().map(|(_, name, ..)| *name)
    }

    /// The cloud with this name; `Custom` has no name to be written.
    pub fn named(name: &str) -> Option<Self> {
        HOSTS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The cloud whose Graph this address is, whatever version it names.
    pub fn of_graph(url: &str) -> Option<Self> {
        HOSTS
            .iter()
            .find(|row| url == row.2 || url.strip_prefix(row.2).is_some_and(|rest| rest.starts_with('/')))
            .map(|row| row.0)
    }

    /// Its name in config files and on the command line; `custom` where addresses are given instead.
    pub fn name(self) -> &'static str {
        self.row().map_or("custom", |row| row.1)
    }

    /// The base URL of Graph v1.0; `None` for `Custom`.
    pub fn graph_url(self) -> Option<String> {
        self.row().map(|row| format!("{}/v1.0", row.2))
    }

    /// The base URL of sign-in, to which the tenant is added; `None` for `Custom`.
    pub fn login_url(self) -> Option<&'static str> {
        self.row().map(|row| row.3)
    }

    fn row(self) -> Option<&'static (Cloud, &'static str, &'static str, &'static str)> {
        HOSTS.iter().find(|row| row.0 == self)
    }
}

impl fmt::Display for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cloud_is_found_by_its_name_and_by_its_graph() {
        for name in Cloud::names() {
            let cloud = Cloud::named(name).unwrap();
            assert_eq!(cloud.name(), name);
            assert_eq!(Cloud::of_graph(&cloud.graph_url().unwrap()), Some(cloud));
            assert!(cloud.login_url().unwrap().starts_with("https://login."));
        }
        assert_eq!(Cloud::named("custom"), None);
        assert_eq!(Cloud::Custom.graph_url(), None);
        assert_eq!(Cloud::of_graph("https://graph.microsoft.com.evil.example/v1.0"), None);
    }
}
