//! Data that comes from afar: a slot that knows what it waits for and keeps showing what it had.

use crate::protocol::{Part, Problem, RequestId};

/// A slot for data from Graph. Old data stays on the screen while new data loads.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Remote<T> {
    /// Nothing was asked for.
    #[default]
    Idle,
    /// An answer is awaited.
    Loading {
        /// The request; only replies to it are accepted, so stale ones cannot land.
        id: RequestId,
        /// What is shown meanwhile: older data, or the parts that have come.
        shown: Option<T>,
    },
    /// All of it is here.
    Ready(T),
    /// It could not be read.
    Failed {
        /// Why.
        why: Problem,
        /// Older data, or the parts that had come.
        shown: Option<T>,
    },
}

impl<T> Remote<T> {
    /// What there is to show.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Remote::Idle => None,
            Remote::Ready(data) => Some(data),
            Remote::Loading { shown, .. } | Remote::Failed { shown, .. } => shown.as_ref(),
        }
    }

    /// What there is to show, to be changed in place.
    pub fn shown_mut(&mut self) -> Option<&mut T> {
        match self {
            Remote::Idle => None,
            Remote::Ready(data) => Some(data),
            Remote::Loading { shown, .. } | Remote::Failed { shown, .. } => shown.as_mut(),
        }
    }

    /// The data, if all of it is here and nothing is awaited.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Remote::Ready(data) => Some(data),
            _ => None,
        }
    }

    /// Shows other data; what is awaited stays awaited, and what went wrong stays known.
    pub fn show(&mut self, data: T) {
        match self {
            Remote::Loading { shown, .. } | Remote::Failed { shown, .. } => *shown = Some(data),
            Remote::Idle | Remote::Ready(_) => *self = Remote::Ready(data),
        }
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        matches!(self, Remote::Loading { .. })
    }

    /// Whether this very request is awaited.
    pub fn awaits(&self, request: RequestId) -> bool {
        matches!(self, Remote::Loading { id, .. } if *id == request)
    }

    /// Why it could not be read.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Remote::Failed { why, .. } => Some(why),
            _ => None,
        }
    }

    /// Awaits a request; what was shown stays.
    pub fn await_reply(&mut self, id: RequestId) {
        let shown = self.take_shown();
        *self = Remote::Loading { id, shown };
    }

    /// Ends with a problem; what was shown stays.
    pub fn fail(&mut self, why: Problem) {
        let shown = self.take_shown();
        *self = Remote::Failed { why, shown };
    }

    /// Takes a part: the slot is ready with the last, and goes on waiting before.
    pub fn take_part(&mut self, part: Part, data: T) {
        *self = match (std::mem::take(self), part) {
            (Remote::Loading { id, .. }, Part::More) => Remote::Loading { id, shown: Some(data) },
            _ => Remote::Ready(data),
        };
    }

    /// Ends the waiting with what is shown.
    pub fn finish(&mut self) {
        if let Some(data) = self.take_shown() {
            *self = Remote::Ready(data);
        }
    }

    fn take_shown(&mut self) -> Option<T> {
        match std::mem::take(self) {
            Remote::Idle => None,
            Remote::Ready(data) => Some(data),
            Remote::Loading { shown, .. } | Remote::Failed { shown, .. } => shown,
        }
    }
}
