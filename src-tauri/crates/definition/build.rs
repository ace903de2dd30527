//! Compiles the crate again when a sheet is added to `presets/` or taken away: the files themselves are watched, the folder is not.

fn main() {
    println!("cargo::rerun-if-changed=presets");
}
