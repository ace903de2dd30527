//! The sample apps, carried inside the program; opening one makes a copy that is the author's own.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::ApiError;
use crate::types::SampleApp;

static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../sample-apps");

/// The sample apps, sorted by folder name.
pub fn list() -> Vec<SampleApp> {
    let mut samples: Vec<SampleApp> = SAMPLES.dirs().filter_map(describe).collect();
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    samples
}

fn describe(folder: &Dir<'_>) -> Option<SampleApp> {
    let name = folder.path().to_str()?.to_owned();
    let text = folder.get_file(folder.path().join("app.json"))?.contents_utf8()?;
    let app = definition::parse_app(text).ok()?;
    let logo = folder
        .get_file(folder.path().join("logo.png"))
        .map(|file| crate::apps::data_url(file.contents()));
    Some(SampleApp {
        name,
        title: app.name,
        description: app.description.unwrap_or_default(),
        logo,
    })
}

/// The author's copy of sample `name` below `folder`, made now when there is none.
///
/// A copy that is there is left as the author made it.
pub fn copy(name: &str, folder: &Path) -> Result<PathBuf, ApiError> {
    let sample = SAMPLES
        .dirs()
        .find(|dir| dir.path().to_str() == Some(name))
        .ok_or_else(|| ApiError::not_found(&format!("the sample app {name:?}")))?;
    let target = folder.join(name);
    if target.join(definition::APP_JSON).exists() {
        return Ok(target);
    }
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        // Beside, then renamed: a copy that was cut short is not taken for a whole one.
        let beside = folder.join(format!(".{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&beside);
        write_folder(sample, sample.path(), &beside)?;
        std::fs::rename(&beside, &target)
    };
    write().map_err(|error| {
        ApiError::failed(&error).with_message(format!(
            "the sample app cannot be copied to {}: {error}",
            target.display()
        ))
    })?;
    Ok(target)
}

fn write_folder(folder: &Dir<'_>, root: &Path, target: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(target)?;
    for file in folder.files() {
        let relative = file.path().strip_prefix(root).unwrap_or(file.path());
        let name = relative.file_name().unwrap_or_default();
        std::fs::write(target.join(name), file.contents())?;
    }
    for inner in folder.dirs() {
        let name = inner.path().file_name().unwrap_or_default();
        write_folder(inner, inner.path(), &target.join(name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_are_carried_and_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-apps");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().join(definition::APP_JSON).is_file())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        there.sort();
        let samples = list();
        let names: Vec<&str> = samples.iter().map(|sample| sample.name.as_str()).collect();
        assert_eq!(names, there);
        assert!(names.contains(&"esign") && names.contains(&"crm-sync"), "{names:?}");
        for sample in &samples {
            let SampleApp { name, title, description, logo } = sample;
            assert!(!title.is_empty() && logo.is_some(), "{name}");
            assert!(!description.is_empty() && description.len() <= 140, "{name}: {description}");
        }
    }

    #[test]
    fn a_copy_is_whole_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let copy_of = copy("esign", folder.path()).unwrap();
        assert!(copy_of.join("functions/build/index.js").is_file());
        std::fs::write(copy_of.join("functions/build/index.js"), "mine").unwrap();
        copy("esign", folder.path()).unwrap();
        assert_eq!(
            std::fs::read_to_string(copy_of.join("functions/build/index.js")).unwrap(),
            "mine"
        );
    }

    #[test]
    fn an_unknown_sample_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(copy("../etc", folder.path()).unwrap_err().message.contains("../etc"));
    }
}
