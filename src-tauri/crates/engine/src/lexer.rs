//! The names that a CommonJS module will export, found in its text without running it, so that `import { name }` of it can be linked.
//!
//! What counts are the same forms that Node looks for: assignments to `exports.name`, `exports['name']` and `module.exports`,
//! `Object.defineProperty(exports, 'name', …)`, and what TypeScript, Babel and esbuild write for `export * from`.

mod token;

use std::collections::BTreeSet;

use token::{Token, tokens};

/// What a text exports.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) names: BTreeSet<String>,
    /// Modules whose names it passes on.
    pub(crate) reexports: BTreeSet<String>,
}

/// Reads a text; one that is not JavaScript gives some names or none.
pub(crate) fn exports_of(source: &str) -> Found {
    let tokens = tokens(source);
    let mut reader = Reader { tokens: &tokens, found: Found::default(), required: Vec::new() };
    for at in 0..tokens.len() {
        reader.at(at);
    }
    reader.found
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    found: Found,
    /// `var name = require('module')` as far as read.
    required: Vec<(&'a str, String)>,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.word(at) == Some(word)
    }

    fn is(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at) == Some(&Token::Mark(mark))
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at) {
            Some(Token::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn marks(&self, at: usize, marks: &str) -> bool {
        marks.chars().enumerate().all(|(index, mark)| self.is(at + index, mark))
    }

    fn at(&mut self, at: usize) {
        if at > 0 && self.is(at - 1, '.') && !self.marks(at.saturating_sub(3), "...") {
            // A property: only `tslib.__exportStar(…)` counts.
            if self.is_word(at, "__exportStar") {
                self.star(at);
            }
            return;
        }
        match self.word(at) {
            Some("exports") => self.assigned(at + 1),
            Some("module") if self.is(at + 1, '.') && self.is_word(at + 2, "exports") => {
                self.assigned(at + 3);
                if self.is(at + 3, '=') {
                    self.replaced(at + 4);
                }
            }
            Some("Object") if self.is(at + 1, '.') => match self.word(at + 2) {
                Some("defineProperty") => self.defined(at + 3),
                Some("keys") => self.copied(at + 3),
                _ => {}
            },
            Some("__export" | "__exportStar") => self.star(at),
            Some("var" | "let" | "const") => self.declared(at + 1),
            _ => {}
        }
    }

    /// After `exports`: `.name =` or `['name'] =`.
    fn assigned(&mut self, at: usize) {
        let name = if self.is(at, '.') && self.is(at + 2, '=') {
            self.word(at + 1)
        } else if self.is(at, '[') && self.marks(at + 2, "]=") {
            self.text(at + 1)
        } else {
            None
        };
        self.found.names.extend(name.map(str::to_owned));
    }

    /// After `module.exports =`.
    fn replaced(&mut self, at: usize) {
        if let Some((module, _)) = self.require(at) {
            self.found.reexports.insert(module);
            return;
        }
        if self.is(at, '{') {
            self.literal(at + 1);
        }
    }

    /// In `{ a, b: c, 'd': e, ...require('f') }`, up to the first value that is more than a name.
    fn literal(&mut self, mut at: usize) {
        loop {
            if self.marks(at, "...") {
                match self.require(at + 3) {
                    Some((module, after)) => {
                        self.found.reexports.insert(module);
                        at = after;
                    }
                    None if self.word(at + 3).is_some() => at += 4,
                    None => return,
                }
            } else if let Some(name) = self.word(at).or_else(|| self.text(at)) {
                let quoted = self.word(at).is_none();
                if self.is(at + 1, ':') {
                    self.found.names.insert(name.to_owned());
                    if self.word(at + 2).is_none() {
                        return;
                    }
                    at += 3;
                } else if !quoted && (self.is(at + 1, ',') || self.is(at + 1, '}')) {
                    self.found.names.insert(name.to_owned());
                    at += 1;
                } else {
                    return;
                }
            } else {
                return;
            }
            if !self.is(at, ',') {
                return;
            }
            at += 1;
        }
    }

    /// `exports` or `module.exports`; the place after it.
    fn target(&self, at: usize) -> Option<usize> {
        if self.is_word(at, "exports") {
            return Some(at + 1);
        }
        (self.is_word(at, "module") && self.is(at + 1, '.') && self.is_word(at + 2, "exports"))
            .then_some(at + 3)
    }

    /// After `Object.defineProperty`: a value, or a getter that only passes something on.
    fn defined(&mut self, at: usize) {
        if !self.is(at, '(') {
            return;
        }
        let Some(after) = self.target(at + 1) else { return };
        if !self.is(after, ',') || !self.marks(after + 2, ",{") {
            return;
        }
        let Some(name) = self.text(after + 1) else { return };
        let mut at = after + 4;
        if self.is_word(at, "enumerable") && self.is(at + 1, ':') && self.is(at + 3, ',') {
            at += 4;
        }
        let value = self.is_word(at, "value") && self.is(at + 1, ':');
        if value || (self.is_word(at, "get") && self.passes_on(at + 1)) {
            self.found.names.insert(name.to_owned());
        }
    }

    /// After `get`: `: function name() { return a.b; }` or `() { return a.b; }`.
    fn passes_on(&self, mut at: usize) -> bool {
        if self.is(at, ':') && self.is_word(at + 1, "function") {
            at += 2;
            if self.word(at).is_some() {
                at += 1;
            }
        }
        if !self.marks(at, "(){") || !self.is_word(at + 3, "return") || self.word(at + 4).is_none()
        {
            return false;
        }
        at += 5;
        loop {
            if self.is(at, '.') && self.word(at + 1).is_some() {
                at += 2;
            } else if self.is(at, '[') && self.text(at + 1).is_some() && self.is(at + 2, ']') {
                at += 3;
            } else {
                return self.is(at, ';') || self.is(at, '}');
            }
        }
    }

    /// `require('module')`; the module and the place after it.
    fn require(&self, at: usize) -> Option<(String, usize)> {
        let module = self.text(at + 2)?;
        (self.is_word(at, "require") && self.is(at + 1, '(') && self.is(at + 3, ')'))
            .then(|| (module.to_owned(), at + 4))
    }

    /// `__export(require('module'))`, `__exportStar(require('module'), exports)`.
    fn star(&mut self, at: usize) {
        if self.is(at + 1, '(')
            && let Some((module, _)) = self.require(at + 2)
        {
            self.found.reexports.insert(module);
        }
    }

    /// After `var`: `name = require('module')`, also inside a call such as `_interopRequireWildcard(…)`.
    fn declared(&mut self, at: usize) {
        let Some(name) = self.word(at).filter(|_| self.is(at + 1, '=')) else { return };
        let inner =
            if self.word(at + 2).is_some() && self.is(at + 3, '(') { at + 4 } else { at + 2 };
        if let Some((module, _)) = self.require(at + 2).or_else(|| self.require(inner)) {
            self.required.push((name, module));
        }
    }

    /// After `Object.keys`: `(name).forEach(function (key) { … exports[key] …`, Babel's `export * from`.
    fn copied(&mut self, at: usize) {
        let Some(name) = self.word(at + 1).filter(|_| self.is(at, '(')) else { return };
        if !self.marks(at + 2, ").") || !self.is_word(at + 4, "forEach") {
            return;
        }
        let Some(key) =
            self.word(at + 8).filter(|_| self.is_word(at + 6, "function")).or_else(|| {
                // An arrow function, or no name after `function`.
                self.word(at + 6).or_else(|| self.word(at + 7)).filter(|word| *word != "function")
            })
        else {
            return;
        };
        let copies = (at..at + 90).any(|at| {
            self.target(at).is_some_and(|after| {
                (self.is(after, '[') || self.is(after, ',')) && self.is_word(after + 1, key)
            })
        });
        if copies
            && let Some((_, module)) = self.required.iter().rev().find(|(known, _)| *known == name)
        {
            self.found.reexports.insert(module.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> String {
        let found = exports_of(source);
        let reexports = found.reexports.into_iter().map(|module| format!("*{module}"));
        found.names.into_iter().chain(reexports).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn assignments_and_definitions() {
        for (source, expected) in [
            ("exports.a = exports.b = 1; exports['c d'] = 2; module.exports.e = 3", "a b c d e"),
            ("exports.a == 1; exports.b => 2; x.exports.c = 3; exports.d.e = 4", ""),
            ("module.exports = { a, b: c, 'd': e, f: 'text', g }", "a b d f"),
            ("module.exports = { a, ...require('x'), ...y, b: require('c'), d }", "a b *x"),
            ("module.exports = require('./other.js')", "*./other.js"),
            ("0 && (module.exports = { a, b, })", "a b"),
            ("Object.defineProperty(exports, '__esModule', { value: true })", "__esModule"),
            (
                "Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return x.y; } })",
                "a",
            ),
            ("Object.defineProperty(exports, 'a', { get() { return x['y'] } })", "a"),
            ("Object.defineProperty(exports, 'a', { get: function () { return f(); } })", ""),
            ("Object.defineProperty(other, 'a', { value: 1 })", ""),
            (
                "__exportStar(require('./a'), exports); tslib_1.__exportStar(require('./b'), exports); __export(require('./c'))",
                "*./a *./b *./c",
            ),
            (
                "var _a = require('./a'); Object.keys(_a).forEach(function (key) { if (key === 'default') return; Object.defineProperty(exports, key, {}); });",
                "*./a",
            ),
            (
                "var _a = _w(require('./a')); Object.keys(_a).forEach((k) => { exports[k] = _a[k]; });",
                "*./a",
            ),
        ] {
            assert_eq!(names(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_not_code_is_skipped() {
        for source in [
            "// exports.a = 1",
            "/* exports.a = 1 */",
            "'exports.a = 1'",
            "`exports.a = 1 ${ `exports.b = 2` }`",
            "x = /exports.a = 1/",
            "if (x) /'/.test(y); '; exports.a = 1'",
        ] {
            assert_eq!(names(source), "", "{source}");
        }
        for source in [
            "`${exports.a = 1}`",
            "x = a / 2; exports.a = b / 3",
            "x = /[/'\"]/; exports.a = 1",
            "f() / 2; exports.a = 1 / 1",
            "function f() {} /'/; exports.a = 1",
            "`}${{a: '}'}}`; exports.a = 1",
        ] {
            assert_eq!(names(source), "a", "{source}");
        }
    }
}
