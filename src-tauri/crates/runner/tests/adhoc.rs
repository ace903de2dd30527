//! ad hoc
#[tokio::test]
async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.js"), "exports.handler = async p => p;").unwrap();
    let pool = runner::Pool::new(runner::PoolConfig { program: env!("CARGO_BIN_EXE_script-worker").into(), ..Default::default() });
    let request = runner::CallRequest { package: folder.path().into(), label: "f".into(), parameters: serde_json::json!({"a": 1}), limits: Default::default() };
    let t = std::time::Instant::now();
    pool.call(request.clone()).await;
    println!("first {:?}", t.elapsed());
    let mut v = Vec::new();
    let mut inner = Vec::new();
    for _ in 0..400 {
        let t = std::time::Instant::now();
        let r = pool.call(request.clone()).await;
        let all = t.elapsed().as_secs_f64() * 1e3;
        inner.push(r.timing.total_ms);
        v.push(all - r.timing.total_ms);
    }
    v.sort_by(f64::total_cmp); inner.sort_by(f64::total_cmp);
    println!("outside engine ms: median {:.3} p95 {:.3}; engine median {:.3}", v[200], v[380], inner[200]);
    println!("{:?}", pool.workers());
}
