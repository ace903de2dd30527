//! Samples, and the line that is printed of them.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// What was asked for.
pub struct Wanted {
    /// How the names of the wanted figures begin.
    pub prefix: String,
    /// Fewer runs.
    pub quick: bool,
}

impl Wanted {
    /// Whether one of `names` is asked for; then says so.
    pub fn any(&self, names: &[&str]) -> bool {
        let wanted = names.iter().any(|name| self.is(name));
        if wanted {
            eprintln!("-- {}", names.join(", "));
        }
        wanted
    }

    pub fn is(&self, name: &str) -> bool {
        name.starts_with(&self.prefix)
    }

    /// The number of runs.
    pub fn runs(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }
}

/// Processor time of this thread so far, in seconds; 0 where the system does not say. Unlike the time that passes, it
/// hardly changes when others use the machine too.
pub fn thread_time() -> f64 {
    #[cfg(unix)]
    {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        #[expect(unsafe_code, reason = "there is no safe way to ask for it")]
        // SAFETY: the pointer is to a timespec that lives through the call.
        unsafe {
            libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time);
        }
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }
    #[cfg(not(unix))]
    0.0
}

/// Durations of one side.
#[derive(Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    pub fn time<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = run();
        self.push(begin.elapsed());
        result
    }

    pub fn push_seconds(&mut self, seconds: f64) {
        self.0.push(seconds);
    }

    pub fn push(&mut self, duration: Duration) {
        self.0.push(duration.as_secs_f64());
    }

    /// In seconds.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    }

    /// In microseconds, for a line.
    pub fn told(&self) -> Value {
        json!({
            "runs": self.0.len(),
            "median_us": round(self.median() * 1e6),
            "p95_us": round(self.at(0.95) * 1e6),
        })
    }
}

/// What a figure must keep to.
#[derive(Clone, Copy)]
pub enum Bound {
    Most(f64),
    Least(f64),
    /// A figure to know, not to keep.
    None,
}

/// Prints a figure; `more` says what it was compared with and how.
pub fn print(wanted: &Wanted, name: &str, value: f64, unit: &str, bound: Bound, more: Value) {
    if !wanted.is(name) {
        return;
    }
    let mut line = Map::new();
    line.insert("name".into(), json!(name));
    line.insert("value".into(), json!(round(value)));
    line.insert("unit".into(), json!(unit));
    match bound {
        Bound::Most(most) => {
            line.insert("at_most".into(), json!(most));
            line.insert("kept".into(), json!(value <= most));
        }
        Bound::Least(least) => {
            line.insert("at_least".into(), json!(least));
            line.insert("kept".into(), json!(value >= least));
        }
        Bound::None => {}
    }
    if let Value::Object(more) = more {
        line.extend(more);
    }
    println!("{}", Value::Object(line));
}

/// To four significant digits.
pub fn round(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10f64.powi(3 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

/// Where it was measured.
pub fn machine() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let load = read("/proc/loadavg").split(' ').next().unwrap_or_default().parse::<f64>().ok();
    println!(
        "{}",
        json!({
            "name": "machine",
            "os": std::env::consts::OS,
            "architecture": std::env::consts::ARCH,
            "kernel": read("/proc/sys/kernel/osrelease").trim(),
            "processor": field(&read("/proc/cpuinfo"), "model name"),
            "cores": std::thread::available_parallelism().map_or(0, usize::from),
            "memory": field(&read("/proc/meminfo"), "MemTotal"),
            "load_before": load,
            "node": crate::node::version(),
            "build": if cfg!(debug_assertions) { "debug" } else { "release" },
        })
    );
}
