//! What the log says of a request: never a token, a body, an id, a query or a server's own words, which may hold names.

use std::time::Instant;

use crate::domain::Text;
use crate::protocol::Problem;

/// One request, as the log knows it.
pub(super) struct Entry<'a> {
    pub(super) method: &'static str,
    /// The path with `{id}` for what came from outside.
    pub(super) path: &'a str,
    /// Ours, sent as `client-request-id`.
    pub(super) id: &'a str,
    pub(super) begun: Instant,
}

impl Entry<'_> {
    /// `graph` is Graph's own id of the request.
    pub(super) fn done(&self, status: u16, bytes: usize, graph: Option<&Text>) {
        let Entry { method, path, id, .. } = *self;
        tracing::info!(
            method,
            path,
            status,
            ms = self.ms(),
            bytes,
            id,
            graph = graph.map(Text::as_str),
            "done"
        );
    }

    pub(super) fn failed(&self, problem: &Problem) {
        let Entry { method, path, id, .. } = *self;
        tracing::warn!(
            method,
            path,
            status = problem.status,
            code = problem.code.as_ref().map(Text::as_str),
            kind = ?problem.kind,
            ms = self.ms(),
            id,
            graph = problem.request_id.as_ref().map(Text::as_str),
            "failed"
        );
    }

    fn ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
