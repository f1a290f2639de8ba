//! Finds every path in a source file that leads to another room or into an outside crate. It reads tokens, so comments
//! and strings do not mislead it, and what stands in macros and attributes is found too.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// A path that was found.
#[derive(Debug, Clone)]
pub struct Used {
    /// From the root of our crate, or from the outside crate's name.
    pub segments: Vec<String>,
    /// It leads into our crate.
    pub ours: bool,
    /// It stands under `#[cfg(test)]`.
    pub in_test: bool,
    pub line: usize,
}

/// Every path in `text`, the source of `module`. What begins with neither `crate`, `self`, `super` nor the name of a crate
/// is relative to the module, and looks like an outside crate; no such name is in the tables.
pub fn used(text: &str, module: &[String]) -> Vec<Used> {
    let mut reader = Reader {
        found: Vec::new(),
        tests: Vec::new(),
    };
    reader.items(&tokens(text), module, false);
    reader.found
}

/// The modules that `text` declares under `#[cfg(test)]` and that have files of their own.
pub fn tests_declared(text: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut reader = Reader {
        found: Vec::new(),
        tests: Vec::new(),
    };
    reader.items(&tokens(text), module, false);
    reader.tests
}

fn tokens(text: &str) -> Vec<TokenTree> {
    text.parse::<TokenStream>().expect("Rust").into_iter().collect()
}

struct Reader {
    found: Vec<Used>,
    tests: Vec<Vec<String>>,
}

impl Reader {
    fn items(&mut self, tokens: &[TokenTree], module: &[String], in_test: bool) {
        // `#[cfg(test)]` holds until the end of the item after it.
        let mut item_in_test = in_test;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            match rest {
                [TokenTree::Punct(hash), TokenTree::Group(attribute), ..]
                    if hash.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)" =>
                {
                    item_in_test = true;
                    at += 2;
                    continue;
                }
                [
                    TokenTree::Ident(word),
                    TokenTree::Ident(name),
                    TokenTree::Group(body),
                    ..,
                ] if word == "mod" && body.delimiter() == Delimiter::Brace => {
                    let inner: Vec<_> = body.stream().into_iter().collect();
                    self.items(&inner, &child(module, &name.to_string()), item_in_test);
                    item_in_test = in_test;
                    at += 3;
                    continue;
                }
                [TokenTree::Ident(word), TokenTree::Ident(name), ..] if word == "mod" && item_in_test => {
                    self.tests.push(child(module, &name.to_string()));
                }
                // `use<'a>` says what a type captures.
                [TokenTree::Ident(word), TokenTree::Punct(less), ..] if word == "use" && less.as_char() == '<' => {}
                // `use {a, b};` and `use a;` name crates without a `::` behind them.
                [TokenTree::Ident(word), ..] if word == "use" => {
                    at += self.import(&rest[1..], module, item_in_test) + 1;
                    continue;
                }
                [TokenTree::Ident(word), TokenTree::Ident(next), ..] if word == "extern" && next == "crate" => {
                    at += self.import(&rest[2..], module, item_in_test) + 2;
                    continue;
                }
                _ => {}
            }
            match token {
                TokenTree::Group(group) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    self.items(&inner, module, item_in_test);
                    if group.delimiter() == Delimiter::Brace {
                        item_in_test = in_test;
                    }
                }
                TokenTree::Ident(first)
                    if is_colons(tokens.get(at + 1..)) && !is_keyword(first) && !continues_a_path(tokens, at) =>
                {
                    let (segments, length) = plain_path(rest);
                    // `open::<u8>()` is a function, not a crate.
                    if segments.len() > 1 {
                        self.add(&segments, first.span().start().line, module, item_in_test);
                    }
                    at += length;
                    continue;
                }
                token if is_semicolon(token) => item_in_test = in_test,
                _ => {}
            }
            at += 1;
        }
    }

    /// What stands between `use` and its semicolon; answers how many tokens that is.
    fn import(&mut self, rest: &[TokenTree], module: &[String], in_test: bool) -> usize {
        let end = rest.iter().position(is_semicolon).unwrap_or(rest.len());
        self.tree(&rest[..end], &[], module, in_test);
        end
    }

    /// A use tree: `a::b`, `a::{b, c::d}`, `a::*`, `a as b`.
    fn tree(&mut self, tokens: &[TokenTree], before: &[String], module: &[String], in_test: bool) {
        let mut segments = before.to_vec();
        let mut line = 0;
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    for branch in inner.split(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == ',')) {
                        self.tree(branch, &segments, module, in_test);
                    }
                    return;
                }
                TokenTree::Ident(word) if word == "as" => break,
                TokenTree::Ident(word) => {
                    line = word.span().start().line;
                    segments.push(plain(&word.to_string()));
                }
                TokenTree::Punct(star) if star.as_char() == '*' => {
                    line = star.span().start().line;
                    segments.push("*".to_owned());
                }
                _ => {}
            }
        }
        // An empty branch, as after the last comma, names nothing.
        if line > 0 {
            self.add(&segments, line, module, in_test);
        }
    }

    fn add(&mut self, segments: &[String], line: usize, module: &[String], in_test: bool) {
        let mut here: Option<Vec<String>> = None;
        for (n, segment) in segments.iter().enumerate() {
            match (segment.as_str(), &mut here) {
                ("crate", None) => here = Some(Vec::new()),
                // The binary and the documentation know the library by its name.
                ("folkmoot", None) if n == 0 => here = Some(Vec::new()),
                ("self", None) => here = Some(module.to_vec()),
                ("super", None) => here = Some(parent(module)),
                ("self", Some(_)) => {}
                ("super", Some(path)) => *path = parent(path),
                (name, Some(path)) => path.push(name.to_owned()),
                (_, None) => break,
            }
        }
        let ours = here.is_some();
        let segments = here.unwrap_or_else(|| segments.to_vec());
        self.found.push(Used {
            segments,
            ours,
            in_test,
            line,
        });
    }
}

/// `a::b::c`, without what comes after the last plain name; and how many tokens it takes.
fn plain_path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        segments.push(plain(&word.to_string()));
        at += 1;
        if !(is_colons(tokens.get(at..)) && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_)))) {
            break;
        }
        at += 2;
    }
    (segments, at)
}

/// Whether a path may begin after the word.
fn is_keyword(word: &Ident) -> bool {
    [
        "as", "break", "dyn", "else", "for", "if", "impl", "in", "match", "return", "while",
    ]
    .iter()
    .any(|keyword| word == keyword)
}

/// Whether the identifier comes after `::` of a path that has begun already, or after a dot.
fn continues_a_path(tokens: &[TokenTree], at: usize) -> bool {
    let punct = |back: usize| match at.checked_sub(back).and_then(|before| tokens.get(before)) {
        Some(TokenTree::Punct(p)) => Some(p.as_char()),
        _ => None,
    };
    // `return ::reqwest::get()` begins a path, `Thing::reqwest` and `<T>::reqwest` go on with one.
    // `return ::reqwest::get()` begins a path, `Thing::reqwest` and `<T>::reqwest` go on with one.
    let begins_at_a_crate = |back: usize| match at.checked_sub(back).and_then(|before| tokens.get(before)) {
        Some(TokenTree::Ident(word)) => is_keyword(word),
        _ => punct(back) != Some('>'),
    };
    match (punct(1), punct(2)) {
        (Some('.'), before) => before != Some('.'),
        (Some(':'), Some(':')) => !begins_at_a_crate(3),
        _ => false,
    }
}

fn is_colons(tokens: Option<&[TokenTree]>) -> bool {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ':');
    matches!(tokens, Some([a, b, ..]) if is_colon(a) && is_colon(b))
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(p) if p.as_char() == ';')
}

/// `r#name` is `name`.
fn plain(word: &str) -> String {
    word.strip_prefix("r#").unwrap_or(word).to_owned()
}

fn child(module: &[String], name: &str) -> Vec<String> {
    [module, &[plain(name)]].concat()
}

fn parent(module: &[String]) -> Vec<String> {
    module.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default()
}
