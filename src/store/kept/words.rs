//! The words that people are found by. SQLite's index folds case and accents and cuts at white space and punctuation; what
//! it cannot do is done here, to what is indexed and to what is typed alike.

/// Letters that are no plain letter with an accent, and what people type for them.
const LETTERS: [(char, &str); 12] = [
    ('ß', "ss"),
    ('ø', "o"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ŧ', "t"),
];

/// Text to be indexed. Han characters, kana and the like, which no space parts, become a word each.
pub(super) fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_word_by_itself(c) {
            out.extend([' ', c, ' ']);
        } else if let Some((_, letters)) = LETTERS.iter().find(|(letter, _)| *letter == c) {
            out.push_str(letters);
        } else {
            out.push(c);
        }
    }
    out
}

/// What an address begins with: its end is the same for everyone.
pub(super) fn local_part(address: &str) -> &str {
    let local = address.split_once('@').map_or(address, |(local, _)| local);
    // A guest's name to sign in with: `anna_fabrikam.com#EXT#@contoso.com`.
    let local = local.split_once("#EXT#").map_or(local, |(local, _)| local);
    match local.len() < address.len() && address.contains("#EXT#") {
        true => local.rsplit_once('_').map_or(local, |(local, _)| local),
        false => local,
    }
}

/// What was typed, as a query to the index: every word begins a word. With `first`, the first of them begins the name.
/// `None` where there is no word.
pub(super) fn query(typed: &str, first: bool) -> Option<String> {
    let words: Vec<String> = typed
        .split_whitespace()
        .map(local_part)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"*", indexed(word).trim().replace('"', " ")))
        .collect();
    let (head, rest) = words.split_first()?;
    let head = if first { format!("name : ^{head}") } else { head.clone() };
    Some(
        rest.iter()
            .fold(format!("({head})"), |all, word| format!("{all} AND {word}")),
    )
}

fn is_word_by_itself(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_up_to_its_domain() {
        for (address, local) in [
            ("mira.kovac@contoso.com", "mira.kovac"),
            ("anna_fabrikam.com#EXT#@contoso.com", "anna"),
            ("mira", "mira"),
            ("@", ""),
            ("", ""),
        ] {
            assert_eq!(local_part(address), local, "{address}");
        }
    }

    #[test]
    fn what_is_typed_becomes_a_query_that_cannot_be_misread() {
        for (typed, expected) in [
            ("mira", Some("(\"mira\"*)")),
            ("Mira Kov", Some("(\"mira\"*) AND \"kov\"*")),
            ("花子", Some("(\"花  子\"*)")),
            ("a\"b OR c*", Some("(\"a b\"*) AND \"or\"* AND \"c*\"*")),
            ("Weißgerber", Some("(\"weissgerber\"*)")),
            (" - ", None),
            ("", None),
        ] {
            assert_eq!(query(typed, false).as_deref(), expected, "{typed}");
        }
    }
}
