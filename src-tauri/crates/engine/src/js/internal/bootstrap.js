// What every call needs before its first line: the error hook, modules, and the names that load the rest when touched.
export default function (exports, _require, _module, internal) {
  const { control, modules } = internal;
  const { root, prefixLength } = modules;
  const defineProperty = Object.defineProperty;
  const stringify = JSON.stringify;
  const parse = JSON.parse;

  // --- errors: where they were made, and Node's form of `stack` ---
  const framesOf = new WeakMap();
  const errorHook = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  let bare = false; // the next stack is wanted as frames
  const isInternal = (file) => file === undefined || file === null || file.startsWith('node:');

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

  function prepare(error, sites) {
    const frames = [];
    for (let index = 0; index < sites.length; index++) {
      const file = sites[index].getFileName();
      if (!isInternal(file)) frames.push(frame(sites[index]));
    }
    if (bare) return frames;
    if (frames.length > 0 && frames[frames.length - 1].name === '') frames[frames.length - 1].name = 'Object.<anonymous>';
    if (error instanceof Error) {
      framesOf.set(error, frames);
      if (frames.length > 0 && error.message === 'interrupted' && error.name === 'InternalError') {
        control.interruptedAt({ reason: 'timed_out', message: '', stack: frames.map(place).join('\n'), file: frames[0].file, line: frames[0].line, column: frames[0].column });
      }
      if (internal.translate !== undefined) internal.translate(error, frames);
    }
    const own = Error.prepareStackTrace;
    if (typeof own === 'function') return own(error, sites);
    let text = header(error);
    for (const one of frames) text += '\n' + place(one);
    return text;
  }
  Error.prepareStackTrace = prepare;
  defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: true, enumerable: false, configurable: true });
  void errorHook;

  internal.framesOf = (error) => framesOf.get(error);
  internal.place = place;
  // The author's topmost frame.
  internal.caller = function () {
    const holder = {};
    bare = true;
    Error.captureStackTrace(holder);
    bare = false;
    const frames = holder.stack;
    return frames === undefined || frames === null ? undefined : frames[0];
  };

  // --- built-in modules ---
  const loaded = new Map();
  const groups = new Map();
  internal.group = function (name) {
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = modules.group(name)));
    return group;
  };
  function builtin(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    modules.builtin(name)(module.exports, builtin, module, internal);
    return module.exports;
  }
  internal.builtin = builtin;
  const isPublic = new Set([]);

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
    if (typeof specifier !== 'string') {
      const error = new TypeError(`The "id" argument must be of type string. Received ${specifier === null ? 'null' : typeof specifier}`);
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
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
    if (parent === undefined) module.id = '.';
    cache[id] = module;
    let done = false;
    try {
      if (path.endsWith('.json')) {
        const text = modules.read(path);
        try {
          module.exports = parse(text);
        } catch (error) {
          error.message = `${id}: ${error.message}`;
          throw error;
        }
      } else if (path.endsWith('.node')) {
        throw new Error(`${id} is a native addon; functions cannot load native addons here`);
      } else {
        const run = modules.compile(path);
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

  let main;
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
    require.extensions = { __proto__: null };
    module.require = require;
    return require;
  }

  // --- turns ---
  const ticks = [];
  const rejections = new Map();
  const hooks = {
    start(parameters) {
      let handler;
      try {
        const exported = load('index.js', undefined).exports;
        handler = exported === undefined || exported === null ? undefined : exported.handler;
        if (typeof handler !== 'function') return builtin('internal/failure').noHandler(exported, handler);
      } catch (error) {
        return builtin('internal/failure').thrown(error);
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
      const fail = (error) => builtin('internal/failure').thrown(error);
      let result;
      try {
        result = handler(parse(parameters));
      } catch (error) {
        return fail(error);
      }
      if (result !== null && (typeof result === 'object' || typeof result === 'function') && typeof result.then === 'function') {
        Promise.resolve(result).then(settle, fail);
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
    rejected(promise, reason, handled) {
      if (handled) rejections.delete(promise);
      else rejections.set(promise, reason);
    },
    unhandled() {
      if (rejections.size === 0) return false;
      for (const [promise, reason] of [...rejections]) {
        rejections.delete(promise);
        builtin('internal/failure').thrown(reason);
        void promise;
      }
      return false;
    },
  };
  internal.uncaught = (error) => builtin('internal/failure').thrown(error);
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
  lazy('console', () => builtin('internal/console'), false);
  defineProperty(globalThis, 'global', { value: globalThis, writable: true, enumerable: true, configurable: true });

  exports.hooks = hooks;
}
