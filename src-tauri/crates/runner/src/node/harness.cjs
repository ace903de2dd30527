// Runs one function in Node, for comparison with the bundled runtime, and writes what it left behind to a file.
//
// HTTP goes to two local ports, one for http: and one for https:, which replay what the bundled runtime received. The
// host stays in the Host header, so the other side knows what was asked for. Nothing of the function's own code changes.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const { Console } = require('node:console');
const { Writable } = require('node:stream');
const { pathToFileURL } = require('node:url');
const { performance } = require('node:perf_hooks');

const task = JSON.parse(fs.readFileSync(0, 'utf8'));
const writeFile = fs.writeFileSync;
const exit = process.exit;
const started = performance.now();
const report = { log: [], start_ms: 0, total_ms: 0 };
const parameters = task.parameters;

// Every console method writes one line of the log, under the level that the bundled runtime gives it.
const LEVELS = { debug: 'debug', info: 'info', warn: 'warn', error: 'error', trace: 'error', assert: 'warn' };
let room = task.log_bytes;
let written = '';
const capture = () =>
  new Writable({
    write(chunk, encoding, done) {
      written += chunk;
      done();
    },
  });
const inner = new Console({ stdout: capture(), stderr: capture(), colorMode: false });
function keep(level, text) {
  if (room <= 0) return;
  room -= Buffer.byteLength(text);
  report.log.push({ at_ms: performance.now() - started, level, text });
}
for (const name of Object.keys(console)) {
  if (typeof inner[name] !== 'function' || name === 'Console') continue;
  const method = inner[name].bind(inner);
  console[name] = {
    [name](...args) {
      written = '';
      const result = method(...args);
      if (written !== '') keep(LEVELS[name] ?? 'log', written.replace(/\n$/, ''));
      return result;
    },
  }[name];
}
for (const [stream, level] of [['stdout', 'log'], ['stderr', 'error']]) {
  process[stream].write = (chunk, encoding, done) => {
    keep(level, String(chunk).replace(/\n$/, ''));
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}

// The way to the local ports.
const socketTo = (port) => net.connect({ host: '127.0.0.1', port });
http.Agent.prototype.createConnection = () => socketTo(task.http_port);
https.Agent.prototype.createConnection = () => {
  const socket = socketTo(task.https_port);
  socket.encrypted = true;
  socket.authorized = true;
  return socket;
};
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
if (typeof fetch === 'function') {
  // Asking for a class of fetch makes Node load it, and with it the dispatcher whose class is wanted.
  void globalThis.Response;
  const Agent = globalThis[DISPATCHER]?.constructor;
  if (Agent) {
    globalThis[DISPATCHER] = new Agent({
      connect(options, done) {
        const socket = socketTo(options.protocol === 'https:' ? task.https_port : task.http_port);
        socket.once('connect', () => done(null, socket));
        socket.once('error', (error) => done(error));
        return socket;
      },
    });
  } else {
    report.unreplayed_fetch = true;
  }
}

let ended = false;
function end(outcome) {
  if (ended) return;
  ended = true;
  report.outcome = outcome;
  report.total_ms = performance.now() - started;
  writeFile(task.report, JSON.stringify(report));
  exit(0);
}
function failed(reason, error) {
  const isError = error !== null && typeof error === 'object' && typeof error.stack === 'string';
  let message;
  try {
    message = isError ? `${error.name}: ${error.message}` : require('node:util').inspect(error);
  } catch {
    message = 'The value thrown cannot be shown.';
  }
  end({ kind: 'failed', reason, message, stack: isError ? error.stack : '' });
}
// A function that ends its process gives no answer, whatever the code.
process.exit = (code) => {
  process.emit('exit', code ?? process.exitCode ?? 0);
  failed('thrown', new Error(`The function ended its process with process.exit(${code ?? process.exitCode ?? 0}), which leaves the call without an answer: return a value or throw an error instead.`));
};
process.on('uncaughtException', (error) => failed('thrown', error));
process.on('exit', (code) => {
  if (ended) return;
  if (code === 0) end({ kind: 'failed', reason: 'never_settled', message: "The handler's promise never settled.", stack: '' });
  else end({ kind: 'failed', reason: 'thrown', message: `The function ended the process with code ${code}.`, stack: '' });
});

async function load() {
  try {
    return require(task.entry);
  } catch (error) {
    if (error?.code !== 'ERR_REQUIRE_ESM') throw error;
    return import(pathToFileURL(task.entry).href);
  }
}
(async () => {
  let loaded;
  try {
    loaded = await load();
  } catch (error) {
    return failed(error instanceof SyntaxError && !/^\s+at .*\bJSON\.parse\b/m.test(error.stack) ? 'syntax' : 'thrown', error);
  }
  report.start_ms = performance.now() - started;
  const handler = loaded?.handler ?? loaded?.default?.handler;
  if (typeof handler !== 'function') return end({ kind: 'failed', reason: 'handler', message: 'No `handler` function is exported.', stack: '' });
  let value;
  try {
    value = await handler(parameters);
  } catch (error) {
    return failed('thrown', error);
  }
  let json;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    return failed('unserializable', error);
  }
  if (json === undefined) return end({ kind: 'failed', reason: 'unserializable', message: `The value returned (${typeof value}) is not JSON.`, stack: '' });
  end({ kind: 'returned', json });
})();
