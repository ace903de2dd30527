//! Parts of words as words of their own: what makes a search for any part of a text, in any script, an index look-up.
//!
//! A text is indexed by the one, two and three characters that follow each other anywhere in it. A search of up to three
//! characters is one of these grams; a longer one has only grams that the text has too, and is compared with the text itself.

use std::collections::HashSet;
use std::fmt::Write as _;

/// Characters of the longest gram.
const LONGEST: usize = 3;

/// Most grams that a search asks for: more do not narrow it further, since the text is compared afterwards.
const ASKED: usize = 16;

/// Where ASCII characters stand that the index would take for the space between words: a private-use area.
const PRIVATE: u32 = 0xE000;

/// How texts and searches are made comparable: letters small, each stretch of white space one space, no control characters.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // Letter by letter, so that a part of a word becomes what it is in the whole word; the small sigma of a word's end is
        // the one letter that has another form there.
        let small = word.chars().flat_map(char::to_lowercase);
        folded.extend(small.map(|c| if c == 'ς' { 'σ' } else { c }));
    }
    folded
}

/// Every gram of each line, once, as text for the index.
pub(crate) fn of_lines(text: &str) -> String {
    let mut seen = HashSet::new();
    let mut grams = String::with_capacity(text.len() * 3);
    let mut starts = Vec::new();
    for line in text.lines() {
        starts.clear();
        starts.extend(line.char_indices().map(|(at, _)| at));
        starts.push(line.len());
        for from in 0..starts.len().saturating_sub(1) {
            for length in 1..=LONGEST {
                let (Some(start), Some(end)) = (starts.get(from), starts.get(from + length)) else {
                    break;
                };
                let gram = line.get(*start..*end).unwrap_or_default();
                if seen.insert(gram) {
                    encode(gram, &mut grams);
                    grams.push(' ');
                }
            }
        }
    }
    grams
}

/// What the index is asked for to find `folded`, as terms of a full-text query.
pub(crate) fn asked(folded: &str) -> Vec<String> {
    let starts: Vec<usize> =
        folded.char_indices().map(|(at, _)| at).chain([folded.len()]).collect();
    let characters = starts.len() - 1;
    let length = characters.min(LONGEST);
    let last = characters - length;
    let step = (last / ASKED + 1).max(1);
    let mut terms: Vec<String> = Vec::new();
    for from in (0..last).step_by(step).chain([last]) {
        let (Some(start), Some(end)) = (starts.get(from), starts.get(from + length)) else {
            continue;
        };
        let mut term = String::new();
        encode(folded.get(*start..*end).unwrap_or_default(), &mut term);
        if !term.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Is a text that has the one gram of `folded` sure to contain it? Not where a character of it has a stand-in, which a text
/// may have too.
pub(crate) fn is_exact(folded: &str) -> bool {
    let is_itself = |c: char| is_word(c) && !(PRIVATE..PRIVATE + 0x80).contains(&u32::from(c));
    folded.chars().count() <= LONGEST && folded.chars().all(is_itself)
}

/// A word of the index that no text has: says what an entry is, such as its status.
pub(crate) fn label(kind: char, value: &str) -> String {
    let mut word = format!("{}{kind}", char::from_u32(PRIVATE + 0x80).unwrap_or('_'));
    for byte in value.bytes() {
        let _ = write!(word, "{byte:02x}");
    }
    word
}

/// Is the character part of a word to the index?
fn is_word(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric()
}

fn encode(gram: &str, into: &mut String) {
    for c in gram.chars() {
        into.push(if is_word(c) { c } else { char::from_u32(PRIVATE + u32::from(c)).unwrap_or(c) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_folded_as_texts_are() {
        assert_eq!(fold("  Ärger\tmit \n ÜBER\u{0}weisung "), "ärger mit über weisung");
        assert!(fold("ΟΔΟΣΗΜΑ").contains(&fold("ΟΔΟΣ")));
        assert_eq!(fold(" \t "), "");
    }

    #[test]
    fn grams_stay_within_their_line() {
        let grams = of_lines("ab\ncd");
        let mut words: Vec<&str> = grams.split_whitespace().collect();
        words.sort_unstable();
        assert_eq!(words, ["a", "ab", "b", "c", "cd", "d"]);
    }

    #[test]
    fn a_long_search_asks_for_a_bounded_number_of_grams_to_its_end() {
        assert_eq!(asked("ab"), ["ab"]);
        assert_eq!(asked("abcd"), ["abc", "bcd"]);
        let long: String = ('a'..='z').cycle().take(3_000).collect();
        let terms = asked(&long);
        assert!(terms.len() <= ASKED + 1, "{}", terms.len());
        let spaced: String = (0..500).map(|n| format!("{n} ")).collect();
        assert!(asked(&spaced).len() <= ASKED + 2);
        assert_eq!(asked(""), Vec::<String>::new());
    }
}
