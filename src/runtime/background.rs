//! Threads whose work may wait.

/// How much a thread gives way. With as few cores as threads, whoever works without a pause would otherwise hold up whoever
/// answers a key for several turns of the system's clock.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Makes this thread, and those that it starts, give way to all others. On Linux a thread has a priority of its own (sched(7),
/// "The nice value"); elsewhere it is the whole program's.
#[cfg(target_os = "linux")]
pub(super) fn give_way() {
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::debug!(%error, "a thread does not give way");
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn give_way() {}
