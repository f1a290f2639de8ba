//! Where each pane lies, in integers.
