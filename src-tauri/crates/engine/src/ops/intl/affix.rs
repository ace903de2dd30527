//! Number patterns: what stands before and after the number, and how digits group.

/// A pattern such as `¤#,##0.00;(¤#,##0.00)`, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberPattern {
    pub(super) prefix: Vec<Affix>,
    pub(super) suffix: Vec<Affix>,
    /// What a negative number has instead, where the pattern says it.
    pub(super) negative: Option<(Vec<Affix>, Vec<Affix>)>,
    /// Sizes of the group next to the point and of the others; 0 = no groups.
    pub(super) groups: (usize, usize),
    /// Zeros before the point.
    pub(super) zeros: usize,
}

/// A piece before or after the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Affix {
    Text(String),
    Minus,
    Plus,
    Percent,
    Currency,
}

fn affix(text: &str) -> Vec<Affix> {
    let mut out: Vec<Affix> = Vec::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let piece = match letter {
            '\'' if letters.peek() == Some(&'\'') => {
                letters.next();
                Affix::Text("'".to_owned())
            }
            '\'' => {
                quoted = !quoted;
                continue;
            }
            _ if quoted => Affix::Text(letter.to_string()),
            '-' => Affix::Minus,
            '+' => Affix::Plus,
            '%' => Affix::Percent,
            '¤' => {
                if out.last() == Some(&Affix::Currency) {
                    continue;
                }
                Affix::Currency
            }
            letter => Affix::Text(letter.to_string()),
        };
        match (out.last_mut(), piece) {
            (Some(Affix::Text(before)), Affix::Text(text)) => before.push_str(&text),
            (_, piece) => out.push(piece),
        }
    }
    out
}

/// Where the number itself begins and ends in a pattern.
fn body(pattern: &str) -> (usize, usize) {
    let mut quoted = false;
    let (mut start, mut end) = (pattern.len(), pattern.len());
    let mut found = false;
    for (at, letter) in pattern.char_indices() {
        match letter {
            '\'' => quoted = !quoted,
            '#' | '0'..='9' | ',' | '.' | 'E'
                if !quoted && (found || matches!(letter, '#' | '0')) =>
            {
                if !found {
                    start = at;
                    found = true;
                }
                end = at + 1;
            }
            _ => {}
        }
        if found && end < at {
            break;
        }
    }
    (start, end)
}

pub(super) fn parse(pattern: &str) -> NumberPattern {
    let (positive, negative) = match pattern.split_once(';') {
        Some((positive, negative)) => (positive, Some(negative)),
        None => (pattern, None),
    };
    let (start, end) = body(positive);
    let number = positive[start..end].split(['.', 'E']).next().unwrap_or_default();
    let sizes: Vec<usize> = number.split(',').map(str::len).collect();
    let groups = match sizes.as_slice() {
        [.., second, first] if sizes.len() > 2 => (*first, *second),
        [_, first] => (*first, *first),
        _ => (0, 0),
    };
    NumberPattern {
        prefix: affix(&positive[..start]),
        suffix: affix(&positive[end..]),
        negative: negative.map(|negative| {
            let (start, end) = body(negative);
            (affix(&negative[..start]), affix(&negative[end..]))
        }),
        groups,
        zeros: number.chars().filter(|digit| *digit == '0').count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_come_apart() {
        let accounting = parse("¤#,##0.00;(¤#,##0.00)");
        assert_eq!(accounting.prefix, [Affix::Currency]);
        assert_eq!(accounting.groups, (3, 3));
        assert_eq!(
            accounting.negative,
            Some((vec![Affix::Text("(".into()), Affix::Currency], vec![Affix::Text(")".into())]))
        );
        assert_eq!(parse("#,##,##0.###").groups, (3, 2));
        assert_eq!(parse("#,##0 %").suffix, [Affix::Text(" ".into()), Affix::Percent]);
        assert_eq!(parse("000 Tsd'.'").suffix, [Affix::Text(" Tsd.".into())]);
        assert_eq!(parse("000 Tsd'.'").zeros, 3);
    }
}
