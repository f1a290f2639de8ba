//! Addresses as they are typed.

use crate::domain::{Recipient, Text};

/// One address, or several with commas or semicolons between them, as other programs copy them.
pub(super) fn addresses(typed: &str) -> Option<Vec<Recipient>> {
    let several = || typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    match address(typed) {
        Some(one) => Some(vec![one]),
        None if several().next().is_some() => several().map(address).collect(),
        None => None,
    }
}

/// `ada@folk.example`, or `Ada Lovelace <ada@folk.example>`.
pub fn address(typed: &str) -> Option<Recipient> {
    let (name, address) = match typed.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address.trim()),
        None => ("", typed.trim()),
    };
    let (user, host) = address.split_once('@')?;
    let is_plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>,;\"@".contains(c));
    let one = Recipient {
        name: Text::new(name),
        address: Text::new(address),
    };
    (is_plain(user) && is_plain(host) && one.has_domain()).then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_with_or_without_a_name() {
        for (typed, name, mail) in [
            ("ada@folk.example", "", "ada@folk.example"),
            (" Ada 花子 <ada@folk.example> ", "Ada 花子", "ada@folk.example"),
            (
                "\"Lovelace, Ada\" <ada@folk.example>",
                "Lovelace, Ada",
                "ada@folk.example",
            ),
        ] {
            let found = address(typed).unwrap();
            assert_eq!((found.name.as_str(), found.address.as_str()), (name, mail));
        }
        let several = addresses("ada@folk.example, Kim <kim@folk.example>; \"Lovelace\" <l@folk.example>,");
        let several: Vec<String> = several.unwrap().iter().map(|one| one.address.to_string()).collect();
        assert_eq!(several, ["ada@folk.example", "kim@folk.example", "l@folk.example"]);
        for typed in ["", ",", "ada@folk.example, Kim"] {
            assert_eq!(addresses(typed), None, "{typed}");
        }
        for typed in [
            "",
            "ada",
            "@",
            "a@",
            "@b.example",
            "a@b.example, c@d.example",
            "a@b.example c",
            "<a@b.example",
            "a@b@c.example",
            "a@b",
            "Ada <a@localhost>",
            "a@b.",
            "a@.example",
            "a@b..example",
        ] {
            assert_eq!(address(typed), None, "{typed}");
        }
    }
}
