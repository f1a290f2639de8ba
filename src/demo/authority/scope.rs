//! What a client asks to be allowed.
//! <https://learn.microsoft.com/entra/identity-platform/scopes-oidc>

use std::collections::BTreeSet;

use super::refusal::Refusal;
use crate::demo::permissions;

/// Where Graph's permissions live.
const GRAPH: [&str; 2] = ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];
/// Everything that was consented to, or all that the application is registered for where there was no consent yet.
const DEFAULT: &str = ".default";
/// What it is registered for.
const REGISTERED: [&str; 5] = [
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "People.Read",
    "User.Read",
    "User.ReadBasic.All",
];

/// A `scope` parameter, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes {
    /// Graph's permissions, in its own spelling.
    pub graph: BTreeSet<String>,
    /// Whether it is left to consent and registration.
    pub default: bool,
    /// Whether an identity token is wanted.
    pub openid: bool,
    /// Whether a refresh token is wanted.
    pub offline: bool,
    /// What the answer's `scope` says: the words of the request.
    pub words: Vec<String>,
}

impl Scopes {
    /// Reads a `scope` parameter. `root` is the tenant's own address: its Graph counts as Graph.
    ///
    /// # Errors
    /// AADSTS700022 for two resources, 500011 for one that is not Graph, 650053 for a permission that Graph lacks, 70011
    /// for nothing at all.
    pub fn read(text: &str, root: &str) -> Result<Scopes, Refusal> {
        let mut scopes = Scopes::default();
        let mut resource: Option<&str> = None;
        for word in text.split_whitespace() {
            match word.to_ascii_lowercase().as_str() {
                "openid" => scopes.openid = true,
                "profile" | "email" => {}
                "offline_access" => {
                    // Entra does not repeat it.
                    scopes.offline = true;
                    continue;
                }
                _ => {
                    let (of, name) = word.rsplit_once('/').unwrap_or((GRAPH[0], word));
                    let of = of.trim_end_matches('/');
                    let is_graph = |it: &str| GRAPH.contains(&it) || it == root;
                    if resource.is_some_and(|one| one != of && !(is_graph(one) && is_graph(of))) {
                        return Err(Refusal::of(700_022).with("name", text));
                    }
                    resource = Some(of);
                    if !is_graph(of) {
                        continue;
                    }
                    if name == DEFAULT {
                        scopes.default = true;
                    } else {
                        let known = permissions::named(name).ok_or_else(|| Refusal::of(650_053).with("name", name))?;
                        scopes.graph.insert(known.to_owned());
                    }
                }
            }
            if !scopes.words.iter().any(|known| known == word) {
                scopes.words.push(word.to_owned());
            }
        }
        match resource {
            Some(other) if !GRAPH.contains(&other) && other != root => Err(Refusal::of(500_011).with("name", other)),
            None if scopes.words.is_empty() && !scopes.offline => Err(Refusal::of(70011).with("name", text)),
            _ => Ok(scopes),
        }
    }

    /// `.default` replaced by what it stands for.
    pub fn resolve(&mut self, consented: &BTreeSet<String>) {
        if self.default {
            match consented.is_empty() {
                true => self.graph.extend(REGISTERED.map(str::to_owned)),
                false => self.graph.extend(consented.iter().cloned()),
            }
            self.words.retain(|word| !word.ends_with(DEFAULT));
            self.words.extend(self.graph.iter().cloned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "http://127.0.0.1:1";

    #[test]
    fn permissions_are_read_in_every_spelling() {
        let text =
            "openid offline_access user.read https://graph.microsoft.com/Group.Read.All http://127.0.0.1:1/People.Read";
        let scopes = Scopes::read(text, ROOT).unwrap();
        assert_eq!(
            Vec::from_iter(scopes.graph),
            ["Group.Read.All", "People.Read", "User.Read"]
        );
        assert!(scopes.openid && scopes.offline && !scopes.default);
        assert_eq!(
            scopes.words,
            [
                "openid",
                "user.read",
                "https://graph.microsoft.com/Group.Read.All",
                "http://127.0.0.1:1/People.Read"
            ]
        );
        assert!(
            Scopes::read("https://graph.microsoft.com//.default", ROOT)
                .unwrap()
                .default
        );
    }

    #[test]
    fn the_default_is_what_was_consented_to_or_else_what_is_registered() {
        let resolved = |consented: &[&str]| {
            let mut scopes = Scopes::read("openid https://graph.microsoft.com/.default", ROOT).unwrap();
            scopes.resolve(&consented.iter().map(|it| (*it).to_owned()).collect());
            scopes.words.join(" ")
        };
        assert_eq!(resolved(&["Tasks.Read", "User.Read"]), "openid Tasks.Read User.Read");
        assert_eq!(
            resolved(&[]),
            "openid Group.ReadWrite.All GroupMember.Read.All People.Read User.Read User.ReadBasic.All"
        );
    }

    #[test]
    fn what_is_no_scope_is_refused_with_its_code() {
        for (text, code) in [
            ("User.Read api://other/access", 700_022),
            ("api://other/access", 500_011),
            ("User.Reed", 650_053),
            ("   ", 70011),
        ] {
            assert_eq!(Scopes::read(text, ROOT).unwrap_err().code(), code, "{text}");
        }
    }
}
