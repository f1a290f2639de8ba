//! # folkmoot: the terminal client for Microsoft 365 Groups
//!
//! This page is the map of the house. A module imports only from floors below its own, except that [`config`] may use
//! [`protocol`] beside it: a wrong setting is a `Problem` like any other. [`app`] and [`ui`], which never wait, reach what
//! does ([`graph`], [`auth`], [`store`]) by messages only. `tests/layers.rs` reads the `use` lines and fails where one runs
//! otherwise.
//!
//! ```text
//! terminal keys, worker replies, timers ──► Msg ──► update(&mut Model, Msg) ──► Vec<Cmd> ──► effects ──► Msg …
//!                                                          │
//!                                                          ▼
//!                                              view(&Model, …, &mut Buffer)
//! ```
//!
//! | floor | module | what lives there |
//! |---|---|---|
//! | 6 | `main.rs`, [`cli`] | the command line: clap definitions, headless commands (one file per noun), output formats, exit codes |
//! | 5 | [`runtime`] | the event loop, the terminal session, effects, the worker tasks, and what headless commands share with them: sending, looking for what was sent, writing threads to files; it joins the rooms below together |
//! | 4 | [`ui`] | view functions: one file per pane, one per overlay; the theme (semantic roles → styles) |
//! | 3 | [`app`] | the Elm core: `Model`, `Msg`, `Cmd`, `update`, one file per feature; the `Editor` |
//! | 2 | [`graph`], [`auth`], [`store`] | Graph over HTTP; tokens; what is kept on disk. None imports another |
//! | 2 | [`keys`] | the table of actions, chords, and the keymap built from them and from config |
//! | 1 | [`protocol`] | what the app may ask of a worker and what it answers |
//! | 1 | [`text`] | HTML → lines of runs with semantic roles; quotes, links, widths, wrapping |
//! | 1 | [`layout`] | size + focus → where each pane lies, in integers |
//! | 1 | [`config`] | the config file, paths, profiles, and what an organisation registers for an account; hands plain values to the rooms above |
//! | 0 | [`domain`] | the nouns: `Group`, `Person`, `Thread`, `Post`, …, and the string types |
//! | – | [`demo`] | the embedded tenant: a Graph-shaped HTTP server on loopback. It imports nothing of ours, and only start-up code imports it |

pub mod app;
pub mod auth;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod graph;
pub mod keys;
pub mod layout;
pub mod protocol;
pub mod runtime;
pub mod store;
pub mod text;
pub mod ui;
