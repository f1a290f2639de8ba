//! Graph over HTTP.
