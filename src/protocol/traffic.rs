//! How busy the line to Graph is.

use jiff::Timestamp;

/// What the status line says of the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests under way.
    pub in_flight: usize,
    /// Graph asked us to wait until then.
    pub throttled_until: Option<Timestamp>,
    /// The last attempt to connect failed.
    pub offline: bool,
}
