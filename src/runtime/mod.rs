//! The event loop, the terminal session, effects and the worker.

pub mod logging;
