//! Where panes lie, at every size.

use super::*;

#[test]
fn four_panes_two_panes_one_pane() {
    let shown = |width, height, focus| {
        let laid = arrange(Size { width, height }, focus, Open::default());
        Pane::ALL
            .into_iter()
            .filter(|pane| laid.pane(*pane).is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(120, 40, Pane::Groups), Pane::ALL);
    assert_eq!(shown(80, 24, Pane::Members), [Pane::Groups, Pane::Members]);
    assert_eq!(shown(80, 24, Pane::Posts), [Pane::Threads, Pane::Posts]);
    assert_eq!(shown(40, 12, Pane::Threads), [Pane::Threads]);
    assert_eq!(shown(20, 5, Pane::Threads), []);
}

#[test]
fn nothing_overlaps_or_leaves_the_screen_at_any_size() {
    // However large: a terminal may say of itself what it likes.
    for width in (0..140).chain([21_846, 40_000, u16::MAX]) {
        for height in (0..50).chain([32_768, u16::MAX]) {
            for focus in Pane::ALL {
                for open in [
                    (false, false, false),
                    (true, false, false),
                    (false, true, false),
                    (false, false, true),
                ] {
                    let (composer, profile, zoomed) = open;
                    let open = Open {
                        composer,
                        profile,
                        zoomed,
                    };
                    let laid = arrange(Size { width, height }, focus, open);
                    let areas: Vec<Area> = [
                        laid.groups,
                        laid.members,
                        laid.threads,
                        laid.posts,
                        laid.profile,
                        laid.composer,
                        laid.divider,
                        laid.status,
                        laid.footer,
                    ]
                    .into_iter()
                    .flatten()
                    .collect();
                    for (at, one) in areas.iter().enumerate() {
                        assert!(one.x + one.width <= width && one.y + one.height <= height, "{one:?}");
                        for other in areas.iter().skip(at + 1) {
                            let apart = one.x + one.width <= other.x
                                || other.x + other.width <= one.x
                                || one.y + one.height <= other.y
                                || other.y + other.height <= one.y;
                            assert!(apart, "{one:?} {other:?} at {width}×{height}");
                        }
                    }
                }
            }
        }
    }
}
