// The names of Node's modules and globals. On Node it lists them; here it looks each one up. Prints nothing, answers JSON.
const modules =
  'assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys test timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib'.split(' ');
const refuses = Symbol.for('stepsmith.refuses');
const ofFunctions = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
// What hangs on these depends on the machine and on how the program was started.
const instances = new Set('config domain env features globalAgent report rootCertificates stderr stdin stdout withoutStackTrace'.split(' '));
const machinery = new Set(['withoutStackTrace', 'domain']); // of Node's own making, of no use to a caller
const holds = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
const get = (holder, name) => {
  try {
    return holder[name];
  } catch {
    return undefined;
  }
};
const open = (name) => require(name === 'test' ? 'node:test' : name);

// Names that lead from a module or global: exports, what hangs on exported objects, statics and members of classes.
function names(holder, known) {
  const found = [];
  const own = (object) => Object.getOwnPropertyNames(object).filter((name) => /^[A-Za-z]/.test(name) && !machinery.has(name) && !(typeof object === 'function' && ofFunctions.has(name)));
  for (const name of own(holder)) {
    found.push(name);
    const value = get(holder, name);
    if (!holds(value) || known.has(value)) continue;
    known.add(value);
    const inner = typeof value === 'function' ? own(value) : Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Set || value instanceof Map ? [] : own(value);
    if (!instances.has(name)) for (const one of inner) found.push(`${name}.${one}`);
    if (typeof value === 'function' && holds(value.prototype)) {
      for (const one of own(value.prototype)) if (one !== 'constructor') found.push(`${name}#${one}`);
    }
  }
  return found;
}

function list() {
  const answer = {};
  const language = new Set();
  for (const name of modules) {
    const exported = open(name);
    const known = new Set([exported, globalThis, process.env]);
    answer[name] = names(exported, known).sort();
  }
  const known = new Set([globalThis, process, console, Buffer, ...language]);
  answer.globals = names(globalThis, known).sort();
  return answer;
}

function look(list) {
  const answer = {};
  for (const name of Object.keys(list)) {
    const result = { present: [], refusing: {}, missing: [], extra: [] };
    answer[name] = result;
    let exported;
    try {
      exported = name === 'globals' ? globalThis : open(name);
    } catch {
      result.missing = list[name];
      continue;
    }
    const wholly = get(exported, refuses);
    for (const path of list[name]) {
      let at = exported;
      let why = wholly;
      for (const part of path.split(/(?=#)|\./)) {
        const key = part[0] === '#' ? part.slice(1) : part;
        if (part[0] === '#') at = get(at, 'prototype');
        if (!holds(at) || !(key in at)) {
          at = list;
          break;
        }
        // A getter of a prototype needs an instance: that it is there is enough.
        at = part[0] === '#' ? (Object.getOwnPropertyDescriptor(at, key)?.value ?? null) : get(at, key);
        if (holds(at)) why = get(at, refuses) ?? why;
      }
      if (at === list) result.missing.push(path);
      else if (why !== undefined) (result.refusing[why] ??= []).push(path);
      else result.present.push(path);
    }
    const wanted = new Set(list[name]);
    result.extra = Object.getOwnPropertyNames(exported).filter((key) => /^[A-Za-z]/.test(key) && !wanted.has(key) && !(typeof exported === 'function' && ofFunctions.has(key)));
  }
  return answer;
}

exports.handler = async (parameters) => (parameters.list === undefined ? list() : look(parameters.list));
