//! Numbers as people read them.

/// Digits in groups of three: `100,000`
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 line`, `2 lines`
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `14 B`, `1.4 kB`, `38 MB`: decimal units, two digits.
pub fn bytes(size: u64) -> String {
    let mut value = size as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if value < 999.5 {
            let places = usize::from(value < 9.95 && unit != "B");
            return format!("{value:.places$} {unit}");
        }
        value /= 1000.0;
    }
    format!("{value:.1} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_easily() {
        for (count, said) in [
            (0, "0"),
            (999, "999"),
            (1998, "1,998"),
            (100_000, "100,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(count), said);
        }
    }

    #[test]
    fn sizes_read_easily() {
        for (size, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (12_345, "12 kB"),
            (999_600, "1.0 MB"),
            (3_400_000_000, "3.4 GB"),
            (u64::MAX, "18446744.1 TB"),
        ] {
            assert_eq!(bytes(size), said);
        }
    }
}
