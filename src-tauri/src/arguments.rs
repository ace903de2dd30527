//! What the desktop program can be told on its command line.

use std::path::PathBuf;

/// What to open at the start.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum OpenAtStart {
    /// The start screen.
    #[default]
    StartScreen,
    /// A sample app by its name.
    Sample(String),
    /// The app in a folder.
    Folder(PathBuf),
}

const USAGE: &str = "usage: stepsmith-desktop [FOLDER | --sample NAME]";

/// Reads the arguments; the error is the usage text.
pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<OpenAtStart, String> {
    let open = match arguments.next().as_deref() {
        None => OpenAtStart::StartScreen,
        Some("--sample") => OpenAtStart::Sample(arguments.next().ok_or(USAGE)?),
        Some(option) if option.starts_with('-') => return Err(USAGE.to_owned()),
        Some(folder) => OpenAtStart::Folder(PathBuf::from(folder)),
    };
    if arguments.next().is_some() { Err(USAGE.to_owned()) } else { Ok(open) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Result<OpenAtStart, String> {
        read(words.iter().map(|&word| word.to_owned()))
    }

    #[test]
    fn each_form_is_understood() {
        assert_eq!(of(&[]), Ok(OpenAtStart::StartScreen));
        assert_eq!(of(&["--sample", "esign"]), Ok(OpenAtStart::Sample("esign".to_owned())));
        assert_eq!(of(&["/a/folder"]), Ok(OpenAtStart::Folder("/a/folder".into())));
    }

    #[test]
    fn anything_else_gets_the_usage() {
        for words in [&["--sample"][..], &["--other"], &["one", "two"]] {
            assert!(of(words).is_err(), "{words:?}");
        }
    }
}
