//! How many requests go at once, and whose turn it is.

use futures_util::FutureExt;

use super::*;

#[tokio::test]
async fn four_to_a_mailbox_and_two_of_them_ahead() {
    let permits = Permits::new();
    let mailbox = [Id::new("a")];
    let _ahead = (
        permits.take(&mailbox, Urgency::Ahead).await,
        permits.take(&mailbox, Urgency::Ahead).await,
    );
    assert!(permits.take(&mailbox, Urgency::Ahead).now_or_never().is_none());
    let person = permits.take(&mailbox, Urgency::Person).await;
    let _other = permits.take(&mailbox, Urgency::Person).await;
    assert!(permits.take(&mailbox, Urgency::Person).now_or_never().is_none());
    assert!(permits.take(&[Id::new("b")], Urgency::Person).now_or_never().is_some());
    drop(person);
    assert!(permits.take(&mailbox, Urgency::Person).now_or_never().is_some());
}

#[tokio::test]
async fn people_go_before_those_who_fetch_ahead_and_wait_already() {
    let permits = Permits::new();
    let a = [Id::new("a")];
    let take = |urgency| permits.take(&a, urgency);
    let mut held = Vec::new();
    for _ in 0..PER_MAILBOX {
        held.push(take(Urgency::Person).await);
    }
    // A batch for the same mailbox and a plain read come first, and then two people.
    let batch = ["a", "b", "a"].map(Id::new);
    let mut ahead = Box::pin(permits.take(&batch, Urgency::Ahead));
    let mut people = [Box::pin(take(Urgency::Person)), Box::pin(take(Urgency::Person))];
    assert!(ahead.as_mut().now_or_never().is_none());
    for person in &mut people {
        assert!(person.as_mut().now_or_never().is_none());
    }
    held.pop();
    assert!(ahead.as_mut().now_or_never().is_none());
    let [first, second] = people;
    let first = first.await;
    held.pop();
    assert!(ahead.as_mut().now_or_never().is_none());
    held.pop();
    assert!(ahead.as_mut().now_or_never().is_none());
    // One who gives up, although a permit is set aside for them, leaves it to the others, who hear of it.
    drop(second);
    let ahead = tokio::time::timeout(Duration::from_secs(60), ahead).await.unwrap();
    assert!(take(Urgency::Person).now_or_never().is_none());
    drop((first, ahead));
    held.clear();
    assert_eq!(permits.line.all.available_permits(), IN_ALL);
    assert_eq!(permits.line.ahead.available_permits(), AHEAD_IN_ALL);
}

#[tokio::test]
async fn a_batch_takes_what_it_carries_and_gates_are_not_kept_for_ever() {
    let permits = Permits::new();
    let batch = ["a", "b", "a"].map(Id::new);
    let held = permits.take(&batch, Urgency::Person).await;
    let a = [Id::new("a")];
    let _two = (
        permits.take(&a, Urgency::Person).await,
        permits.take(&a, Urgency::Person).await,
    );
    assert!(permits.take(&a, Urgency::Person).now_or_never().is_none());
    drop((held, _two));
    let _c = permits.take(&[Id::new("c")], Urgency::Person).await;
    assert_eq!(permits.mailboxes.lock().unwrap().len(), 1);
}

#[test]
fn quiet_is_kept_where_it_was_asked_for() {
    let permits = Permits::new();
    let (a, b) = (Id::new("a"), Id::new("b"));
    permits.hush(Some(&a), Duration::from_secs(60), Heard::Now);
    permits.hush(Some(&a), Duration::from_secs(1), Heard::Before);
    assert!(permits.quiet(&[b.clone(), a.clone()]) > Duration::from_secs(30));
    assert_eq!(permits.quiet(&[b]), Duration::ZERO);
    assert_eq!(permits.quiet(&[]), Duration::ZERO);
    permits.hush(None, Duration::from_secs(60), Heard::Before);
    assert!(permits.quiet(&[]) > Duration::from_secs(30));
    // What was known before is no news.
    assert_eq!(
        permits.heard().into_iter().map(|(place, _)| place).collect::<Vec<_>>(),
        [Some(a)]
    );
}
