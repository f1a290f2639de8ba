//! Keyrings that do not do as they should.

use std::time::Instant;

use super::*;

/// A second for the keyring, and much more for a busy machine.
const AT_MOST: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_keyring_that_does_not_answer_costs_a_second_once() {
    for (ways, asked, why) in [
        (Ways::Hangs, 1, "The keyring did not answer within a second"),
        (Ways::BreaksDown, 1, "The keyring broke down"),
        (Ways::Absent, 0, "No keyring answered"),
    ] {
        let (_root, folder) = temp();
        let keyring = TestKeyring::new(ways);
        let begun = Instant::now();
        let vault = open(Keep::Auto, &folder, &keyring).await;
        for n in 1..=20 {
            write(&vault, n).await.unwrap();
            assert_eq!(number(&vault).await, Some(n));
        }
        assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
        assert_eq!(keyring.asked.load(Ordering::SeqCst), asked, "it is not asked again");
        let file = folder.join("sign-in.json");
        let said = format!("{why}; so a file is used.");
        assert_eq!((vault.place(), notice(&vault)), (Place::File(file), said));
        remove(&vault).await.unwrap();
        assert_eq!(names(&folder), ["sign-in.lock"]);
    }
}

#[tokio::test]
async fn whoever_wants_a_keyring_only_gets_no_file() {
    for ways in [Ways::Absent, Ways::RefusesWriting, Ways::Forgets, Ways::SmallUnsaid(10)] {
        let (_root, folder) = temp();
        let vault = open(Keep::Keyring, &folder, &TestKeyring::new(ways)).await;
        write(&vault, 1).await.unwrap();
        assert_eq!((vault.place(), number(&vault).await), (Place::Memory, Some(1)));
        let said = notice(&vault);
        assert!(said.ends_with("; so it is held in memory only."), "{said}");
        assert!(!has_tokens(&folder));
    }
}

#[tokio::test]
async fn a_keyring_that_does_not_keep_what_it_is_given_gives_way_to_the_file() {
    for (ways, why) in [
        (Ways::HangsAtWriting, "did not answer"),
        (Ways::RefusesWriting, "The keyring refused: locked"),
        (Ways::Forgets, "did not keep what it was given"),
        (Ways::SmallUnsaid(100), "too big for the keyring"),
        (Ways::Small(10), "too big for the keyring"),
    ] {
        let (_root, folder) = temp();
        let keyring = TestKeyring::new(Ways::Works);
        write(&open(Keep::Auto, &folder, &keyring).await, 1).await.unwrap();
        let worse = keyring.now(ways);
        let vault = open(Keep::Auto, &folder, &worse).await;
        assert_eq!(number(&vault).await, Some(1), "{why}");
        write(&vault, 2).await.unwrap();
        assert_eq!(number(&vault).await, Some(2));
        let said = notice(&vault);
        assert!(said.contains(why) && said.ends_with("so a file is used."), "{said}");
        let hangs = ways == Ways::HangsAtWriting;
        assert_eq!(keyring.names(), usize::from(hangs), "what could be removed was: {why}");

        let later = open(Keep::Auto, &folder, &keyring).await;
        assert_eq!(number(&later).await, Some(2), "the file goes before the keyring");
        write(&later, 3).await.unwrap();
        assert_eq!(
            (number(&later).await, keyring.names(), has_tokens(&folder)),
            (Some(3), 1, false)
        );
    }
}

#[tokio::test]
async fn a_long_sign_in_is_kept_in_parts() {
    let (_root, folder) = temp();
    let keyring = TestKeyring::new(Ways::Small(60));
    let vault = open(Keep::Auto, &folder, &keyring).await;
    let mut before = 0;
    for n in 1..=3 {
        write(&vault, n).await.unwrap();
        assert_eq!(number(&vault).await, Some(n));
        assert!(keyring.names() > 5, "in parts");
        assert!(before == 0 || keyring.names() == before, "the parts before it are gone");
        before = keyring.names();
    }
    assert_eq!(
        (vault.place(), notice(&vault)),
        (Place::Keyring("the keyring"), String::new())
    );
    assert!(keyring.entries.lock().unwrap().values().all(|part| part.len() <= 60));

    let roomier = open(Keep::Auto, &folder, &keyring.now(Ways::Works)).await;
    assert_eq!(number(&roomier).await, Some(3));
    write(&roomier, 4).await.unwrap();
    assert_eq!((number(&roomier).await, keyring.names()), (Some(4), 1));
    write(&vault, 5).await.unwrap();
    remove(&vault).await.unwrap();
    assert_eq!((keyring.names(), number(&vault).await), (0, None));
}

#[tokio::test]
async fn a_part_that_is_gone_is_a_sign_in_that_is_gone() {
    let (_root, folder) = temp();
    let keyring = TestKeyring::new(Ways::Small(60));
    let vault = open(Keep::Auto, &folder, &keyring).await;
    write(&vault, 1).await.unwrap();
    keyring.entries.lock().unwrap().pop_last();
    assert_eq!(number(&vault).await, None);
    assert_eq!(notice(&vault), "The keyring no longer has your sign-in; sign in again.");
    write(&vault, 2).await.unwrap();
    assert_eq!((number(&vault).await, notice(&vault)), (Some(2), String::new()));
}

#[tokio::test]
async fn a_keyring_that_holds_the_sign_in_and_hangs_is_said_and_got_over() {
    let (_root, folder) = temp();
    let keyring = TestKeyring::new(Ways::Works);
    write(&open(Keep::Auto, &folder, &keyring).await, 1).await.unwrap();

    let vault = open(Keep::Auto, &folder, &keyring.now(Ways::Hangs)).await;
    let problem = vault.read().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignIn);
    assert!(problem.next.as_str().contains("sign in again"), "{problem}");
    write(&vault, 2).await.unwrap();
    assert_eq!((number(&vault).await, keyring.names()), (Some(2), 1));

    let problem = remove(&vault).await.unwrap_err();
    assert!(problem.what.as_str().contains("keyring may still hold"), "{problem}");
    assert_eq!((number(&vault).await, has_tokens(&folder)), (None, false));
    let later = open(Keep::Auto, &folder, &keyring).await;
    assert_eq!(number(&later).await, None, "the old sign-in does not come back");
    remove(&later).await.unwrap();
    assert_eq!((keyring.names(), names(&folder)), (0, vec!["sign-in.lock".to_owned()]));
}

#[tokio::test]
async fn a_damaged_entry_is_a_problem_that_signing_in_mends() {
    let (_root, folder) = temp();
    let keyring = TestKeyring::new(Ways::Works);
    let vault = open(Keep::Auto, &folder, &keyring).await;
    write(&vault, 1).await.unwrap();
    for damaged in keyring.entries.lock().unwrap().values_mut() {
        damaged.truncate(40);
    }
    let problem = vault.read().await.unwrap_err();
    assert_eq!(
        (problem.kind, problem.next.as_str()),
        (ProblemKind::SignIn, "Sign in again.")
    );
    write(&vault, 2).await.unwrap();
    assert_eq!(number(&vault).await, Some(2));
}

#[tokio::test]
async fn two_state_folders_do_not_share_an_entry() {
    let (_root, folder) = temp();
    let (_other_root, other) = temp();
    let keyring = TestKeyring::new(Ways::Works);
    let (here, there) = (
        open(Keep::Auto, &folder, &keyring).await,
        open(Keep::Auto, &other, &keyring).await,
    );
    write(&here, 1).await.unwrap();
    write(&there, 2).await.unwrap();
    assert_eq!((number(&here).await, number(&there).await), (Some(1), Some(2)));
}

/// Whatever keyrings this machine has.
#[tokio::test]
async fn the_kernels_keyring_which_forgets_is_for_those_who_ask_for_it() {
    let (_root, folder) = temp();
    let vault = Vault::open(Keep::Auto, folder, "test").await;
    assert_ne!(vault.place(), Place::Keyring(KERNEL));
}

/// The keyring of the machine that runs the tests, with an entry of its own. On Linux:
/// `dbus-run-session -- sh -c 'echo -n x | gnome-keyring-daemon --unlock && cargo test -- --ignored system_keyring'`
#[tokio::test]
#[ignore = "it writes to the keyring of whoever runs it"]
async fn the_system_keyring_keeps_a_sign_in() {
    let (_root, folder) = temp();
    let vault = Vault::open(Keep::Auto, folder.clone(), "test").await;
    assert!(matches!(vault.place(), Place::Keyring(_)), "{}", notice(&vault));
    let long = Kept {
        access_token: SecretString::from("x".repeat(6000)),
        ..kept(1)
    };
    for kept in [&kept(1), &long] {
        vault.lock().await.unwrap().write(kept).await.unwrap();
        assert!(matches!(vault.place(), Place::Keyring(_)), "{}", notice(&vault));
        assert!(!has_tokens(&folder));
        let again = Vault::open(Keep::Auto, folder.clone(), "test").await;
        let read = again.read().await.unwrap().unwrap();
        assert_eq!(read.access_token.expose_secret(), kept.access_token.expose_secret());
    }
    remove(&vault).await.unwrap();
    assert_eq!(number(&vault).await, None);
}
