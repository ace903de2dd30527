//! Runs a function: `cargo run -p engine --example try -- FOLDER [PARAMETERS]`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let package = arguments.next().ok_or("the folder of a function's package is missing")?;
    let parameters = serde_json::from_str(&arguments.next().unwrap_or_else(|| "{}".to_owned()))?;
    let request = engine::CallRequest {
        package: package.clone().into(),
        label: "fn".to_owned(),
        parameters,
        limits: engine::Limits::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(engine::call(request, |_| {}));
    for line in &report.log {
        println!("{}:{} {}", line.file.as_deref().unwrap_or(""), line.line.unwrap_or(0), line.text);
    }
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
