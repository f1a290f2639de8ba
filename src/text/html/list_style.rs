//! How lists are numbered.

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// 1, 2, 3.
    Numbers,
    /// a, b, c.
    Letters,
    /// A, B, C.
    Capitals,
    /// i, ii, iii.
    Roman,
    /// I, II, III.
    RomanCapitals,
    /// Neither numbers nor bullets.
    Nothing,
}

impl ListStyle {
    /// What `<ol type>` says.
    pub fn of_type(value: &str) -> ListStyle {
        match value {
            "a" => ListStyle::Letters,
            "A" => ListStyle::Capitals,
            "i" => ListStyle::Roman,
            "I" => ListStyle::RomanCapitals,
            _ => ListStyle::Numbers,
        }
    }

    /// What `list-style` says, in whatever order.
    pub(super) fn of_css(value: &str) -> Option<ListStyle> {
        value.split_ascii_whitespace().find_map(|word| match word {
            "decimal" | "decimal-leading-zero" => Some(ListStyle::Numbers),
            "lower-alpha" | "lower-latin" => Some(ListStyle::Letters),
            "upper-alpha" | "upper-latin" => Some(ListStyle::Capitals),
            "lower-roman" => Some(ListStyle::Roman),
            "upper-roman" => Some(ListStyle::RomanCapitals),
            "none" => Some(ListStyle::Nothing),
            _ => None,
        })
    }
}
