//! Work that takes long and needs no network: laying bodies out, quoting, copying. All of it runs on threads
//! that may be as slow as they like.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use crate::app::{LaidOut, RawKind, What, raw_rows, raw_text};
use crate::domain::{Draft, DraftId, Post};
use crate::protocol::RequestId;
use crate::text;

/// For how long posts that are laid out are gathered: less than a frame.
const TOGETHER: Duration = Duration::from_millis(10);

/// Hands long work to threads and sends what comes of it to the loop.
#[derive(Clone)]
pub(super) struct Typesetting {
    inbox: mpsc::Sender<What>,
    /// Counts orders to lay out: an older one stops where it is.
    newest: Arc<AtomicU64>,
    zone: TimeZone,
}

impl Typesetting {
    pub(super) fn new(inbox: mpsc::Sender<What>, zone: TimeZone) -> Self {
        Typesetting {
            inbox,
            newest: Arc::default(),
            zone,
        }
    }

    /// Lays posts out in order. Those that are done are sent together, often enough for each frame to have news. A newer order
    /// takes the place of this one.
    pub(super) fn lay_out(&self, posts: Vec<Arc<Post>>, width: u16) {
        let order = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        let (inbox, newest) = (self.inbox.clone(), self.newest.clone());
        tokio::task::spawn_blocking(move || {
            let mut laid_out = Vec::new();
            let mut sent = Instant::now();
            let mut posts = posts.into_iter().peekable();
            while let Some(post) = posts.next() {
                if newest.load(Ordering::Relaxed) != order {
                    return;
                }
                let set = Arc::new(text::typeset(&post.body, width));
                let post = post.id.clone();
                laid_out.push(LaidOut { post, set });
                if posts.peek().is_some() && sent.elapsed() < TOGETHER {
                    continue;
                }
                let laid_out = std::mem::take(&mut laid_out);
                if inbox.blocking_send(What::Typeset { width, laid_out }).is_err() {
                    return;
                }
                sent = Instant::now();
            }
        });
    }

    /// Makes the HTML that goes below a quoted reply.
    pub(super) fn quote(&self, draft: DraftId, post: Arc<Post>) {
        let (inbox, zone) = (self.inbox.clone(), self.zone.clone());
        tokio::task::spawn_blocking(move || {
            let when = post
                .when()
                .map(|when| text::time::absolute(when, &zone, false))
                .unwrap_or_default();
            let html = text::quote_of(&post.body, post.author().shown().as_str(), &when);
            // The loop has ended when this fails.
            let _ = inbox.blocking_send(What::Quoted { draft, html });
        });
    }

    /// Lays out what a draft becomes, as whoever gets it will read it here.
    pub(super) fn preview(&self, draft: Draft, width: u16) {
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            let set = Arc::new(text::typeset(&text::Wording::of(&draft).body(), width));
            // The loop has ended when this fails.
            let _ = inbox.blocking_send(What::Previewed { draft: draft.id, set });
        });
    }

    /// Makes the text of a post.
    pub(super) fn plain_text(&self, post: Arc<Post>) {
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            // The loop has ended when this fails.
            let _ = inbox.blocking_send(What::PlainText(text::plain_text(&post.body)));
        });
    }

    /// Writes a post out as Graph has it.
    pub(super) fn raw(&self, id: RequestId, post: Arc<Post>, kind: RawKind, width: u16) {
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            let rows = raw_rows(&post, kind, width);
            // The loop has ended when this fails.
            let _ = inbox.blocking_send(What::RawLaidOut { id, rows });
        });
    }

    /// Writes all of a post out as Graph has it.
    pub(super) fn raw_text(&self, post: Arc<Post>, kind: RawKind) {
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            // The loop has ended when this fails.
            let _ = inbox.blocking_send(What::PlainText(raw_text(&post, kind).into_owned()));
        });
    }
}
