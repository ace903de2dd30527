//! A function in a zip with axios, lodash and dayjs (with time zones), beside Node with the same package, unpacked for it.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::line::{Bound, Samples, Wanted, print};
use crate::node::{self, Node};
use crate::{server, world};

const FIRST: &str = "package.first_over_node";
const LATER: &str = "package.later_over_node";

pub fn measure(wanted: &Wanted) {
    if !wanted.any(&[FIRST, LATER]) {
        return;
    }
    if node::version().is_none() {
        eprintln!("   left out: there is no node on the PATH");
        return;
    }
    let Some(package) = install() else { return };
    let zip = zipped(&package);
    let parameters = json!({ "service": server::start() });
    let text = parameters.to_string();
    let (runtime, node) = (world::runtime(), Node::new());
    let (mut node_side, mut first, mut later) =
        (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..wanted.runs(15, 4) {
        let value = node_side.time(|| node.call(&package, &text));
        // A pool of its own each time: a worker that waits, as in the app, and has never seen the package.
        let pool = world::pool(|_| {});
        runtime.block_on(pool.ready());
        let request = || world::request(&zip, &parameters);
        let report = first.time(|| runtime.block_on(pool.call(request())));
        assert_eq!(world::returned(report), value, "both sides do the same");
        for _ in 0..3 {
            let report = later.time(|| runtime.block_on(pool.call(request())));
            assert_eq!(world::returned(report), value, "both sides do the same");
        }
        runtime.block_on(pool.shutdown());
    }
    let more = |side: &Samples| {
        json!({
            "against": "a cold start of Node with the same package",
            "node": node_side.told(),
            "ours": side.told(),
        })
    };
    let over_node = |side: &Samples| side.median() / node_side.median();
    print(wanted, FIRST, over_node(&first), "ratio", Bound::Most(1.0), more(&first));
    print(wanted, LATER, over_node(&later), "ratio", Bound::Most(0.25), more(&later));
}

/// The function with its packages installed, kept below the target folder.
fn install() -> Option<PathBuf> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/figures/packages");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("measured-function");
    std::fs::create_dir_all(&to).unwrap();
    let mut changed = !to.join("node_modules").is_dir();
    for name in ["index.js", "package.json", "package-lock.json"] {
        let wanted = std::fs::read(from.join(name)).unwrap();
        if std::fs::read(to.join(name)).ok().as_ref() != Some(&wanted) {
            std::fs::write(to.join(name), wanted).unwrap();
            changed |= name != "index.js";
        }
    }
    if changed {
        eprintln!("   npm ci for {}", to.display());
        let status = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&to)
            .stdout(std::io::stderr())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            eprintln!("   left out: npm could not install the packages");
            return None;
        }
    }
    Some(to)
}

/// The folder as a zip beside it.
fn zipped(package: &Path) -> PathBuf {
    let path = package.with_extension("zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    let mut folders = vec![package.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let path = entry.path();
                let name = path.strip_prefix(package).unwrap().to_str().unwrap();
                zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                zip.write_all(&std::fs::read(&path).unwrap()).unwrap();
            }
        }
    }
    zip.finish().unwrap();
    path
}
