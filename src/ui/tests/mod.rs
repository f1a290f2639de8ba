//! What a person sees: every pane, overlay and state, at three sizes, in many scripts, styles included.

mod bytes;
mod changes;
mod crowds;
mod data;
mod fetching;
mod finder;
mod members;
mod org;
mod overlap;
mod panes;
mod photo;
mod picture;
mod replies;
mod sign_in;
mod stage;
mod states;
mod sweep;
mod welcome;

use insta::assert_snapshot;

use super::Theme;
use picture::picture;
use stage::Stage;

/// The sizes that every state is drawn at: four panes, two, one.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// Compares the frames of a state, at all sizes, with those that were looked at.
fn look(name: &str, prepare: impl Fn(&mut Stage) -> &mut Stage) {
    for (width, height) in SIZES {
        let mut stage = Stage::new(width, height);
        prepare(&mut stage);
        assert_snapshot!(
            format!("{name}-{width}x{height}"),
            picture(&stage.model, &Theme::default())
        );
    }
}
