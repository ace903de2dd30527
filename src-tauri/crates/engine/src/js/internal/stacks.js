// Where errors were made, and Node's form of `stack`.
export default function (exports, _require, _module, internal) {
  const { control, modules, OwnMap, OwnSet, OwnWeakMap } = internal;
  const { prefixLength } = modules;
  const builtin = (name) => internal.builtin(name);
  const defineProperty = Object.defineProperty;
  const { random } = Math;

  const framesOf = new OwnWeakMap();
  // Files that are no CommonJS: nothing stands before their first line.
  const unwrapped = new OwnSet();
  internal.unwrapped = (key) => {
    unwrapped.add(key);
  };
  const pending = new OwnWeakMap(); // what the text of `stack` will be made from
  const texts = new OwnWeakMap();
  let bare = false; // the next stack is wanted as frames
  const isInternal = (file) => file === undefined || file === null || file === '<input>' || file.startsWith('node:');

  function frame(site) {
    const file = site.getFileName();
    let column = site.getColumnNumber();
    const line = site.getLineNumber();
    if (line === 1 && column > prefixLength && !isInternal(file) && !unwrapped.has(file)) column -= prefixLength;
    return { name: site.getFunctionName() || '', file, line, column, site };
  }

  function header(error) {
    try {
      const name = error.name === undefined ? 'Error' : String(error.name);
      const message = error.message === undefined ? '' : String(error.message);
      if (name === '') return message;
      return message === '' ? name : `${name}: ${message}`;
    } catch {
      return 'Error';
    }
  }

  const place = (frame) => builtin('internal/frames').text(frame);

  // How the engine's own messages begin, as far as V8 says it otherwise.
  const foreign = /^(?:cannot |not a|value is not|'.*' is read-only|object is not ext|invalid |class constr|circular|BigInt |bigint |Cannot convert undef|empty array|parent class|iterator must|null or undef|promise self|string too long|expecting |malformed|must be called|constructor req|Date value|redeclar|.* is not (?:initialized|a constructor)$|.* \(line \d+ column \d+\)$)/s;

  // A name that a module imports and the other one does not have.
  const missing = /^Could not find export '(.*)' in module '(.*)'$/s;

  function translate(error, frames, sites) {
    const first = sites.length > 0 ? sites[0] : undefined;
    const top = first !== undefined && frames.length > 0 && first === frames[0].site;
    const text = builtin('internal/v8errors').translate(error, frames, top, first?.isNative() ? first.getFunctionName() : undefined);
    if (text !== undefined) defineProperty(error, 'message', { value: text, writable: true, enumerable: false, configurable: true });
  }

  function prepare(error, sites) {
    // The engine drops an interruption that meets this hook. When time is up it must not meet it every time: little to do, in varying steps.
    if (control.over() && error.message !== 'interrupted') {
      for (let step = random() * 4; step > 1; step--);
      return '';
    }
    // The engine asks again as long as it has no answer: when an error is thrown again, and when it comes out of an `await`.
    if (!bare && !capturing && internal.isError(error) && framesOf.has(error)) return void passed(error, sites);
    const frames = [];
    for (let index = 0; index < sites.length; index++) {
      const file = sites[index].getFileName();
      if (!isInternal(file)) frames.push(frame(sites[index]));
    }
    if (bare) return frames;
    if (!capturing && internal.isError(error)) {
      framesOf.set(error, frames);
      pending.set(error, sites);
      if (error.name === 'InternalError' && error.message === 'interrupted') {
        if (frames.length > 0) {
          const text = builtin('internal/frames').lines(frames, sites).join('\n');
          control.interruptedAt({ reason: 'timed_out', message: '', stack: text, file: frames[0].file, line: frames[0].line, column: frames[0].column });
        }
        return '';
      }
      // A message of the engine is short; a script's may be as long as memory allows.
      const text = typeof error.message === 'string' && error.message.length <= 1000 ? error.message : '';
      if (foreign.test(text)) translate(error, frames, sites);
      else if (missing.test(text)) {
        const { message, place } = builtin('internal/imports').missing(missing.exec(text));
        defineProperty(error, 'message', { value: message, writable: true, enumerable: false, configurable: true });
        if (place !== undefined) framesOf.set(error, [place]);
      }
      // Without an answer the engine asks again, which costs: only where an `await` can follow.
      return frames.length === 0 || isAsync(frames[frames.length - 1].site) ? undefined : '';
    }
    if (capturing) captured = { frames: Object.assign(frames, { areCalls: true }), sites };
    return '';
  }

  const { getPrototypeOf } = Object;
  const asyncKinds = [async function () {}, async function* () {}].map(getPrototypeOf);
  const isAsync = (site) => {
    const run = site.getFunction();
    if (typeof run !== 'function') return false;
    const kind = getPrototypeOf(run);
    return kind === asyncKinds[0] || kind === asyncKinds[1];
  };

  // An error comes out of the `await` of an async function that was suspended: V8 has this frame as `at async …`.
  function passed(error, sites) {
    let only;
    for (let index = 0; index < sites.length; index++) {
      const file = sites[index].getFileName();
      if (isInternal(file)) continue;
      if (only !== undefined) return;
      only = sites[index];
    }
    const frames = framesOf.get(error);
    if (only === undefined || !isAsync(only) || frames.length >= 10) return;
    const found = frame(only);
    if (builtin('internal/frames').waiting(found) === undefined) return;
    found.isAsync = true;
    const last = frames[frames.length - 1];
    if (last?.isAsync && last.site.getFunction() === only.getFunction() && (last.job === control.jobs() || last.from !== `${found.line}:${found.column}`)) return;
    found.job = control.jobs();
    found.from = `${found.line}:${found.column}`;
    frames.push(found);
    if (typeof texts.get(error) === 'string') texts.delete(error);
  }

  const makerOf = (error) => {
    try {
      const { name } = error.constructor;
      return typeof name === 'string' ? name : undefined;
    } catch {
      return undefined;
    }
  };

  function stackText(error, frames, sites) {
    const authors = Error.prepareStackTrace;
    const own = builtin('internal/frames');
    const made = makerOf(error);
    if (typeof authors === 'function') return authors(error, own.sites(frames, made));
    const lines = own.lines(frames, sites, made);
    lines.unshift(header(error));
    return lines.join('\n');
  }
  Error.prepareStackTrace = prepare;
  defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: true, enumerable: false, configurable: true });

  // As `instanceof Error`, whatever a script does to that.
  const { apply } = Reflect;
  const OwnError = Error;
  const isInstance = Function.prototype[Symbol.hasInstance];
  internal.isError = (value) => apply(isInstance, OwnError, [value]);
  internal.framesOf = (error) => {
    const frames = framesOf.get(error);
    return frames === undefined ? undefined : builtin('internal/frames').finish(frames, makerOf(error));
  };
  internal.header = header;
  // A line of an author's file, without what the module's wrapper adds.
  const sources = new OwnMap();
  internal.sourceLine = function (file, line) {
    let lines = sources.get(file);
    if (lines === undefined) {
      const path = modules.pathOf(file);
      lines = path === undefined ? [] : (modules.source(path) ?? '').split(/\r\n|[\n\r\u2028\u2029]/);
      sources.set(file, lines);
    }
    return lines[line - 1];
  };
  internal.lastLine = (file) => {
    internal.sourceLine(file, 1);
    return sources.get(file).length;
  };
  // As on Node, the text is made when it is first looked at: a name given after the error was made shows.
  defineProperty(Error.prototype, 'stack', {
    get() {
      const sites = pending.get(this);
      if (sites !== undefined && !texts.has(this)) texts.set(this, stackText(this, framesOf.get(this), sites));
      if (texts.has(this)) return texts.get(this);
      // An error of a full stack knows no frames.
      return internal.isError(this) ? header(this) : undefined;
    },
    set(value) {
      defineProperty(this, 'stack', { value, writable: true, enumerable: false, configurable: true });
    },
    enumerable: false,
    configurable: true,
  });
  const capture = Error.captureStackTrace;
  let capturing = false;
  let captured; // what captureStackTrace found
  Error.captureStackTrace = {
    captureStackTrace(target, above) {
      capturing = true;
      try {
        capture(target, typeof above === 'function' ? above : Error.captureStackTrace);
      } finally {
        capturing = false;
      }
      const found = captured;
      captured = undefined;
      if (found === undefined) return;
      // The text is made when it is first looked at, from what the object is called by then.
      const keep = (value) => defineProperty(target, 'stack', { value, writable: true, enumerable: false, configurable: true });
      defineProperty(target, 'stack', {
        get() {
          const text = stackText(target, found.frames, found.sites);
          keep(text);
          return text;
        },
        set: keep,
        enumerable: false,
        configurable: true,
      });
    },
  }.captureStackTrace;
  defineProperty(Error, 'captureStackTrace', { enumerable: false });
  internal.place = place;
  // The author's topmost frame.
  internal.caller = function () {
    const holder = {};
    bare = true;
    capture(holder);
    bare = false;
    const frames = holder.stack;
    return frames === undefined || frames === null ? undefined : frames[0];
  };
  // The ES modules whose own code runs now, called from where this is asked.
  internal.bodies = function () {
    const holder = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 200;
    bare = true;
    capture(holder);
    bare = false;
    Error.stackTraceLimit = limit;
    const found = [];
    const frames = holder.stack;
    if (frames === undefined || frames === null) return found;
    for (let index = 0; index < frames.length; index++) {
      if (frames[index].name === '' && unwrapped.has(frames[index].file)) found.push(frames[index].file);
    }
    return found;
  };
}
