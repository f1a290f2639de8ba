//! The last guard around code that reads hostile bodies: a panic in it becomes a value.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside the guard: its panic will be caught and answered with a plainer layout, so a panic hook
/// should neither restore the terminal nor write to it.
pub fn guarded() -> bool {
    GUARDED.get()
}

/// Runs `work`; `None` if it panicked.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    // What a panic leaves half done is dropped with the closure: nothing outside is seen in a broken state.
    let result = catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(before);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_none_and_the_flag_is_set_only_inside() {
        assert!(!guarded());
        assert_eq!(guard(guarded), Some(true));
        let inside = guard(|| {
            assert_eq!(guard(|| ()), Some(()));
            guarded()
        });
        assert_eq!(inside, Some(true));
        assert!(!guarded());
    }

    #[test]
    fn a_caught_panic_clears_the_flag() {
        let result: Option<()> = guard(|| std::panic::resume_unwind(Box::new("a panic without the hook's noise")));
        assert_eq!(result, None);
        assert!(!guarded());
    }
}
