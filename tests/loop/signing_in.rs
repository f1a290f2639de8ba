//! Signing in while the program runs: the sign-in ends under a person's hands, and nothing of theirs is lost.

use std::future::ready;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use folkmoot::app::{Model, What};
use folkmoot::demo::Options;
use folkmoot::domain::{DraftState, Id};
use folkmoot::keys::Place;
use folkmoot::protocol::{
    Claims, Holder, HolderFuture, Method, Problem, ProblemKind, SignIn, SignInStep, Standing, Token, TokenFuture,
    TokenSource,
};
use folkmoot::runtime::{Input, Signed, SignsIn};
use secrecy::SecretString;
use tokio::sync::mpsc;

use crate::glass::LONGEST;
use crate::program::{Program, Setup, start};
use crate::replying::{reply, wait_until_settled};

const PAGE: &str = "https://login.example/authorize?state=1";
const ANSWER: &str = "http://localhost:1/?code=c&state=1";

/// A sign-in that ends when it is told to, and begins again with the right address.
#[derive(Default)]
struct Pass {
    token: Mutex<Option<SecretString>>,
    /// What tells the account from another, behind a word that all of these have.
    account: Mutex<&'static str>,
    good: AtomicBool,
    called_off: AtomicUsize,
}

impl Pass {
    fn holder_now(&self) -> Holder {
        Holder(format!("demo{}", self.account.lock().unwrap()))
    }

    fn token_now(&self) -> Result<Token, Problem> {
        let token = self.token.lock().unwrap().clone();
        let secret = token
            .filter(|_| self.good.load(SeqCst))
            .ok_or_else(|| Problem::new(ProblemKind::SignIn, "The sign-in has ended.", "Sign in again."))?;
        let holder = Some(self.holder_now());
        Ok(Token { secret, holder })
    }

    /// From now on its tokens are another person's.
    fn turn_to(&self, account: &'static str, token: String) {
        *self.token.lock().unwrap() = Some(token.into());
        *self.account.lock().unwrap() = account;
    }
}

impl TokenSource for Pass {
    fn holder(&self) -> HolderFuture<'_> {
        let holder = self.good.load(SeqCst).then(|| self.holder_now());
        Box::pin(ready(holder))
    }

    fn token(&self) -> TokenFuture<'_> {
        Box::pin(ready(self.token_now()))
    }

    fn renew<'a>(&'a self, _: &'a Token, _: Option<&'a Claims>) -> TokenFuture<'a> {
        Box::pin(ready(self.token_now()))
    }
}

struct CallOff<'a>(&'a AtomicUsize);

impl Drop for CallOff<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

impl SignsIn for Pass {
    fn sign_in<'a>(
        &'a self,
        _: SignIn,
        mut pasted: mpsc::UnboundedReceiver<String>,
        tell: &'a (dyn Fn(SignInStep) + Send + Sync),
    ) -> Signed<'a, ()> {
        Box::pin(async move {
            let call_off = CallOff(&self.called_off);
            tell(SignInStep::Trying {
                method: Method::Browser,
                why: "It is there.".into(),
            });
            tell(SignInStep::OpenUrl {
                url: PAGE.into(),
                opened: false,
                tunnel: None,
            });
            while pasted.recv().await.as_deref() != Some(ANSWER) {}
            self.good.store(true, SeqCst);
            std::mem::forget(call_off);
            tell(SignInStep::SignedIn {
                name: "山田 花子".into(),
                address: "hanako@folkvale.example".into(),
                kept: "memory".into(),
                notice: None,
            });
            Ok(())
        })
    }

    fn sign_out(&self) -> Signed<'_, bool> {
        Box::pin(ready(Ok(self.good.swap(false, SeqCst))))
    }

    fn has_token_command(&self) -> bool {
        false
    }

    fn standing(&self) -> Signed<'_, Option<Standing>> {
        Box::pin(ready(Ok(None)))
    }
}

fn program() -> (Program, Arc<Pass>) {
    let pass = Arc::new(Pass::default());
    let program = start(Setup {
        tokens: Some(pass.clone()),
        session: Some(pass.clone()),
        ..Setup::default()
    });
    *pass.token.lock().unwrap() = Some(program.tenant.token().to_owned().into());
    (program, pass)
}

fn wait_for_the_page(program: &Program) {
    program.wait_until("a page to open", |model| {
        model.sign_in.as_ref().is_some_and(|sign_in| sign_in.page.is_some())
    });
}

fn sign_in(program: &Program) {
    program.wait_until("the sign-in", |model| model.place() == Place::SignIn);
    program.keys("enter");
    wait_for_the_page(program);
    program.wait_for_words(PAGE);
    program.send(Input::What(What::Paste("http://localhost:1/?code=wrong".into())));
    program.keys("enter");
    program.send(Input::What(What::Paste(format!("{ANSWER}\n"))));
    program.keys("enter");
    program.wait_until("the end of the sign-in", |model| model.sign_in.is_none());
}

#[test]
fn a_sign_in_that_ends_costs_no_word_and_no_pane() {
    let (mut program, pass) = program();
    sign_in(&program);
    program.open_a_thread();
    program.keys("r");
    program.types("日本語 and שלום");
    program.wait_for_text("日本語 and שלום");
    pass.good.store(false, SeqCst);
    program.keys("ctrl-s");
    program.wait_until("the review", |model| model.place() == Place::Review);
    program.keys("y");
    program.wait_until("the sign-in", |model| model.place() == Place::SignIn);
    // Called off, everything is as it was; asked for again, it comes again.
    program.keys("enter");
    wait_for_the_page(&program);
    program.keys("esc");
    let give_up = Instant::now() + LONGEST;
    while pass.called_off.load(SeqCst) == 0 {
        assert!(Instant::now() < give_up, "the attempt was not called off");
        thread::sleep(Duration::from_millis(5));
    }
    program.wait_until("the composer", |model| model.place() == Place::Composer);
    program.wait_for_text("日本語 and שלום");
    program.keys("ctrl-s");
    program.wait_until("the review", |model| model.place() == Place::Review);
    program.keys("y");
    sign_in(&program);
    program.wait_until("the review, once more", |model| model.place() == Place::Review);
    assert_eq!(program.seen("POST", "/reply").len(), 0, "nothing is sent by itself");
    program.keys("y");
    program.wait_until_seen("the reply", |seen| seen.iter().any(|seen| seen.path.contains("/reply")));
    let ended = program.quit();
    assert_eq!(program.seen("POST", "/reply").len(), 1);
    assert!(ended.model.groups.list.items.problem().is_none());
}

/// The groups, once all have come.
fn groups(model: &Model) -> Option<Vec<Id>> {
    let groups = model.groups.list.items.ready()?;
    Some(groups.iter().map(|group| group.id.clone()).collect())
}

#[test]
fn what_somebody_sends_who_signs_in_later_is_found_as_theirs() {
    let (mut program, pass) = program();
    sign_in(&program);
    let before = program.open_a_thread();
    reply(&program, "from the first");
    wait_until_settled(&program, before + 1);
    let theirs = program.wait_for("the groups of the one", groups);
    pass.turn_to("another", program.tenant.token_for("hanako.yamada"));
    program.keys("S");
    sign_in(&program);
    let others = program.wait_for("the groups of the other", groups);
    assert_ne!(theirs, others, "each is shown their own");
    let before = program.open_a_thread();
    reply(&program, "from the other");
    wait_until_settled(&program, before + 1);
    assert_eq!(program.seen("POST", "/reply").len(), 2);
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn what_one_person_has_said_goes_with_no_other_persons_token() {
    let (mut program, pass) = program();
    sign_in(&program);
    program.open_a_thread();
    let theirs = program.wait_for("the groups of the one", groups);
    // In another folkmoot, say: nothing tells this one.
    pass.turn_to("another", program.tenant.token_for("hanako.yamada"));
    reply(&program, "from the first");
    program.wait_for("the groups of the other", |model| {
        groups(model).filter(|groups| *groups != theirs)
    });
    assert_eq!(program.seen("POST", "/reply").len(), 0);
    assert_eq!(
        program.quit().drafts,
        [("from the first".to_owned(), "writing".to_owned())]
    );
}

#[test]
fn what_was_on_its_way_is_found_as_its_writers_after_another_has_started() {
    let mut program = start(Setup {
        options: Options {
            visible_after: Duration::from_secs(4),
            ..Options::default()
        },
        ..Setup::default()
    });
    program.open_a_thread();
    reply(&program, "from the first");
    program.wait_until("Graph's word", |model| {
        let out = model.outbox.first();
        out.is_some_and(|out| matches!(out.draft.state, DraftState::Accepted { .. }))
    });
    assert_eq!(
        program.quit().drafts,
        [("from the first".to_owned(), "accepted".to_owned())]
    );
    let pass = Pass::default();
    pass.good.store(true, SeqCst);
    pass.turn_to("another", program.tenant.token_for("hanako.yamada"));
    let mut program = program.again_as(Arc::new(pass));
    program.wait_for_words("Your reply is in");
    assert_eq!(program.seen("POST", "/reply").len(), 1);
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn signing_out_removes_what_was_kept_and_signing_in_keeps_again() {
    let (mut program, _pass) = program();
    assert!(!program.store_path().exists(), "nobody is signed in");
    sign_in(&program);
    program.open_a_thread();
    program.wait_until_kept(4);
    program.keys(":");
    program.types("sign out");
    program.keys("enter");
    program.wait_until("the account", |model| model.place() == Place::Account);
    program.keys("x");
    program.wait_for_words("Signed out");
    let give_up = Instant::now() + LONGEST;
    while program.store_path().exists() {
        assert!(Instant::now() < give_up, "it is still there");
        thread::sleep(Duration::from_millis(5));
    }
    program.keys("ctrl-r");
    sign_in(&program);
    program.wait_until_kept(1);
    program.quit();
}
