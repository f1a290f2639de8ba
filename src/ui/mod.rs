//! View functions.
