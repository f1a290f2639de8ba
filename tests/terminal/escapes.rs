//! What may be written to a terminal. Everything else is a hole through which text from outside drives the terminal, or a
//! question whose answer would be typed into the program.

/// Something that is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sequence {
    /// `ESC [`, parameters and intermediates as one, final byte.
    Csi(String, char),
    /// `ESC ]`, up to its end.
    Osc(String),
    /// Anything else after an escape.
    Other(String),
    /// A control character by itself, C0 or C1.
    Control(char),
}

/// Everything in `written` that is not text, in order.
pub fn sequences(written: &[u8]) -> Vec<Sequence> {
    let text = String::from_utf8_lossy(written);
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\x1b' {
            if c.is_control() {
                found.push(Sequence::Control(c));
            }
            continue;
        }
        found.push(match rest.next() {
            Some('[') => {
                let mut parameters = String::new();
                let mut last = '\0';
                for c in rest.by_ref() {
                    if ('@'..='~').contains(&c) {
                        last = c;
                        break;
                    }
                    parameters.push(c);
                }
                Sequence::Csi(parameters, last)
            }
            Some(']') => {
                let mut said = String::new();
                while let Some(c) = rest.next() {
                    if c == '\x07' || (c == '\x1b' && rest.next_if_eq(&'\\').is_some()) {
                        break;
                    }
                    said.push(c);
                }
                Sequence::Osc(said)
            }
            other => Sequence::Other(other.into_iter().collect()),
        });
    }
    found
}

/// Modes that are set and undone: cursor, alternate screen, bracketed paste, synchronized update.
const MODES: [&str; 4] = ["?25", "?1049", "?2004", "?2026"];

/// Whether a sequence may be written. `copies` says that the person has asked for something to be copied.
fn may_be_written(sequence: &Sequence, copies: bool) -> bool {
    match sequence {
        Sequence::Csi(mode, 'h' | 'l') => MODES.contains(&mode.as_str()),
        Sequence::Csi(numbers, 'H' | 'm') => numbers.chars().all(|c| c.is_ascii_digit() || matches!(c, ';' | ':')),
        Sequence::Csi(all, 'J') => all == "2",
        Sequence::Csi(rest, 'K') => rest.is_empty(),
        Sequence::Csi(count, 'G' | 'X') => !count.is_empty() && count.chars().all(|c| c.is_ascii_digit()),
        Sequence::Osc(said) => {
            let coded = said.strip_prefix("52;c;");
            let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
            copies && coded.is_some_and(|coded| coded.chars().all(base64))
        }
        Sequence::Csi(..) | Sequence::Other(_) | Sequence::Control(_) => false,
    }
}

/// Checks everything that was written.
#[track_caller]
pub fn check(written: &[u8], copies: bool) {
    let mut ours = false;
    for sequence in sequences(written) {
        match &sequence {
            Sequence::Csi(mode, end @ ('h' | 'l')) if mode == "?1049" => ours = *end == 'h',
            // Beside the screen, before it and after it, the terminal is an ordinary one, with lines.
            Sequence::Control('\r' | '\n') if !ours => {}
            _ => assert!(may_be_written(&sequence, copies), "{sequence:?} was written"),
        }
    }
    let text = String::from_utf8_lossy(written);
    for direction in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
        assert!(!text.contains(direction), "U+{:04X} was written", u32::from(direction));
    }
}

#[test]
fn whatever_asks_or_drives_is_found() {
    for (written, found) in [
        ("\x1b[c", Sequence::Csi(String::new(), 'c')),
        ("\x1b[>0q", Sequence::Csi(">0".into(), 'q')),
        ("\x1b[?u", Sequence::Csi("?".into(), 'u')),
        ("\x1b[6n", Sequence::Csi("6".into(), 'n')),
        ("\x1b[?1000h", Sequence::Csi("?1000".into(), 'h')),
        ("\x1b[14t", Sequence::Csi("14".into(), 't')),
        ("\x1b]0;owned\x07", Sequence::Osc("0;owned".into())),
        ("\x1b]11;?\x1b\\", Sequence::Osc("11;?".into())),
        ("\x1b]52;c;aGk=\x07", Sequence::Osc("52;c;aGk=".into())),
        ("\x1bP+q544e\x1b\\", Sequence::Other("P".into())),
        ("\u{9b}31m", Sequence::Control('\u{9b}')),
        ("\x07", Sequence::Control('\x07')),
    ] {
        let all = sequences(written.as_bytes());
        assert_eq!(all.first(), Some(&found));
        assert!(
            !all.iter().all(|sequence| may_be_written(sequence, false)),
            "{written:?}"
        );
    }
    let ours = "\x1b[?2026h\x1b[3;1H\x1b[1;35mיש 山\x1b[0m\x1b[2J\x1b[?2026l";
    assert!(
        sequences(ours.as_bytes())
            .iter()
            .all(|sequence| may_be_written(sequence, false))
    );
    assert!(may_be_written(&Sequence::Osc("52;c;aGk=".into()), true));
    assert!(
        !may_be_written(&Sequence::Osc("52;c;?".into()), true),
        "that would ask for the clipboard"
    );
}
