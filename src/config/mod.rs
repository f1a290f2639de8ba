//! The config file, paths and profiles.
