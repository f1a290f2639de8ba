//! Signing in and out, and how the sign-in stands: each in a task of its own, so that nothing waits for it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::keeper::Keeper;
use crate::app::What;
use crate::auth::Session;
use crate::protocol::{Problem, ProblemKind, RequestId, SignIn, SignInStep, Standing, TokenSource};

/// What comes of a sign-in that is on its way.
pub type Signed<'a, T> = Pin<Box<dyn Future<Output = Result<T, Problem>> + Send + 'a>>;

/// Signs in and out.
pub trait SignsIn: Send + Sync {
    /// Signs in, and tells each step; `pasted` brings addresses that the person has pasted. Dropping it calls it off.
    fn sign_in<'a>(
        &'a self,
        ask: SignIn,
        pasted: mpsc::UnboundedReceiver<String>,
        tell: &'a (dyn Fn(SignInStep) + Send + Sync),
    ) -> Signed<'a, ()>;

    /// Removes the tokens; `false` where there were none.
    fn sign_out(&self) -> Signed<'_, bool>;

    /// Whether there is a command that gives tokens.
    fn has_token_command(&self) -> bool;

    /// The sign-in in hand. It must not wait for the network.
    fn standing(&self) -> Signed<'_, Option<Standing>>;
}

impl SignsIn for Session {
    fn sign_in<'a>(
        &'a self,
        ask: SignIn,
        pasted: mpsc::UnboundedReceiver<String>,
        tell: &'a (dyn Fn(SignInStep) + Send + Sync),
    ) -> Signed<'a, ()> {
        Box::pin(Session::sign_in(self, ask, pasted, tell))
    }

    fn sign_out(&self) -> Signed<'_, bool> {
        Box::pin(Session::sign_out(self))
    }

    fn has_token_command(&self) -> bool {
        self.account().token_command.is_some()
    }

    fn standing(&self) -> Signed<'_, Option<Standing>> {
        Box::pin(self.status())
    }
}

/// The sign-in under way, and what it takes to begin another.
pub(super) struct Signing {
    session: Option<Arc<dyn SignsIn>>,
    tokens: Arc<dyn TokenSource>,
    keeper: Keeper,
    inbox: mpsc::Sender<What>,
    attempt: Option<(AbortHandle, mpsc::UnboundedSender<String>)>,
}

impl Signing {
    pub(super) fn new(
        session: Option<Arc<dyn SignsIn>>,
        tokens: Arc<dyn TokenSource>,
        keeper: Keeper,
        inbox: mpsc::Sender<What>,
    ) -> Self {
        Signing {
            session,
            tokens,
            keeper,
            inbox,
            attempt: None,
        }
    }

    /// Begins an attempt; one under way ends.
    pub(super) fn begin(&mut self, id: RequestId, ask: SignIn) {
        self.cancel();
        let (address, pasted) = mpsc::unbounded_channel();
        let (session, keeper, inbox) = (self.session.clone(), self.keeper.clone(), self.inbox.clone());
        let task = tokio::spawn(async move { attempt(session, id, ask, pasted, &keeper, &inbox).await });
        self.attempt = Some((task.abort_handle(), address));
    }

    /// Hands an address to the attempt under way.
    pub(super) fn paste(&self, address: String) {
        if let Some((_, pasted)) = &self.attempt {
            // The attempt has ended when this fails, and has told so.
            let _ = pasted.send(address);
        }
    }

    /// Ends the attempt under way.
    pub(super) fn cancel(&mut self) {
        if let Some((task, _)) = self.attempt.take() {
            task.abort();
        }
    }

    /// Removes the tokens.
    pub(super) fn sign_out(&mut self) {
        self.cancel();
        let (session, keeper, inbox) = (self.session.clone(), self.keeper.clone(), self.inbox.clone());
        tokio::spawn(async move {
            let result = match &session {
                Some(session) => session.sign_out().await,
                None => Ok(false),
            };
            if matches!(result, Ok(true)) {
                keeper.leave().await;
            }
            tell(&inbox, What::SignedOut(result)).await;
        });
    }

    /// Tells how the sign-in stands.
    pub(super) fn ask_standing(&self) {
        let (session, tokens, inbox) = (self.session.clone(), self.tokens.clone(), self.inbox.clone());
        tokio::spawn(async move {
            let standing = match &session {
                Some(session) => session.standing().await,
                None => Ok(None),
            };
            let granted = tokens.granted();
            tell(&inbox, What::Standing { standing, granted }).await;
        });
    }
}

/// One attempt. However it ends, the last step that is told says so.
async fn attempt(
    session: Option<Arc<dyn SignsIn>>,
    id: RequestId,
    ask: SignIn,
    pasted: mpsc::UnboundedReceiver<String>,
    keeper: &Keeper,
    inbox: &mpsc::Sender<What>,
) {
    let (steps, mut told) = mpsc::unbounded_channel();
    let work = tokio::spawn(async move {
        let Some(session) = session else {
            return Err(Problem::new(
                ProblemKind::Usage,
                "folkmoot was started with a token got elsewhere, so it can't sign in by itself.",
                "Start it with a profile.",
            ));
        };
        let tell = move |step| {
            // The attempt was called off when this fails.
            let _ = steps.send(step);
        };
        session.sign_in(ask, pasted, &tell).await
    });
    // Called off with this attempt, whatever it waits for.
    let _end = AbortOnDrop(work.abort_handle());
    let mut over = false;
    while let Some(step) = told.recv().await {
        if matches!(step, SignInStep::SignedIn { .. }) {
            // Whoever has signed in must not be shown what is kept of another.
            keeper.look_up().await;
        }
        over |= matches!(step, SignInStep::SignedIn { .. } | SignInStep::Failed(_));
        tell(inbox, What::SignIn { id, step }).await;
    }
    let problem = match work.await {
        Ok(Ok(())) => unheard(),
        Ok(Err(problem)) => problem,
        Err(error) => {
            // A panic's own words may quote a token.
            tracing::error!(panicked = error.is_panic(), "a sign-in did not come to its end");
            unheard()
        }
    };
    if !over {
        let step = SignInStep::Failed(problem);
        tell(inbox, What::SignIn { id, step }).await;
    }
}

fn unheard() -> Problem {
    Problem::new(
        ProblemKind::General,
        "Signing in ended without saying whether it worked.",
        "This is a mistake in folkmoot; the log says more. Try again, or another way.",
    )
}

async fn tell(inbox: &mpsc::Sender<What>, what: What) {
    // The loop has ended when this fails.
    let _ = inbox.send(what).await;
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
