//! What the machine needs before anything can be built: system packages, Node, the UI's packages.

use std::fs;

use crate::steps::{Outcome, command, npm, problem, read, root, run, say};

/// Debian packages with the reason for each, as it is said before they are installed.
const TO_BUILD: &[(&str, &str)] = &[
    ("gcc", "compiles SQLite and the script engine"),
    ("libc6-dev", "headers for the compiler"),
    ("pkg-config", "finds the window's libraries"),
    ("libwebkit2gtk-4.1-dev", "the window"),
];
const TO_TEST: &[(&str, &str)] = &[
    ("webkit2gtk-driver", "drives the window in tests"),
    ("xvfb", "a display for the window in tests"),
    ("xauth", "access to that display"),
];

/// What the set-up is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    Run,
    Test,
}

/// Installs what is missing and builds the UI, which the desktop binary embeds.
pub fn setup(purpose: For) -> Outcome {
    say("Set-up");
    node()?;
    system_packages(purpose)?;
    ui_packages()?;
    run(npm(&["run", "build"]), "build the user interface")
}

fn node() -> Outcome {
    let needed =
        "Node 20.19 or later with npm is needed to build the user interface (not to use the app)";
    let version = read("node", &["--version"]).ok_or_else(|| {
        problem(format!(
            "no `node` on the PATH. {needed}: install it from nodejs.org or your system's packages."
        ))
    })?;
    let mut numbers =
        version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < (20, 19) {
        return Err(problem(format!("Node {version} is too old. {needed}.")));
    }
    if read(if cfg!(windows) { "npm.cmd" } else { "npm" }, &["--version"]).is_none() {
        return Err(problem(format!("no `npm` on the PATH. {needed}.")));
    }
    eprintln!("-- Node {version}");
    Ok(())
}

fn system_packages(purpose: For) -> Outcome {
    if !cfg!(target_os = "linux") {
        eprintln!(
            "-- on this system the window needs what Tauri lists under \"Prerequisites\" for it; nothing is installed here"
        );
        return Ok(());
    }
    let mut wanted = TO_BUILD.to_vec();
    if purpose == For::Test {
        wanted.extend_from_slice(TO_TEST);
    }
    if !is_debian() {
        // pkg-config tells on every distribution whether the one library that matters is there.
        if read("pkg-config", &["--exists", "webkit2gtk-4.1"]).is_some() {
            return Ok(());
        }
        let list: Vec<String> =
            wanted.iter().map(|(name, why)| format!("  {name}: {why}")).collect();
        return Err(problem(format!(
            "this is not Debian or Ubuntu, so nothing is installed automatically. Install these (Debian's names) and run again:\n{}",
            list.join("\n")
        )));
    }
    let missing: Vec<_> = wanted.into_iter().filter(|(name, _)| !is_installed(name)).collect();
    if missing.is_empty() {
        eprintln!("-- system packages: all there");
        return Ok(());
    }
    eprintln!("-- system packages to install with apt:");
    for (name, why) in &missing {
        eprintln!("     {name}: {why}");
    }
    let names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    apt(&["update", "-q"], "read the package lists")?;
    let mut install = vec!["install", "-y", "-q", "--no-install-recommends"];
    install.extend_from_slice(&names);
    apt(&install, "install the system packages").map_err(|error| {
        problem(format!(
            "{error}\nInstall them by hand and run again: apt-get install {}",
            names.join(" ")
        ))
    })
}

/// apt-get as root: directly when this is root, through sudo otherwise.
fn apt(arguments: &[&str], purpose: &str) -> Outcome {
    let is_root = read("id", &["-u"]).is_some_and(|id| id == "0");
    let mut all = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    all.extend_from_slice(arguments);
    let mut apt = if is_root {
        command(all[0], &all[1..])
    } else if read("sudo", &["-V"]).is_some() {
        command("sudo", &all)
    } else {
        return Err(problem("installing system packages needs root or sudo, and neither is here"));
    };
    if !is_root {
        // sudo may have to ask for the password.
        apt.stdin(std::process::Stdio::inherit());
    }
    run(apt, purpose)
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| {
        text.lines()
            .filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE="))
            .any(|line| line.contains("debian") || line.contains("ubuntu"))
    })
}

fn is_installed(package: &str) -> bool {
    read("dpkg-query", &["-W", "-f=${Status}", package])
        .is_some_and(|status| status.ends_with("ok installed"))
}

/// `npm ci`, unless what is installed came from the very same lock file.
fn ui_packages() -> Outcome {
    let lock = fs::read(root().join("ui/package-lock.json"))
        .map_err(|error| problem(format!("ui/package-lock.json cannot be read: {error}")))?;
    let mark = root().join("ui/node_modules/.installed-from-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        eprintln!("-- the user interface's packages: up to date");
        return Ok(());
    }
    run(npm(&["ci", "--no-audit", "--no-fund"]), "install the user interface's packages")?;
    fs::write(&mark, lock)
        .map_err(|error| problem(format!("{} cannot be written: {error}", mark.display())))
}
