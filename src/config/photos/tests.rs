//! How photos are drawn, by terminal and setting.

use super::*;

fn emulator(variables: &[(&str, &str)]) -> Emulator {
    Emulator::from_variables(|name| {
        let known = variables.iter().find(|(variable, _)| *variable == name);
        known.map(|(_, value)| (*value).to_owned())
    })
}

/// How photos are drawn with these variables, in a terminal that tells its pixels.
fn usual(variables: &[(&str, &str)]) -> Drawing {
    Drawing::decide(&Layout::default(), false, &emulator(variables), true)
}

#[test]
fn terminals_are_recognised_by_their_variables() {
    let blocks = Way::HalfBlocks;
    for (variables, way) in [
        (&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")][..], Way::Kitty),
        (&[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")], Way::Kitty),
        (&[("TERM", "xterm-ghostty"), ("TERM_PROGRAM", "ghostty")], Way::Kitty),
        (
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
            Way::Iterm2,
        ),
        (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], Way::Iterm2),
        (
            &[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "230804")],
            Way::Iterm2,
        ),
        // Started from a kitty.
        (&[("TERM", "foot"), ("KITTY_WINDOW_ID", "1")], Way::Sixel),
        (&[("TERM", "xterm-256color")], blocks(Colours::Palette)),
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
            blocks(Colours::All),
        ),
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "yes")],
            blocks(Colours::Palette),
        ),
        (
            &[("TERM", "tmux-256color"), ("TMUX", "/tmp/x"), ("KITTY_WINDOW_ID", "1")],
            blocks(Colours::All),
        ),
        (
            &[("TERM", "xterm-kitty"), ("SSH_CONNECTION", "a 1 b 2")],
            blocks(Colours::All),
        ),
        (&[("TERM", "screen"), ("STY", "1.pts")], blocks(Colours::Palette)),
    ] {
        assert_eq!(usual(variables).way, Some(way), "{variables:?}");
    }
    for few in [
        &[][..],
        &[("TERM", "linux")],
        &[("TERM", "vt220"), ("COLORTERM", "truecolor")],
    ] {
        assert_eq!(usual(few).way, None, "{few:?}");
    }
}

#[test]
fn the_person_decides_and_slow_lines_carry_none() {
    let here = emulator(&[("TERM", "tmux-256color"), ("TMUX", "/tmp/x")]);
    let decide = |photos, low_bandwidth, colourless, has_pixels| {
        let layout = Layout {
            photos,
            low_bandwidth,
            ..Layout::default()
        };
        Drawing::decide(&layout, colourless, &here, has_pixels)
            .way
            .map(Way::name)
    };
    assert_eq!(decide(Photos::Kitty, false, false, true), Some("kitty"));
    assert_eq!(
        decide(Photos::Sixel, false, true, true),
        Some("sixel"),
        "a picture is no coloured text"
    );
    assert_eq!(decide(Photos::Iterm2, false, false, false), Some("halfblocks"));
    assert_eq!(decide(Photos::Halfblocks, false, false, false), Some("halfblocks"));
    for none in [
        decide(Photos::None, false, false, true),
        decide(Photos::Kitty, true, false, true),
        decide(Photos::Auto, false, true, true),
        decide(Photos::Sixel, false, true, false),
    ] {
        assert_eq!(none, None);
    }
}
