//! Renewing a sign-in: rotation, two processes at once, and the end of it.

use std::sync::Arc;
use std::time::Duration;

use folkmoot::auth::Session;
use folkmoot::demo::Options;
use folkmoot::protocol::{ProblemKind, Token, TokenSource};
use secrecy::ExposeSecret;

use crate::support::Desk;

/// Someone who has signed in, and whose access token Graph no longer takes.
async fn with_ended_token() -> (Desk, Arc<Session>, Token) {
    let desk = Desk::new();
    let session = desk.session();
    desk.sign_in(&session).await;
    let old = session.token().await.unwrap();
    desk.tenant.expire_access_tokens();
    (desk, session, old)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_token_is_renewed_once_for_all_who_were_refused() {
    let (desk, session, old) = with_ended_token().await;
    assert!(!desk.graph_takes(old.expose_secret()).await);
    let before = desk.token_requests();
    let renewals = (0..20).map(|_| {
        let (session, old) = (Arc::clone(&session), old.clone());
        tokio::spawn(async move { session.renew(&old, None).await.unwrap().expose_secret().to_owned() })
    });
    let mut tokens = Vec::new();
    for renewal in renewals.collect::<Vec<_>>() {
        tokens.push(renewal.await.unwrap());
    }
    tokens.dedup();
    assert_eq!((tokens.len(), desk.token_requests() - before), (1, 1));
    assert!(desk.graph_takes(&tokens[0]).await);
    // A start later finds it.
    assert_eq!(desk.session().token().await.unwrap().expose_secret(), tokens[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_folder_never_use_a_refresh_token_twice() {
    let desk = Desk::new();
    desk.sign_in(&desk.session()).await;
    for _ in 0..5 {
        let (one, two) = (desk.session(), desk.session());
        let old = one.token().await.unwrap();
        assert_eq!(two.token().await.unwrap().expose_secret(), old.expose_secret());
        desk.tenant.expire_access_tokens();
        let before = desk.token_requests();
        let (first, second) = tokio::join!(one.renew(&old, None), two.renew(&old, None));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first.expose_secret(), second.expose_secret());
        assert_eq!(desk.token_requests() - before, 1);
        assert!(desk.graph_takes(first.expose_secret()).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_that_nobody_waits_for_is_kept_all_the_same() {
    let (desk, session, old) = with_ended_token().await;
    desk.tenant
        .add_fault("POST /organizations/oauth2/v2.0/token@*=latency:300".parse().unwrap());
    let before = desk.token_requests();
    {
        let given_up = session.renew(&old, None);
        assert!(tokio::time::timeout(Duration::from_millis(50), given_up).await.is_err());
    }
    let newer = session.renew(&old, None).await.unwrap();
    assert!(desk.graph_takes(newer.expose_secret()).await);
    assert_eq!(desk.token_requests() - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn short_lived_tokens_are_renewed_before_their_end() {
    let desk = Desk::with(Options {
        access_token_lifetime: Duration::from_secs(4),
        ..Options::default()
    });
    let session = desk.session();
    desk.sign_in(&session).await;
    let first = session.token().await.unwrap();
    loop {
        let token = session.token().await.unwrap();
        assert!(
            desk.graph_takes(token.expose_secret()).await,
            "never one that has ended"
        );
        if token.expose_secret() != first.expose_secret() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_sign_in_is_told_and_not_tried_again_and_stays_until_another() {
    let (desk, session, old) = with_ended_token().await;
    assert_eq!(desk.tenant.revoke_refresh_tokens("ines.wickersham"), 1);
    let before = desk.token_requests();
    for _ in 0..3 {
        let problem = session.renew(&old, None).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::SignIn);
        assert!(problem.code.as_ref().unwrap().as_str().contains("50173"), "{problem:?}");
    }
    assert_eq!(desk.token_requests() - before, 1, "a refused token is not tried again");
    assert!(
        session.status().await.unwrap().is_some(),
        "it is there until another takes its place"
    );
    desk.sign_in(&session).await;
    let newer = session.renew(&old, None).await.unwrap();
    assert!(desk.graph_takes(newer.expose_secret()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_connection_is_no_end() {
    let (desk, session, old) = with_ended_token().await;
    desk.tenant
        .add_fault("POST /organizations/oauth2/v2.0/token@*=503".parse().unwrap());
    let problem = session.renew(&old, None).await.unwrap_err();
    assert_ne!(problem.kind, ProblemKind::SignIn, "{problem}");
    desk.tenant.clear_faults();
    let newer = session.renew(&old, None).await.unwrap();
    assert!(desk.graph_takes(newer.expose_secret()).await);
}
