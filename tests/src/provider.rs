//! npm's `oidc-provider`, an OAuth2 provider of another project: authorizations are proved against it.
//!
//! It is installed from the lock file in `tests/provider` when that has changed.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A running provider; ends when it is dropped.
pub struct Provider {
    process: Child,
    /// Its origin, which is also its `iss`, without a slash at the end.
    pub url: String,
}

impl Provider {
    /// Starts it with these clients: a JSON list in the words of OpenID Connect's client registration. `strict: true` makes PKCE
    /// a must for a client, `short_code: true` lets its codes expire after one second.
    ///
    /// # Panics
    /// When Node or npm cannot be started, or the packages not be installed: the message says what to do.
    pub fn start(clients: &str) -> Self {
        let spawned = Command::new("node")
            .arg(here().join("provider.mjs"))
            .args([Path::new(clients), installed()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // It complains about Node 20, on which it works.
            .stderr(Stdio::null())
            .spawn();
        let mut process = said(spawned, "node cannot be started: is Node 20 on the PATH?");
        let mut url = String::new();
        if let Some(output) = process.stdout.take() {
            said(BufReader::new(output).read_line(&mut url), "the provider says nothing");
        }
        let provider = Self { process, url: url.trim().to_owned() };
        assert!(provider.url.starts_with("http://127.0.0.1:"), "the provider did not start");
        provider
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("provider")
}

/// The folder with the packages of the lock file, beside what cargo builds.
fn installed() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let lock = said(fs::read(here().join("package-lock.json")), "there is no lock file");
        let mut hasher = DefaultHasher::new();
        lock.hash(&mut hasher);
        let test = said(std::env::current_exe(), "this program has no path");
        // target/debug/deps/NAME
        let parent = test.ancestors().nth(3).unwrap_or(&test).join("tmp");
        let folder = parent.join(format!("provider-{:016x}", hasher.finish()));
        if !folder.is_dir() {
            let fresh = parent.join(format!("provider-being-installed-{}", std::process::id()));
            install(&fresh);
            // Another test program may have been faster.
            if fs::rename(&fresh, &folder).is_err() {
                assert!(folder.is_dir(), "{} cannot be made", folder.display());
                let _ = fs::remove_dir_all(&fresh);
            }
        }
        folder
    })
}

fn install(folder: &Path) {
    said(fs::create_dir_all(folder), "there is no place for the provider's packages");
    for file in ["package.json", "package-lock.json"] {
        said(fs::copy(here().join(file), folder.join(file)), "a file cannot be copied");
    }
    let ran = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
        .current_dir(folder)
        .output();
    let output = said(ran, "npm cannot be started: it comes with Node 20 from nodejs.org");
    assert!(
        output.status.success(),
        "the packages of tests/provider cannot be installed; `npm ci` says:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[expect(clippy::panic, reason = "a test may stop at the first surprise")]
fn said<T>(result: std::io::Result<T>, what: &str) -> T {
    result.unwrap_or_else(|error| panic!("{what}: {error}"))
}
