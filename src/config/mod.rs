//! The config file, paths and profiles: plain values for the rooms above. The environment is read once, in
//! [`Environment::capture`]; precedence is flag, environment, config file, default.

pub mod account;
mod active;
mod cloud;
mod environment;
mod folder;
mod new_profile;
mod paths;
mod photos;
mod profiles;
pub mod registration;
mod settings;
mod source;
mod surroundings;

pub use account::{Account, Given, Loopback, Setting};
pub use cloud::Cloud;
pub use environment::{Environment, Folders};
pub use folder::{make_private, sync};
pub use new_profile::{Added, NewProfile, add_profile};
pub use paths::{Paths, Profile, from_home};
pub use photos::{Colours, Drawing, Emulator, Photos, Way};
pub use profiles::{ProfileTable, is_scope, keep_name};
pub use settings::{Clock, Compose, Config, Dates, Hyperlinks, KeyBinding, Layout, Store, Theme, Time};
pub use source::{Loaded, Source, init, load};
pub use surroundings::Surroundings;
