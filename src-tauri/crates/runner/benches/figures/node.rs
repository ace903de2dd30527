//! The other side: Node, started for one call.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Calls `index.js` beside it and writes what it returned.
const RUN: &str = "
const { handler } = require(process.argv[2]);
Promise.resolve(handler(JSON.parse(process.argv[3]))).then((value) => {
  process.stdout.write('\\n' + JSON.stringify(value));
  process.exit(0);
});
";

/// Of the `node` on the PATH, if there is one.
pub fn version() -> Option<String> {
    let output = Command::new("node").arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A file that starts a function on Node.
pub struct Node {
    _folder: tempfile::TempDir,
    run: PathBuf,
}

impl Node {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("run.js");
        std::fs::write(&run, RUN).unwrap();
        Self { _folder: folder, run }
    }

    /// Starts Node, calls the function of `package` and waits for the end.
    pub fn call(&self, package: &Path, parameters: &str) -> Value {
        let output = Command::new("node")
            .arg(&self.run)
            .arg(package.join("index.js"))
            .arg(parameters)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        // Before it stands what the function logged.
        let value = output.stdout.rsplit(|&byte| byte == b'\n').next().unwrap();
        serde_json::from_slice(value).unwrap()
    }
}
