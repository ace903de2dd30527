//! Which names Node's own modules have.

/// Those with work of their own behind them.
const WORKING: &[&str] = &[
    "assert",
    "assert/strict",
    "async_hooks",
    "buffer",
    "console",
    "constants",
    "crypto",
    "diagnostics_channel",
    "dns",
    "dns/promises",
    "events",
    "fs",
    "fs/promises",
    "http",
    "https",
    "module",
    "os",
    "path",
    "path/posix",
    "path/win32",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "readline/promises",
    "stream",
    "stream/consumers",
    "stream/promises",
    "stream/web",
    "string_decoder",
    "sys",
    "timers",
    "timers/promises",
    "url",
    "util",
    "util/types",
    "v8",
    "vm",
    "zlib",
];

/// Those that load and refuse to do anything.
const REFUSING: &[&str] = &[
    "child_process",
    "cluster",
    "dgram",
    "domain",
    "http2",
    "inspector",
    "inspector/promises",
    "net",
    "repl",
    "tls",
    "trace_events",
    "tty",
    "wasi",
    "worker_threads",
];

/// Those that are found only as `node:…`.
const PREFIXED: &[&str] = &["test"];

/// Names from before modules were public, which old packages still ask for.
const LEGACY: &[&str] = &[
    "_http_agent",
    "_http_client",
    "_http_common",
    "_http_incoming",
    "_http_outgoing",
    "_http_server",
    "_stream_duplex",
    "_stream_passthrough",
    "_stream_readable",
    "_stream_transform",
    "_stream_wrap",
    "_stream_writable",
    "_tls_common",
    "_tls_wrap",
];

/// The groups by the words that the script side knows them by.
const GROUPS: [(&str, &[&str]); 4] =
    [("working", WORKING), ("refusing", REFUSING), ("prefixed", PREFIXED), ("legacy", LEGACY)];

/// The word for the group of a name without `node:`; none = no module of Node is called that.
pub(crate) fn group(name: &str) -> Option<&'static str> {
    GROUPS.iter().find(|(_, names)| names.contains(&name)).map(|(word, _)| *word)
}

/// Whether `name`, without `node:` before it, means a module of Node.
pub(crate) fn is_bare(name: &str) -> bool {
    group(name).is_some_and(|word| word != "prefixed")
}

/// All of them.
pub(crate) fn all() -> Vec<&'static str> {
    GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect()
}
