//! What the rows about the directory measure.

use crate::driven::{Driven, ENTER};
use crate::rows::spread;
use crate::tenant::{FIRST, Tenant};

/// Walks through the org tree of a hundred thousand people from the top: one of those below opens, then the next.
pub fn org_tree() -> String {
    let tenant = Tenant::serve(&["--people", "100000"]);
    let mut driven = Driven::start(&tenant);
    driven.until(FIRST);
    driven.pty.press("@solveig");
    driven.until("Chief Executive Officer");
    driven.pty.press(ENTER);
    driven.until("Profile · Solveig Lyktestad");
    driven.settle();
    driven.pty.press("t");
    driven.until("Org tree · Solveig Lyktestad");
    driven.settle();
    let mut times = Vec::new();
    for _ in 0..100 {
        for key in ["l", "j", "j"] {
            times.push(driven.key(key).first);
        }
    }
    spread(&times)
}
