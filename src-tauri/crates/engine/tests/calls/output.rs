//! Where lines of the log come from, standard output as a stream, and a function that ends its process.

use engine::FailureReason as Reason;
use serde_json::json;

use crate::support::{call, failure, run, value};

#[test]
fn a_line_of_the_log_has_file_line_and_column() {
    let report = call(
        "exports.handler = () => {\n  console.log('x');   console.warn('y');\n  process.stdout.write('z\\n');\n  return 1;\n};",
    );
    let places: Vec<_> = report
        .log
        .iter()
        .map(|line| (line.text.as_str(), line.file.as_deref(), line.line, line.column))
        .collect();
    let file = Some("functions/build/index.js");
    // Where Node's own call sites are.
    assert_eq!(
        places,
        [
            ("x", file, Some(2), Some(11)),
            ("y", file, Some(2), Some(31)),
            ("z", file, Some(3), Some(18)),
        ]
    );
}

#[test]
fn standard_output_is_a_stream() {
    let report = run("const { Readable, Writable, pipeline } = require('stream');
         const written = await new Promise((done) => process.stdout.write('a\\n', 'utf8', () => done(true)));
         const refused = (() => { try { process.stdout.write(5); } catch (error) { return [error.name, error.code]; } })();
         const piped = await new Promise((done) => Readable.from(['p', 'q']).on('end', () => done(true)).pipe(process.stdout));
         const finished = await new Promise((done) => process.stderr.once('finish', () => done(true)).end('last'));
         return { written, refused, piped, finished, is: process.stdout instanceof Writable, read: await process.stdin.toArray() };");
    assert_eq!(
        value(&report),
        &json!({"written": true, "refused": ["TypeError", "ERR_INVALID_ARG_TYPE"], "piped": true, "finished": true, "is": true, "read": []})
    );
    let lines: Vec<_> = report.log.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["a", "p", "q", "last"]);
}

#[test]
fn a_function_that_ends_its_process_fails_at_once() {
    let report = call(
        "exports.handler = async () => {\n  process.on('exit', (code) => console.log('exit', code));\n  try {\n    process.exit(3);\n  } catch {} finally { console.log('never'); }\n  while (true);\n};",
    );
    let failure = failure(&report);
    assert_eq!(failure.reason, Reason::Thrown);
    assert_eq!(
        failure.message,
        "Error: The function ended its process with process.exit(3), which leaves the call without an answer: return a value or throw an error instead."
    );
    assert_eq!(
        (failure.file.as_deref(), failure.line),
        (Some("functions/build/index.js"), Some(4))
    );
    let lines: Vec<_> = report.log.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["exit 3"]);
    assert!(report.timing.total_ms < 5_000.0);
}
