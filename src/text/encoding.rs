//! The text of a file that somebody has made: what its first bytes say it is in, or its markup, as browsers read it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// As far as the name of an encoding is looked for, in bytes. The Encoding Standard's first kilobyte is too little for the
/// heads of newsletters.
const HEAD: usize = 16 << 10;

/// The text of a file. A byte order mark says what it is in; if there is none, what is UTF-8 and more than ASCII is that,
/// whatever its markup says: mails that a program has put into UTF-8 go on naming what they came in. Then the markup's word
/// counts, and in the end there is the encoding of mails that name none.
pub fn decoded(bytes: &[u8], is_markup: bool) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(text).0.into_owned();
    }
    // The end of a file that is too long may have cut a character in two.
    let is_utf8 = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    let named = || named(bytes).filter(|_| is_markup);
    let encoding = match is_utf8 {
        true if !bytes.is_ascii() => UTF_8,
        true => named().unwrap_or(UTF_8),
        false => named().unwrap_or(WINDOWS_1252),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that a `<meta>` names (<https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>).
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // Whatever the encoding, markup is ASCII in those that can be named this way.
    let head: String = head.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut rest = head.as_str();
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        rest = after;
        let meta = after.strip_prefix("meta").and_then(|meta| meta.split('>').next());
        let meta = meta.filter(|meta| meta.starts_with(|c: char| c.is_ascii_whitespace() || c == '/'));
        if let Some(encoding) = meta.and_then(charset) {
            return Some(encoding);
        }
    }
    None
}

/// `charset=koi8-r`, `charset = "koi8-r"`, `content="text/html; charset=koi8-r"`
fn charset(meta: &str) -> Option<&'static Encoding> {
    let mut places = meta.match_indices("charset");
    places.find_map(|(at, word)| {
        let value = meta.get(at + word.len()..)?.trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let label = value.split(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ';' | '/'));
        let encoding = Encoding::for_label_no_replacement(label.into_iter().next()?.as_bytes())?;
        // Nobody could have read the name in these.
        let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
        Some(if is_wide { UTF_8 } else { encoding })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_in_the_encoding_they_are_in() {
        for (bytes, text) in [
            ("Zoë 山田".as_bytes(), "Zoë 山田"),
            (b"\xef\xbb\xbfa", "a"),
            (b"\xff\xfea\0\xeb\0", "aë"),
            (b"\xfe\xff\0a\x5c\x71", "a山"),
            (b"Zo\xeb \x80 \x93x\x94", "Zoë € “x”"),
            (b"cut \xe5\xb1", "cut \u{fffd}"),
            (b"", ""),
        ] {
            assert_eq!(decoded(bytes, false), text);
            assert_eq!(decoded(bytes, true), text);
        }
    }

    #[test]
    fn markup_names_its_encoding() {
        for (head, bytes, text) in [
            ("<meta charset=gb2312>", b"\xbb\xd8\xb8\xb4".as_slice(), "回复"),
            ("<META CHARSET = 'Big5' />", b"\xa4\xa4\xa4\xe5", "中文"),
            ("<meta charset=\"shift_jis\"/>", b"\x8e\x52\x93\x63", "山田"),
            ("<meta charset=iso-2022-jp>", b"\x1b$B;3ED\x1b(B", "山田"),
            ("<meta charset=euc-kr>", b"\xbe\xc8\xb3\xe7", "안녕"),
            (
                "<!-- <meta charset=utf-8> --><meta http-equiv=Content-Type content='text/html; charset=koi8-r'>",
                b"\xd0\xd2\xc9\xd7\xc5\xd4",
                "привет",
            ),
            ("<meta name=charset><meta charset=iso-8859-2>", b"\xe8\xeb", "čë"),
            (
                "<meta charset=nonsense><meta charset=windows-1255/>",
                b"\xf9\xec\xe5\xed",
                "שלום",
            ),
            // Put into UTF-8 on the way, and still naming what it came in.
            ("<meta charset=gb2312>", "回复".as_bytes(), "回复"),
            ("<meta charset=utf-16>", b"a", "a"),
            // In what it says, but for a slip.
            ("<meta charset=utf-8>", b"\xc3\xab \xeb", "ë \u{fffd}"),
            ("<metal charset=koi8-r>", b"\xeb ", "ë "),
            ("<meta charset=>", b"\xeb ", "ë "),
        ] {
            let file = [head.as_bytes(), bytes].concat();
            assert_eq!(decoded(&file, true), format!("{head}{text}"));
        }
        let far = [" ".repeat(HEAD).as_bytes(), b"<meta charset=koi8-r>\xeb "].concat();
        assert!(decoded(&far, true).ends_with("ë "), "looked for without end");
        assert_eq!(decoded(b"<meta charset=koi8-r>\xeb ", false), "<meta charset=koi8-r>ë ");
    }
}
