//! Writes the fidelity page: `cargo run -p engine --example fidelity`.

#[path = "../tests/fidelity/page.rs"]
mod page;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = page::page_path();
    std::fs::write(&path, page::page()?)?;
    println!("{}", path.display());
    Ok(())
}
