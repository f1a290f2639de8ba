//! What the rows of all trees have in common.

use super::screen::Strip;
use super::theme::Theme;
use crate::app::Below;
use crate::layout::Area;
use crate::protocol::{Problem, ProblemKind};

/// Cells that each level is indented by.
const STEP: usize = 2;

/// By how many cells a row is indented. Deep down there must be room for names.
pub(super) fn indent(depth: u16, area: Area) -> usize {
    (usize::from(depth) * STEP).min(usize::from(area.width) / 3)
}

/// Puts the sign of what is known of what stands below.
pub(super) fn put_glyph(strip: &mut Strip<'_>, theme: &Theme, below: Below<'_>) {
    let (glyph, style) = match below {
        Below::Open => ("▾", theme.secondary),
        Below::Closed => ("▸", theme.secondary),
        Below::Nothing => (" ", theme.secondary),
        Below::Again => ("↻", theme.warning),
        Below::Hidden(_) => ("!", theme.warning),
    };
    strip.put(glyph, style);
}

/// Why what stands below cannot be seen; the permission is told by the answer, or is this.
pub(super) fn problem(why: &Problem, scope: &str) -> String {
    if why.kind == ProblemKind::Forbidden {
        format!("hidden: needs {}", why.missing.unwrap_or(scope))
    } else {
        why.what.to_string()
    }
}
