//! JavaScript text as words, marks and strings; comments, numbers, regular expressions and the text of templates fall away.

/// A piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or a keyword.
    Word(&'a str),
    /// A single character; `=` only where it stands alone.
    Mark(char),
    /// A string without escapes.
    Text(&'a str),
    /// Anything else.
    Other,
}

/// Words after which a `/` begins a regular expression.
const BEFORE_PATTERN: [&str; 14] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "instanceof",
    "do",
    "else",
    "yield",
    "await",
];

pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut scanner = Scanner {
        source,
        bytes: source.as_bytes(),
        at: 0,
        tokens: Vec::with_capacity(source.len() / 6),
        parens: Vec::new(),
        braces: Vec::new(),
        pattern_may_follow: true,
    };
    while scanner.at < scanner.bytes.len() {
        scanner.next();
    }
    scanner.tokens
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token<'a>>,
    /// For each open `(`: whether a statement follows its `)`, as after `if (…)`.
    parens: Vec<bool>,
    /// For each open `{`: whether it is the `${` of a template.
    braces: Vec<bool>,
    /// Whether a `/` here would begin a regular expression.
    pattern_may_follow: bool,
}

const fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

impl<'a> Scanner<'a> {
    fn peek(&self, by: usize) -> u8 {
        self.bytes.get(self.at + by).copied().unwrap_or(0)
    }

    fn next(&mut self) {
        let byte = self.peek(0);
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => self.at += 1,
            b'/' if self.peek(1) == b'/' => self.skip_to("\n"),
            b'/' if self.peek(1) == b'*' => {
                self.at += 2;
                self.skip_to("*/");
            }
            b'/' if self.pattern_may_follow => self.pattern(),
            b'"' | b'\'' => self.text(byte),
            b'`' => {
                self.at += 1;
                self.template();
            }
            byte if byte.is_ascii_digit() => {
                while in_word(self.peek(0)) || self.peek(0) == b'.' {
                    self.at += 1;
                }
                self.push(Token::Other, false);
            }
            byte if in_word(byte) => self.word(),
            b'=' if matches!(self.peek(1), b'=' | b'>') => {
                while matches!(self.peek(0), b'=' | b'>') {
                    self.at += 1;
                }
                self.push(Token::Other, true);
            }
            b'!' | b'<' | b'>' if self.peek(1) == b'=' => {
                while matches!(self.peek(0), b'!' | b'<' | b'>' | b'=') {
                    self.at += 1;
                }
                self.push(Token::Other, true);
            }
            _ => self.mark(byte),
        }
    }

    fn push(&mut self, token: Token<'a>, pattern_may_follow: bool) {
        self.tokens.push(token);
        self.pattern_may_follow = pattern_may_follow;
    }

    fn skip_to(&mut self, end: &str) {
        let rest = &self.bytes[self.at..];
        let found = rest.windows(end.len()).position(|window| window == end.as_bytes());
        self.at = found.map_or(self.bytes.len(), |found| self.at + found + end.len());
    }

    fn word(&mut self) {
        let start = self.at;
        while in_word(self.peek(0)) {
            self.at += 1;
        }
        let word = self.source.get(start..self.at).unwrap_or_default();
        let is_property = self.tokens.last() == Some(&Token::Mark('.'));
        self.push(Token::Word(word), !is_property && BEFORE_PATTERN.contains(&word));
    }

    fn text(&mut self, quote: u8) {
        self.at += 1;
        let start = self.at;
        let mut plain = true;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => {
                    plain = false;
                    self.at += 2;
                }
                b'\n' => break,
                byte if byte == quote => break,
                _ => self.at += 1,
            }
        }
        let text = self.source.get(start..self.at.min(self.bytes.len())).filter(|_| plain);
        self.at += 1;
        self.push(text.map_or(Token::Other, Token::Text), false);
    }

    /// The text of a template up to its end or to the next `${`.
    fn template(&mut self) {
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    return self.push(Token::Other, false);
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 2;
                    self.braces.push(true);
                    return self.push(Token::Other, true);
                }
                _ => self.at += 1,
            }
        }
    }

    fn pattern(&mut self) {
        self.at += 1;
        let mut in_class = false;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                b'\n' => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
        while in_word(self.peek(0)) {
            self.at += 1;
        }
        self.push(Token::Other, false);
    }

    fn mark(&mut self, byte: u8) {
        self.at += 1;
        let mut pattern_may_follow = true;
        match byte {
            b'(' => {
                let statement = matches!(
                    self.tokens.last(),
                    Some(Token::Word("if" | "while" | "for" | "with"))
                );
                self.parens.push(statement);
            }
            b')' => pattern_may_follow = self.parens.pop().unwrap_or(false),
            b']' => pattern_may_follow = false,
            b'{' => self.braces.push(false),
            b'}' if self.braces.pop() == Some(true) => {
                self.pattern_may_follow = false;
                return self.template();
            }
            _ => {}
        }
        self.push(Token::Mark(char::from(byte)), pattern_may_follow);
    }
}
