// What every call needs before its first line: the error hook, modules, and the names that load the rest when touched.
export default function (exports, _require, _module, internal) {
  const { control, modules } = internal;
  const { root, prefixLength } = modules;
  const defineProperty = Object.defineProperty;
  const stringify = JSON.stringify;
  const parse = JSON.parse;
  const { random } = Math;
  const { apply } = Reflect;
  const { then } = Promise.prototype;
  const resolved = Promise.resolve();
  const promised = Promise.resolve.bind(Promise);

  // --- errors: where they were made, and Node's form of `stack` ---
  // Keeps its methods whatever a script does to the prototypes.
  const own = (collection) => {
    const proto = Object.getPrototypeOf(collection);
    for (const key of ['get', 'set', 'has', 'add', 'delete', 'forEach']) if (proto[key] !== undefined) defineProperty(collection, key, { value: proto[key] });
    return collection;
  };
  const framesOf = own(new WeakMap());
  const pending = own(new WeakMap()); // what the text of `stack` will be made from
  const texts = own(new WeakMap());
  let bare = false; // the next stack is wanted as frames
  const isInternal = (file) => file === undefined || file === null || file === '<input>' || file.startsWith('node:');

  function frame(site) {
    const file = site.getFileName();
    let column = site.getColumnNumber();
    const line = site.getLineNumber();
    if (line === 1 && column > prefixLength && !isInternal(file)) column -= prefixLength;
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

  function place(frame) {
    const at = `${frame.file}:${frame.line}:${frame.column}`;
    return frame.name === '' ? `    at ${at}` : `    at ${frame.name} (${at})`;
  }

  // How the engine's own messages begin, as far as V8 says it otherwise.
  const foreign = /^(?:cannot |not a|value is not|'.*' is read-only|object is not ext|invalid |class constr|circular|BigInt |bigint |Cannot convert undef|empty array|parent class|iterator must|null or undef|promise self|string too long|expecting |malformed|must be called|constructor req|Date value|redeclar|.* is not (?:initialized|a constructor)$|.* \(line \d+ column \d+\)$)/s;

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
    const frames = [];
    for (let index = 0; index < sites.length; index++) {
      const file = sites[index].getFileName();
      if (!isInternal(file)) frames.push(frame(sites[index]));
    }
    if (bare) return frames;
    if (frames.length > 0 && frames[frames.length - 1].name === '' && frames[frames.length - 1].site.getFunction() !== null) frames[frames.length - 1].name = 'Object.<anonymous>';
    // The engine asks again when an error is thrown again: what it was told first stays.
    if (!capturing && error instanceof Error && !framesOf.has(error)) {
      framesOf.set(error, frames);
      pending.set(error, sites);
      if (frames.length > 0 && error.message === 'interrupted' && error.name === 'InternalError') {
        control.interruptedAt({ reason: 'timed_out', message: '', stack: frames.map(place).join('\n'), file: frames[0].file, line: frames[0].line, column: frames[0].column });
      }
      if (foreign.test(error.message)) translate(error, frames, sites);
    }
    return capturing ? stackText(error, frames, sites) : '';
  }

  function stackText(error, frames, sites) {
    const authors = Error.prepareStackTrace;
    if (typeof authors === 'function') return authors(error, sites);
    let text = header(error);
    for (let index = 0; index < frames.length; index++) text += '\n' + place(frames[index]);
    return text;
  }
  Error.prepareStackTrace = prepare;
  defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: true, enumerable: false, configurable: true });

  internal.framesOf = (error) => framesOf.get(error);
  internal.header = header;
  // A line of an author's file, without what the module's wrapper adds.
  const sources = own(new Map());
  internal.sourceLine = function (file, line) {
    let lines = sources.get(file);
    if (lines === undefined) {
      const path = control.label === '' ? file : file.startsWith(`${control.label}/`) ? file.slice(control.label.length + 1) : undefined;
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
      if (sites !== undefined) {
        pending.delete(this);
        texts.set(this, stackText(this, framesOf.get(this), sites));
      }
      if (texts.has(this)) return texts.get(this);
      // An error of a full stack knows no frames.
      return this instanceof Error ? header(this) : undefined;
    },
    set(value) {
      defineProperty(this, 'stack', { value, writable: true, enumerable: false, configurable: true });
    },
    enumerable: false,
    configurable: true,
  });
  const capture = Error.captureStackTrace;
  let capturing = false;
  Error.captureStackTrace = {
    captureStackTrace(target, above) {
      capturing = true;
      try {
        capture(target, typeof above === 'function' ? above : Error.captureStackTrace);
      } finally {
        capturing = false;
      }
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

  // --- built-in modules ---
  const loaded = own(new Map());
  const groups = own(new Map());
  internal.group = function (name) {
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = modules.group(name)));
    return group;
  };
  const aliases = { sys: 'util', 'path/posix': 'path', 'path/win32': 'path' };
  const refusing = 'async_hooks child_process cluster dgram diagnostics_channel dns fs http2 inspector net readline repl tls trace_events tty v8 vm wasi worker_threads zlib'.split(' ');
  const isPublic = new Set(
    'assert assert/strict buffer console constants crypto dns/promises events fs/promises http https module os path path/posix path/win32 perf_hooks process punycode querystring stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises url util util/types'
      .split(' ')
      .concat(refusing),
  );
  const made = {
    'assert/strict': () => builtin('assert').strict,
    console: () => builtin('internal/console'),
    constants: () => builtin('fs').constants,
    'dns/promises': () => builtin('dns').promises,
    'fs/promises': () => builtin('fs').promises,
    module: () => internal.nodeModule(),
    perf_hooks: () => ({ performance: globalThis.performance, PerformanceObserver: class PerformanceObserver { observe() {} disconnect() {} }, constants: {}, monitorEventLoopDelay: () => ({ enable() {}, disable() {}, min: 0, max: 0, mean: 0 }) }),
    'stream/web': () => builtin('internal/webstream'),
    'util/types': () => builtin('internal/types'),
  };
  function builtin(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    if (made[name] !== undefined) module.exports = made[name]();
    else if (refusing.includes(name)) builtin('internal/refusing').build(name, module.exports);
    else modules.builtin(aliases[name] ?? name)(module.exports, builtin, module, internal);
    return module.exports;
  }
  internal.builtin = builtin;
  internal.publicNames = isPublic;
  internal.requests = own(new Map());

  // --- modules of the package ---
  const cache = Object.create(null);
  const full = (path) => (path === '' ? root : `${root}/${path}`);
  const folder = (path) => (path.lastIndexOf('/') < 0 ? '' : path.slice(0, path.lastIndexOf('/')));

  function Module(id, parent) {
    this.id = id;
    this.path = id.slice(0, id.lastIndexOf('/'));
    this.exports = {};
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.paths = [];
    defineProperty(this, 'parent', { value: parent, writable: true, enumerable: false, configurable: true });
    if (parent) parent.children.push(this);
  }
  internal.Module = Module;

  function resolve(specifier, from) {
    if (typeof specifier !== 'string') throw builtin('internal/errors').typeError('id', 'of type string', specifier);
    if (specifier === '') {
      const error = new TypeError("The argument 'id' must be a non-empty string. Received ''");
      error.code = 'ERR_INVALID_ARG_VALUE';
      throw error;
    }
    const named = specifier.startsWith('node:');
    const name = named ? specifier.slice(5) : specifier;
    if (isPublic.has(name)) return { builtin: name };
    if (named) {
      const error = new Error(`No such built-in module: ${specifier}`);
      error.code = 'ERR_UNKNOWN_BUILTIN_MODULE';
      throw error;
    }
    try {
      return { path: modules.resolve(specifier, from.virtualFolder) };
    } catch (error) {
      if (error.code === 'MODULE_NOT_FOUND') {
        const stack = [];
        for (let at = from.module; at; at = at.parent) stack.push(at.filename);
        error.requireStack = stack;
        error.message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
      }
      throw error;
    }
  }

  function load(path, parent) {
    const id = full(path);
    const known = cache[id];
    if (known !== undefined) {
      if (parent && !parent.children.includes(known)) parent.children.push(known);
      return known;
    }
    const module = new Module(id, parent);
    cache[id] = module;
    let done = false;
    try {
      if (path.endsWith('.json')) {
        const text = modules.read(path);
        try {
          module.exports = parse(text);
        } catch (error) {
          reword(error, text);
          error.message = `${id}: ${error.message}`;
          throw error;
        }
      } else if (path.endsWith('.node')) {
        throw new Error(`${id} is a native addon; functions cannot load native addons here`);
      } else {
        const run = compile(path);
        const require = makeRequire(path, module);
        if (parent === undefined) control.begin();
        run.call(module.exports, module.exports, require, module, id, id.slice(0, id.lastIndexOf('/')));
      }
      module.loaded = true;
      done = true;
    } finally {
      if (!done) delete cache[id];
    }
    return module;
  }

  internal.syntaxErrors = own(new WeakSet());
  function compile(path) {
    if (modules.isModule(path)) {
      const error = new Error(`${full(path)} is an ES module; functions load CommonJS modules only. Use a version of the package that offers CommonJS, or write module.exports in this file`);
      error.code = 'ERR_REQUIRE_ESM';
      throw error;
    }
    try {
      return modules.compile(path);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const told = inSource(error, path);
      internal.syntaxErrors.add(told);
      builtin('internal/failure').syntax(told);
      throw told;
    }
  }

  // An error found only after the source: one brace too many closes the wrapper early, and its place shows without the wrapper.
  function inSource(error, path) {
    const at = framesOf.get(error)?.[0];
    if (at === undefined || at.line <= internal.lastLine(at.file)) return error;
    try {
      modules.check(path);
    } catch (other) {
      const place = framesOf.get(other)?.[0];
      if (other instanceof SyntaxError && place !== undefined && place.line <= internal.lastLine(place.file)) return other;
    }
    return error;
  }

  // On a function host the main module is the host's own: `require.main === module` is false in every file of a function.
  const main = new Module('/var/runtime/index.js', undefined);
  main.id = '.';
  function makeRequire(path, module) {
    const from = { virtualFolder: folder(path), module };
    function require(id) {
      const found = resolve(id, from);
      if (found.builtin !== undefined) return builtin(found.builtin);
      return load(found.path, module).exports;
    }
    require.resolve = function (id) {
      const found = resolve(id, from);
      return found.builtin !== undefined ? id : full(found.path);
    };
    require.resolve.paths = () => [];
    require.cache = cache;
    require.main = main;
    require.extensions = extensions;
    module.require = require;
    return require;
  }
  const extensions = { __proto__: null, '.js': () => {}, '.json': () => {}, '.node': () => {} };

  internal.nodeModule = function () {
    const names = [...isPublic].sort();
    Object.assign(Module, {
      Module,
      builtinModules: names,
      isBuiltin: (name) => isPublic.has(`${name}`.replace(/^node:/, '')),
      _cache: cache,
      _extensions: extensions,
      _nodeModulePaths: () => [],
      createRequire(from) {
        const path = typeof from === 'string' && !from.startsWith('file:') ? from : builtin('url').fileURLToPath(from);
        if (!path.startsWith(`${root}/`)) throw builtin('internal/errors').refused('module.createRequire()', `${path} is outside the function's package`);
        return makeRequire(path.slice(root.length + 1), new Module(path, undefined));
      },
      findSourceMap: () => undefined,
      syncBuiltinESMExports() {},
    });
    return Module;
  };

  // --- turns ---
  const ticks = [];
  const rejections = own(new Map());
  let rejected = 0; // how many wait in `rejections`
  // The call has failed. A script can have changed the language so much that its error cannot be told in full.
  function failed(error) {
    try {
      builtin('internal/failure').thrown(error);
    } catch {
      let message = 'an error that cannot be told';
      try {
        message = `${error}`;
      } catch {
        // Then without.
      }
      control.failed({ reason: 'thrown', message, stack: '', file: undefined, line: undefined, column: undefined });
    }
  }

  // Each turn begins with a look at the clock, which timers set during the turn count from.
  const turn = (piece) =>
    function (...args) {
      internal.loopNow = control.now();
      return piece(...args);
    };
  const hooks = {
    start(parameters) {
      internal.loopNow = control.now();
      let handler;
      try {
        const exported = load('index.js', undefined).exports;
        handler = exported === undefined || exported === null ? undefined : exported.handler;
        if (typeof handler !== 'function') return builtin('internal/failure').noHandler(exported, handler);
      } catch (error) {
        return failed(error);
      }
      const settle = (value) => {
        if (value === undefined || value === null || typeof value === 'object' || typeof value === 'function') {
          let text;
          try {
            text = stringify(value);
          } catch (error) {
            return builtin('internal/failure').unserializable(value, error);
          }
          if (text === undefined) return builtin('internal/failure').unserializable(value, undefined);
          control.returned(text);
        } else if (typeof value === 'bigint' || typeof value === 'symbol') {
          builtin('internal/failure').unserializable(value, undefined);
        } else {
          control.returned(stringify(value));
        }
      };
      const fail = failed;
      let result;
      try {
        result = handler(parse(parameters));
      } catch (error) {
        return fail(error);
      }
      if (result !== null && (typeof result === 'object' || typeof result === 'function') && typeof result.then === 'function') {
        apply(then, promised(result), [settle, fail]);
      } else {
        settle(result);
      }
    },
    ticks() {
      while (ticks.length > 0) {
        const [callback, args] = ticks.shift();
        try {
          callback(...args);
        } catch (error) {
          internal.uncaught(error);
        }
      }
    },
    http(id, kind, payload) {
      const heard = internal.requests.get(id);
      if (kind === 'end' || kind === 'failed') internal.requests.delete(id);
      if (heard === undefined) return;
      try {
        heard(kind, payload);
      } catch (error) {
        internal.uncaught(error);
      }
    },
    rejected(promise, reason, handled) {
      if (handled) {
        if (rejections.delete(promise)) rejected--;
      } else {
        rejections.set(promise, reason);
        rejected++;
      }
    },
    unhandled() {
      if (rejected === 0) return false;
      let heard = false;
      rejections.forEach((reason, promise) => {
        rejections.delete(promise);
        rejected--;
        if (internal.process?.listenerCount('unhandledRejection') > 0) {
          heard = true;
          internal.process.emit('unhandledRejection', reason, promise);
        } else failed(reason);
      });
      return heard;
    },
  };
  internal.hooks = hooks;
  internal.loopNow = 0;
  internal.uncaught = (error) => {
    if (internal.process?.listenerCount('uncaughtException') > 0) internal.process.emit('uncaughtException', error, 'uncaughtException');
    else failed(error);
  };
  internal.nextTick = (callback, args) => {
    if (ticks.push([callback, args]) === 1) control.tick();
  };

  // --- globals, loaded when touched ---
  function lazy(name, from, enumerable) {
    const define = (value) => defineProperty(globalThis, name, { value, writable: true, enumerable, configurable: true });
    defineProperty(globalThis, name, {
      get() {
        const value = from();
        define(value);
        return value;
      },
      set: define,
      enumerable,
      configurable: true,
    });
  }
  function all(names, from, enumerable) {
    for (const name of names.split(' ')) lazy(name, () => builtin(from)[name], enumerable);
  }
  lazy('console', () => builtin('internal/console'), false);
  lazy('process', () => builtin('process'), false);
  lazy('Buffer', () => builtin('buffer').Buffer, false);
  all('setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate', 'internal/timers', true);
  all('URL URLSearchParams', 'internal/url', false);
  all('TextEncoder TextDecoder', 'internal/encoding', false);
  all('atob btoa', 'internal/encoding', true);
  all('AbortController AbortSignal', 'internal/abort', false);
  all('Event EventTarget CustomEvent', 'internal/eventtarget', false);
  all('fetch', 'internal/fetch', true);
  all('Request Response', 'internal/fetch', false);
  all('Headers', 'internal/headers', false);
  all('FormData', 'internal/formdata', false);
  all('Blob File', 'internal/blob', false);
  all('ReadableStream ReadableStreamDefaultReader', 'internal/webstream', false);
  all('structuredClone', 'internal/clone', true);
  lazy('crypto', () => builtin('crypto').webcrypto, true);
  all('Crypto SubtleCrypto', 'crypto', false);
  defineProperty(globalThis, 'global', { value: globalThis, writable: true, enumerable: true, configurable: true });
  defineProperty(globalThis, Symbol.toStringTag, { value: 'global', writable: false, enumerable: false, configurable: true });
  defineProperty(globalThis, 'queueMicrotask', {
    value: function queueMicrotask(callback) {
      if (typeof callback !== 'function') throw builtin('internal/errors').typeError('callback', 'of type function', callback);
      apply(then, resolved, [() => {
        try {
          callback();
        } catch (error) {
          internal.uncaught(error);
        }
      }]);
    },
    writable: true,
    enumerable: true,
    configurable: true,
  });
  // JSON.stringify tells circles and BigInts as V8 does.
  JSON.stringify = {
    stringify(value, replacer, space) {
      try {
        return stringify(value, replacer, space);
      } catch (error) {
        if (error instanceof TypeError && /^(?:Converting circular structure to JSON|circular reference)$/.test(error.message)) {
          error.message += builtin('internal/v8errors').circle(value);
        }
        throw error;
      }
    },
  }.stringify;
  // JSON.parse says what is wrong with a text as V8 does.
  JSON.parse = {
    parse(text, reviver) {
      try {
        return parse(text, reviver);
      } catch (error) {
        if (error instanceof SyntaxError) reword(error, text);
        throw error;
      }
    },
  }.parse;
  function reword(error, text) {
    const message = builtin('internal/jsonerrors').describe(`${text}`);
    if (message === undefined || message === error.message) return;
    defineProperty(error, 'message', { value: message, writable: true, enumerable: false, configurable: true });
  }
  defineProperty(JSON, 'stringify', { enumerable: false });
  defineProperty(JSON, 'parse', { enumerable: false });

  // What the engine has and Node 20 has not: a function that uses it would fail in production.
  const later = [
    [globalThis, 'AsyncDisposableStack DisposableStack Float16Array InternalError Iterator SuppressedError'],
    [Array, 'fromAsync'],
    [Object, 'groupBy'],
    [Map, 'groupBy'],
    [Promise, 'try withResolvers'],
    [RegExp, 'escape'],
    [Math, 'f16round sumPrecise'],
    [Error, 'isError'],
    [JSON, 'rawJSON isRawJSON'],
    [Atomics, 'pause waitAsync'],
    [Uint8Array, 'fromBase64 fromHex'],
    [Uint8Array.prototype, 'toBase64 toHex setFromBase64 setFromHex'],
    [Set.prototype, 'union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom'],
    [Map.prototype, 'getOrInsert getOrInsertComputed'],
    [WeakMap.prototype, 'getOrInsert getOrInsertComputed'],
    [DataView.prototype, 'getFloat16 setFloat16'],
    [ArrayBuffer.prototype, 'transferToFixedLength sliceToImmutable transferToImmutable immutable'],
    [Iterator.prototype, 'map filter take drop flatMap reduce toArray forEach some every find'],
  ];
  for (const [object, names] of later) for (const name of names.split(' ')) delete object[name];

  hooks.http = turn(hooks.http);
  exports.hooks = hooks;
}
