//! What this runtime signs, seals and packs, Node verifies, opens and unpacks. (The other way is in the corpus.) And: native work has bounds.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use engine::{FailureReason as Reason, Limits};
use serde_json::json;

use crate::support::{call_limited, failure, run, value};

const MAKE: &str = r"
const crypto = require('crypto'), zlib = require('zlib');
const data = Buffer.from('from here to there '.repeat(40));
const out = { data: data.toString('base64'), signatures: [], packed: {} };
const pem = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pass' } };
const kinds = [['rsa', { modulusLength: 1024 }], ...['P-256', 'P-384', 'P-521', 'secp256k1'].map((namedCurve) => ['ec', { namedCurve }]), ['ed25519', {}]];
for (const [kind, options] of kinds) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(kind, { ...options, ...pem });
  const ways = kind === 'rsa' ? [{}, { padding: 6 }, { padding: 6, saltLength: 20 }] : kind === 'ec' ? [{}, { dsaEncoding: 'ieee-p1363' }] : [{}];
  for (const hash of kind === 'ed25519' ? [null] : ['sha1', 'sha256', 'sha384', 'sha512'])
    for (const way of ways) {
      // A modulus of 1024 bits has no room for the longest salt of the longest hash.
      if (way.padding && hash === 'sha512') continue;
      out.signatures.push({ hash, way, publicKey, privateKey, signature: crypto.sign(hash, data, { key: privateKey, passphrase: 'pass', ...way }).toString('base64') });
    }
  if (kind === 'rsa') out.box = { privateKey, bytes: crypto.publicEncrypt({ key: publicKey, oaepHash: 'sha256' }, Buffer.from('secret')).toString('base64') };
}
for (const kind of ['gzip', 'deflate', 'deflateRaw', 'brotliCompress']) out.packed[kind] = zlib[`${kind}Sync`](data).toString('base64');
return out;
";

const TAKE: &str = r"
const crypto = require('crypto'), zlib = require('zlib');
const given = JSON.parse(require('fs').readFileSync(process.argv[2]));
const data = Buffer.from(given.data, 'base64');
const bytes = (text) => Buffer.from(text, 'base64');
const wrong = [];
for (const { hash, way, publicKey, privateKey, signature } of given.signatures) {
  if (!crypto.verify(hash, data, { key: publicKey, ...way }, bytes(signature))) wrong.push(`${hash} ${JSON.stringify(way)}`);
  if (!crypto.createPublicKey(crypto.createPrivateKey({ key: privateKey, passphrase: 'pass' })).equals(crypto.createPublicKey(publicKey))) wrong.push('key');
}
if (crypto.privateDecrypt({ key: given.box.privateKey, passphrase: 'pass', oaepHash: 'sha256' }, bytes(given.box.bytes)).toString() !== 'secret') wrong.push('box');
const back = { gzip: 'gunzip', deflate: 'inflate', deflateRaw: 'inflateRaw', brotliCompress: 'brotliDecompress' };
for (const [kind, packed] of Object.entries(given.packed)) if (!zlib[`${back[kind]}Sync`](bytes(packed)).equals(data)) wrong.push(kind);
console.log(given.signatures.length > 30 && wrong.length === 0 ? 'right' : wrong.join());
";

#[test]
fn node_takes_what_is_made_here() {
    let report = run(MAKE);
    let made = value(&report);
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("made.json"), made.to_string()).unwrap();
    fs::write(home.path().join("take.js"), TAKE).unwrap();
    let taken = Command::new("node")
        .arg(home.path().join("take.js"))
        .arg(home.path().join("made.json"))
        .output();
    let Ok(taken) = taken else {
        eprintln!("no Node on the PATH: nobody to take it");
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&taken.stdout).trim(),
        "right",
        "{}",
        String::from_utf8_lossy(&taken.stderr)
    );
}

fn body(source: &str) -> String {
    format!("exports.handler = async () => {{\n{source}\n}};")
}

#[test]
fn bombs_are_bounded_by_the_memory_of_the_call() {
    let limits = Limits { memory_bytes: 24 << 20, ..Limits::default() };
    for source in [
        // Members of a gzip file one after the other, each small.
        "const part = zlib.gzipSync(Buffer.alloc(4 << 20)); zlib.gunzipSync(Buffer.concat(Array(20).fill(part)));",
        "const part = zlib.gzipSync(Buffer.alloc(4 << 20)); await promisify(zlib.gunzip)(Buffer.concat(Array(20).fill(part)));",
        "const bomb = zlib.createBrotliCompress({ params: { 1: 1 } }); const parts = []; bomb.on('data', (part) => parts.push(part)); for (let i = 0; i < 40; i++) { bomb.write(Buffer.alloc(1 << 20)); await new Promise((done) => bomb.flush(done)); } bomb.end(); await new Promise((done) => bomb.on('end', done)); zlib.brotliDecompressSync(Buffer.concat(parts));",
        "const open = []; for (;;) open.push(zlib.createDeflate());",
        "require('crypto').scryptSync('p', 's', 32, { N: 1 << 16, r: 8, maxmem: 1 << 30 });",
        "await promisify(require('crypto').scrypt)('p', 's', 32, { N: 1 << 16, r: 8, maxmem: 1 << 30 });",
    ] {
        let source = body(&format!(
            "const zlib = require('zlib'); const {{ promisify }} = require('util'); {source}"
        ));
        let report = call_limited(&source, limits);
        assert_eq!(
            failure(&report).reason,
            Reason::OutOfMemory,
            "{source}: {:?}",
            failure(&report)
        );
        assert!(report.memory_peak_bytes < 26 << 20, "{source}: {}", report.memory_peak_bytes);
    }
}

#[test]
fn native_work_ends_with_the_call() {
    let limits = Limits { time_ms: 300, ..Limits::default() };
    for source in [
        "crypto.pbkdf2Sync('p', 's', 2 ** 31 - 1, 64, 'sha512');",
        "await promisify(crypto.pbkdf2)('p', 's', 2 ** 31 - 1, 64, 'sha512');",
        "crypto.pbkdf2('p', 's', 2 ** 31 - 1, 64, 'sha512', () => {}); for (;;);",
        "for (let i = 0; i < 100; i++) crypto.pbkdf2('p', 's', 2 ** 31 - 1, 64, 'md5', () => {}); await new Promise(() => {});",
        "crypto.scryptSync('p', 's', 64, { N: 2 ** 14, p: 10000, maxmem: 2 ** 40 });",
        "crypto.generateKeyPairSync('rsa', { modulusLength: 8192 }); for (;;);",
        "await promisify(crypto.generateKeyPair)('rsa', { modulusLength: 16384 });",
        "crypto.generatePrimeSync(8192, { safe: true });",
        "for (;;) crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(8), iterations: 1e9 }, await crypto.subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits']), 512);",
        "const zlib = require('zlib'); const noise = crypto.randomBytes(1 << 20); for (;;) zlib.gzipSync(noise, { level: 9 });",
    ] {
        let source = body(&format!(
            "const crypto = require('crypto'); const {{ promisify }} = require('util'); {source}"
        ));
        let began = Instant::now();
        let report = call_limited(&source, limits);
        assert_eq!(failure(&report).reason, Reason::TimedOut, "{source}: {:?}", failure(&report));
        // The bound is the worker's; here only that the work does not run to its end.
        assert!(began.elapsed() < Duration::from_secs(20), "{source}: {:?}", began.elapsed());
    }
}

#[test]
fn others_go_on_while_a_key_is_derived() {
    let report = run(
        "const { promisify } = require('util'); const crypto = require('crypto'); let turns = 0; const ticking = setInterval(() => turns++, 1);
         await Promise.all([1, 2, 3, 4, 5, 6].map(() => promisify(crypto.pbkdf2)('p', 's', 20000, 32, 'sha256'))); clearInterval(ticking); return turns > 2;",
    );
    assert_eq!(value(&report), &json!(true));
}
