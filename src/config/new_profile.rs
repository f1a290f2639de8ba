//! A profile for which a person has answered questions: checked, and added to `config.toml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike, Value as TomlValue};

use super::account::{Given, SETTINGS, Setting, Value};
use super::source::{Source, failure, unwritable, whole};
use super::{Cloud, Loaded, Paths, Profile, load, sync};
use crate::protocol::{Method, Problem};

/// The first lines of a config file that folkmoot begins for a person.
const HEADER: &str = "# folkmoot's settings. Its README explains them all.\n";

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProfile {
    /// What the profile is called.
    pub name: Profile,
    /// The cloud.
    pub cloud: Cloud,
    /// The base URLs of Graph and of sign-in, in that order; they count in `Custom` only.
    pub addresses: [String; 2],
    /// The tenant.
    pub tenant: String,
    /// The application's id; `None` where the way to sign in needs none.
    pub client_id: Option<String>,
    /// The way to sign in; `None` chooses one that suits.
    pub method: Option<Method>,
}

impl NewProfile {
    /// The answers as flags would give them: they hold for this run, whatever the environment says.
    pub fn given(&self) -> Given {
        let [graph_url, login_url] = &self.addresses;
        let place = match self.cloud {
            Cloud::Custom => vec![(Setting::GraphUrl, graph_url.as_str()), (Setting::LoginUrl, login_url)],
            cloud => vec![(Setting::Cloud, cloud.name())],
        };
        let others = [
            (Setting::Tenant, Some(&self.tenant)),
            (Setting::ClientId, self.client_id.as_ref()),
        ];
        let others = others
            .into_iter()
            .filter_map(|(setting, text)| Some((setting, text?.as_str())));
        let value = |(setting, text): (Setting, &str)| {
            let from = "the new profile".to_owned();
            (
                setting,
                Value {
                    text: text.to_owned(),
                    from,
                },
            )
        };
        place.into_iter().chain(others).map(value).collect()
    }

    /// The keys and values of its table, in the order of the settings.
    fn entries(&self) -> impl Iterator<Item = (&'static str, String)> {
        let mut given = self.given();
        let settings = SETTINGS
            .iter()
            .filter_map(move |row| Some((row.key, given.remove(&row.setting)?.text)));
        settings.chain(self.method.map(|method| ("sign_in", method.name().to_owned())))
    }
}

/// The settings with a profile added.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The settings, to go on with.
    pub loaded: Loaded,
    /// Why they could not be saved, so that they end with the program.
    pub unsaved: Option<Problem>,
}

/// Adds a profile to the config file, and leaves everything else there as it is, comments and spaces too. `instead_of` is
/// a profile that this run has added before and that gives way to it. The file is replaced as a whole or not at all.
///
/// # Errors
/// `Config` where the file cannot be read or is wrong, where it has a profile of that name already, and where an answer
/// is wrong.
pub fn add_profile(paths: &Paths, new: &NewProfile, instead_of: Option<&Profile>) -> Result<Added, Problem> {
    let before = load(paths)?;
    if before.config.profiles.contains_key(&new.name) && instead_of != Some(&new.name) {
        let what = format!("There is a profile `{}` already.", new.name);
        return Err(failure(&what, "It was left as it is: choose another name."));
    }
    let mut text = edited(before.source.text(), new, instead_of).ok_or_else(|| {
        let what = format!(
            "No profile can be added to {}: it is written in an unusual way.",
            before.source.file()
        );
        failure(&what, "Add it with an editor, or name another file with --config.")
    })?;
    if before.source.text().contains("\r\n") {
        // The library ends lines as Unix does.
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    let loaded = Source::new(&paths.config_file, &text).load()?;
    let written = replace(&paths.config_file, &text);
    Ok(Added {
        loaded,
        unsaved: written.err().map(|error| unwritable(&paths.config_file, &error)),
    })
}

/// The text with the profile added; `None` where profiles stand there in no form that one can be added to.
fn edited(text: &str, new: &NewProfile, instead_of: Option<&Profile>) -> Option<String> {
    let mut document: DocumentMut = match text.trim().is_empty() {
        true => HEADER.parse().ok()?,
        false => text.parse().ok()?,
    };
    let mut table = Table::new();
    for (key, value) in new.entries() {
        table.insert(key, toml_edit::value(value));
    }
    let end = document.trailing().as_str().unwrap_or_default().to_owned();
    let profiles = document.entry("profiles").or_insert_with(|| {
        let mut profiles = Table::new();
        profiles.set_implicit(true);
        Item::Table(profiles)
    });
    let is_inline = profiles.is_inline_table();
    let profiles: &mut dyn TableLike = profiles.as_table_like_mut()?;
    let earlier = instead_of.and_then(|profile| profiles.remove(profile.as_str()));
    let mut is_last = false;
    let item = if is_inline {
        Item::Value(TomlValue::InlineTable(table.into_inline_table()))
    } else {
        match earlier.as_ref().and_then(Item::as_table) {
            Some(earlier) => {
                *table.decor_mut() = earlier.decor().clone();
                table.set_position(earlier.position());
            }
            None => {
                is_last = true;
                table.set_position(Some(isize::MAX));
                // Comments at the end of the file belong to what stands before them.
                let between = if end.is_empty() || end.ends_with('\n') {
                    "\n"
                } else {
                    "\n\n"
                };
                table.decor_mut().set_prefix(end + between);
            }
        }
        Item::Table(table)
    };
    profiles.insert(new.name.as_str(), item);
    if is_last {
        document.set_trailing("");
    }
    Some(document.to_string())
}

/// Puts the text in the place of a file, also where its name is a link. The file keeps its mode; a new one has 0600.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let place = match fs::canonicalize(path) {
        Ok(place) => place,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let file = whole(&place, text)?;
    if let Ok(facts) = fs::metadata(&place) {
        file.as_file().set_permissions(facts.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&place).map_err(|error| error.error)?;
    let folder: PathBuf = place.parent().map_or_else(PathBuf::new, Path::to_owned);
    match folder.as_os_str().is_empty() {
        true => sync(Path::new(".")),
        false => sync(&folder),
    }
}

#[cfg(test)]
mod tests;
