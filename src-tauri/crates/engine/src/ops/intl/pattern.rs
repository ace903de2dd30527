//! Date patterns: letters that stand for fields, and the text between them.

/// A piece of a date pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Text(String),
    /// A letter and how often it stands there.
    Field(char, usize),
}

/// Reads a pattern; text in quotes stands for itself.
pub(super) fn parse(pattern: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut letters = pattern.chars().peekable();
    let mut quoted = false;
    let add = |tokens: &mut Vec<Token>, letter: char| match tokens.last_mut() {
        Some(Token::Text(text)) => text.push(letter),
        _ => tokens.push(Token::Text(letter.to_string())),
    };
    while let Some(letter) = letters.next() {
        if letter == '\'' {
            if letters.peek() == Some(&'\'') {
                letters.next();
                add(&mut tokens, '\'');
            } else {
                quoted = !quoted;
            }
        } else if letter.is_ascii_alphabetic() && !quoted {
            match tokens.last_mut() {
                Some(Token::Field(last, length)) if *last == letter => *length += 1,
                _ => tokens.push(Token::Field(letter, 1)),
            }
        } else {
            add(&mut tokens, letter);
        }
    }
    tokens
}

/// Puts values into `{0}`, `{1}`, … of a text.
pub(super) fn fill(pattern: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let close = rest[at..].find('}').map(|length| at + length);
        let value = close
            .and_then(|close| rest[at + 1..close].parse::<usize>().ok())
            .and_then(|index| values.get(index));
        match (value, close) {
            (Some(value), Some(close)) => {
                out.push_str(value);
                rest = &rest[close + 1..];
            }
            _ => {
                out.push('{');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Puts patterns into `{0}`, `{1}`, … of a date pattern: its own text in quotes loses them.
pub(super) fn fill_tokens(pattern: &str, values: &[&[Token]]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut add = |token: Token| match (out.last_mut(), token) {
        (_, Token::Text(text)) if text.is_empty() => {}
        (Some(Token::Text(before)), Token::Text(text)) => before.push_str(&text),
        (_, token) => out.push(token),
    };
    for token in parse(pattern) {
        let Token::Text(text) = token else {
            add(token);
            continue;
        };
        let mut rest = text.as_str();
        while let Some(at) = rest.find('{') {
            let index = rest[at + 1..].chars().next().and_then(|digit| digit.to_digit(10));
            let Some(value) = index.and_then(|index| values.get(index as usize)) else { break };
            add(Token::Text(rest[..at].to_owned()));
            value.iter().cloned().for_each(&mut add);
            rest = &rest[(at + 3).min(rest.len())..];
        }
        add(Token::Text(rest.to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_letters() {
        assert_eq!(
            parse("d 'de' MMMM, h 'o''clock'"),
            [
                Token::Field('d', 1),
                Token::Text(" de ".into()),
                Token::Field('M', 4),
                Token::Text(", ".into()),
                Token::Field('h', 1),
                Token::Text(" o'clock".into()),
            ]
        );
        assert_eq!(fill("{1} at {0}", &["3", "May"]), "May at 3");
        assert_eq!(
            fill_tokens("{1} 'at' {0}", &[&parse("h"), &parse("d.")]),
            [Token::Field('d', 1), Token::Text(". at ".into()), Token::Field('h', 1)]
        );
    }
}
