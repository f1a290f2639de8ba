//! What may be typed about people.

use std::path::PathBuf;

use clap::Subcommand;

use super::names::PERSON_NAMES;
use super::{CHECK_NEED, COMPUTED, FORMATS, HOLDERS_NEED, ListOutput, Output, formats_of, long};
use crate::protocol::own::{OWN, OwnChange, OwnProperty, Shape};

pub const PERSON_FORMATS: &str = "\
    JSON is Graph's own, with control characters escaped. Cells of CSV are what Graph sent, without control characters.\n";

pub const PEOPLE_NEED: &str = "\
    Permissions: User.ReadBasic.All for names and addresses; User.Read.All for job, office, phones, manager and reports.";

const NEAR_NEED: &str = "Permissions: People.Read for your own; People.Read.All for other people's.";

const PHOTO_NEED: &str = "Permissions: User.Read for your own; User.ReadBasic.All or ProfilePhoto.Read.All for others.";

const TRENDING_NEED: &str = "Permissions: Sites.Read.All. Only Microsoft's global cloud has it.";

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Show one person
    #[command(after_long_help = long(&[PERSON_NAMES, PERSON_FORMATS, PEOPLE_NEED]))]
    Show(UserShow),
    /// Show a person's manager
    #[command(after_long_help = long(&[PERSON_NAMES, PERSON_FORMATS, PEOPLE_NEED]))]
    Manager(UserOne),
    /// List those who report to a person
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, PEOPLE_NEED]))]
    Reports(UserList),
    /// List the groups that a person belongs to
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, HOLDERS_NEED]))]
    Groups(UserGroups),
    /// List whom a person works with, the nearest first
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, NEAR_NEED]))]
    People(UserPeople),
    /// Save a person's photo, or tell what is known of it
    #[command(after_long_help = long(&[PERSON_NAMES, PERSON_FORMATS, PHOTO_NEED]))]
    Photo(UserPhoto),
    /// Print people's cards as vCards, for an address book
    ///
    /// The cards are of version 3.0, which all address books read; those of several people come one behind the other.
    #[command(after_long_help = long(&[PERSON_NAMES, PEOPLE_NEED]))]
    Card(UserCard),
    /// List documents that are trending around a person
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, TRENDING_NEED]))]
    Trending(UserTrending),
    /// Tell which of some groups a person belongs to, directly or through others
    #[command(after_long_help = long(&[PERSON_NAMES, COMPUTED, &formats_of("id, displayName, member"), CHECK_NEED]))]
    Check(UserCheck),
    /// List the teams that a person belongs to
    ///
    /// Microsoft Graph tells people about their own teams only.
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, "Permissions: Team.ReadBasic.All."]))]
    Teams(UserTeams),
    /// Find people by a part of their name or the beginning of an address
    #[command(after_long_help = long(&[FORMATS, PEOPLE_NEED]))]
    Search(UserSearch),
}

#[derive(Debug, clap::Args)]
pub struct UserShow {
    /// Id, address, name or `me`
    pub user: String,
    /// All that there is: postal address, employment, other addresses, and what they say of themselves
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct UserOne {
    /// Id, address, name or `me`
    pub user: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct UserList {
    /// Id, address, name or `me`
    pub user: String,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserGroups {
    /// Id, address, name or `me`
    pub user: String,
    /// Those too that the person belongs to through other groups
    #[arg(long)]
    pub transitive: bool,
    /// Security groups only, also through other groups
    #[arg(long)]
    pub security_only: bool,
    /// Directory roles and administrative units, too, also through groups
    #[arg(long, conflicts_with = "security_only")]
    pub objects: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserSearch {
    /// A word of the name, or the beginning of a name or an address
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub enum MeCommand {
    /// Show who is signed in
    #[command(after_long_help = long(&[PERSON_FORMATS, "Permissions: User.Read."]))]
    Show(MeShow),
    /// Change your own profile
    ///
    /// Phones are kept in the directory and the rest in SharePoint, so they go in two requests; it says what has been
    /// changed where the second is refused. An empty text or list takes away what was there.
    #[command(after_long_help = long(&[COMPUTED, "Permissions: User.ReadWrite."]))]
    Update(Box<MeUpdate>),
    /// Put up your own photo: a JPEG of less than 4 MB
    #[command(after_long_help = long(&["Permissions: User.ReadWrite."]))]
    Photo(MePhoto),
}

/// Which properties of one's own are to be what. The options come from the table of those that one may change.
#[derive(Debug)]
pub struct MeUpdate {
    pub changes: Vec<OwnChange>,
    pub json: bool,
}

impl clap::FromArgMatches for MeUpdate {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        let given = OWN
            .iter()
            .filter_map(|property| matches.get_one::<OwnChange>(property.flag));
        Ok(MeUpdate {
            changes: given.cloned().collect(),
            json: matches.get_flag("json"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = MeUpdate::from_arg_matches(matches)?;
        Ok(())
    }
}

impl clap::Args for MeUpdate {
    fn augment_args(command: clap::Command) -> clap::Command {
        let json = clap::Arg::new("json").long("json").action(clap::ArgAction::SetTrue);
        let flags = OWN.iter().map(|property| property.flag);
        let changes = clap::ArgGroup::new("changes").required(true).multiple(true).args(flags);
        let command = command.args(OWN.iter().map(own_argument));
        command.arg(json.help("Say as JSON what was changed")).group(changes)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

/// The option that sets a property of one's own.
fn own_argument(property: &'static OwnProperty) -> clap::Arg {
    let (value, more) = match property.shape {
        Shape::Line | Shape::Only => ("NUMBER", ""),
        Shape::Lines => ("TEXT", ""),
        Shape::List => ("LIST", ", with commas between them, or semicolons"),
        Shape::Day => ("YYYY-MM-DD", ""),
        Shape::Web => ("URL", ""),
    };
    let read = move |typed: &str| property.read(typed).map(|value| OwnChange { property, value });
    let argument = clap::Arg::new(property.flag).long(property.flag).value_name(value);
    let argument = match property.flag {
        "about-me" => argument.visible_alias("about"),
        _ => argument,
    };
    argument.help(format!("{}{more}", property.help)).value_parser(read)
}

#[derive(Debug, clap::Args)]
pub struct MePhoto {
    /// The JPEG
    pub file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct UserPeople {
    /// Id, address, name or `me`
    #[arg(default_value = "me", hide_default_value = true)]
    pub user: String,
    /// Only those of this name, slips forgiven; for `me` only
    #[arg(long, value_name = "NAME")]
    pub search: Option<String>,
    /// Groups, too
    #[arg(long)]
    pub groups: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserCard {
    /// Ids, addresses, names or `me`
    #[arg(required = true, value_name = "USER")]
    pub users: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub struct UserPhoto {
    /// Id, address, name or `me`
    pub user: String,
    /// Where to save it; without this it goes to stdout, unless that is a terminal
    #[arg(long, short = 'O', value_name = "FILE", conflicts_with = "meta")]
    pub output_file: Option<PathBuf>,
    /// What is known of it, not the photo itself
    #[arg(long)]
    pub meta: bool,
    /// Width and height: 48, 64, 96, 120, 240, 360, 432, 504 or 648; the largest there is where nothing is said
    #[arg(long, value_name = "PIXELS", value_parser = photo_size)]
    pub size: Option<&'static str>,
    #[command(flatten)]
    pub output: Output,
}

fn photo_size(pixels: &str) -> Result<&'static str, String> {
    let sizes = crate::graph::profile::PHOTO_SIZES;
    let fits = |size: &&&str| size.split('x').next() == Some(pixels) || size.eq_ignore_ascii_case(pixels);
    let found = sizes.iter().find(fits).copied();
    found.ok_or_else(|| format!("photos come as {}", sizes.join(", ")))
}

#[derive(Debug, clap::Args)]
pub struct UserTrending {
    /// Id, address, name or `me`
    #[arg(default_value = "me", hide_default_value = true)]
    pub user: String,
    /// Only files of this kind, such as PowerPoint, Word, Excel or Pdf
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserCheck {
    /// Id, address, name or `me`
    pub user: String,
    /// Ids of directory roles and administrative units are checked, too
    #[arg(long)]
    pub objects: bool,
    /// Ids, addresses, aliases or names
    #[arg(required = true, value_name = "GROUP")]
    pub groups: Vec<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserTeams {
    /// Id, address, name or `me`
    #[arg(default_value = "me", hide_default_value = true)]
    pub user: String,
    /// Those too that are known only through a shared channel
    #[arg(long)]
    pub associated: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct MeShow {
    /// All that there is: postal address, employment, other addresses, and what you say of yourself
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct Who {
    /// A part of a name, or the beginning of an address
    #[arg(value_name = "TERM", required = true)]
    pub term: Vec<String>,
    /// All who fit, not only the ten best
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    #[command(flatten)]
    pub output: ListOutput,
}
