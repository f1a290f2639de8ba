//! Posts that arrive by themselves.

use std::sync::Arc;
use std::time::Duration;

use super::directory::object::ObjectRef;
use super::exchange::{Shared, lock};
use super::ids::Dice;
use super::mail::body::wrapped;
use super::state::{State, index};

/// What people say when nobody asked.
const SAYINGS: [&str; 6] = [
    "<div>Done. The lamp burns.</div>",
    "<div>Has anyone seen the long ladder?</div>",
    "<div>Danke! Ich schaue es mir heute Nachmittag an.</div>",
    "<div>了解しました。あとで確認します。</div>",
    "<div>Count me in 🕯️</div>",
    "<div dir=\"rtl\">شكرًا، سأراجعها غدًا.</div>",
];

/// Adds a post every few seconds, for as long as it is polled.
pub async fn run(shared: &Shared, seed: u64) {
    let mut dice = Dice::new(seed, "lively");
    loop {
        tokio::time::sleep(Duration::from_millis(2000 + dice.throw() % 4000)).await;
        if let Some(state) = shared.state.get() {
            post(&mut lock(state), &mut dice);
        }
    }
}

/// One post: by a member, in a thread that is not locked, of a group of the signed-in person's.
fn post(state: &mut State, dice: &mut Dice) -> Option<()> {
    let me = ObjectRef::Person(state.me);
    let mine: Vec<usize> = state
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| {
            group.members.has(me)
                && group
                    .mailbox
                    .as_ref()
                    .is_some_and(|mailbox| !mailbox.threads.is_empty())
        })
        .map(|(at, _)| at)
        .collect();
    let at = *dice.pick(&mine)?;
    let group = state.groups.get(at)?;
    let others: Vec<u32> = group
        .members
        .all()
        .iter()
        .filter_map(|member| match member {
            ObjectRef::Person(person) if *person != state.me => Some(*person),
            _ => None,
        })
        .take(500)
        .collect();
    let author = state.address(*dice.pick(&others)?);
    let now = state.clock.now();
    let mailbox = state.groups.get_mut(index(u32::try_from(at).ok()?))?.mailbox.as_mut()?;
    // The newest threads are the ones that people talk in.
    let newest = mailbox.newest_threads().get(..mailbox.newest_threads().len().min(5))?;
    let open: Vec<usize> = newest
        .iter()
        .copied()
        .filter(|place| mailbox.threads.get(*place).is_some_and(|it| !it.locked))
        .collect();
    let thread = *dice.pick(&open)?;
    let mut post = mailbox.draft(thread, mailbox.next_number(thread), author, now)?;
    post.body = Arc::from(wrapped(dice.pick(&SAYINGS)?));
    mailbox.accept(thread, post, now, true);
    Some(())
}
