// Running source text: in this realm, or in a realm of its own.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnSet, OwnWeakMap } = internal;
  const { text, typeError } = require('internal/errors');
  const group = internal.group('realms');
  const realms = new OwnWeakMap(); // sandbox → realm
  const DONT_CONTEXTIFY = Symbol('vm_context_no_contextify');

  const named = (options) => (typeof options === 'string' ? options : (options?.filename ?? 'evalmachine.<anonymous>'));
  const object = (value, name) => {
    if (value === null || typeof value !== 'object') throw typeError(name, 'of type object', value);
  };

  // The sandbox's names are the realm's globals: there before a run, taken back after it.
  function run(sandbox, code, file) {
    const realm = realms.get(sandbox);
    if (realm === undefined) throw typeError('contextifiedObject', 'an vm.Context', sandbox);
    const { globals, own } = realm;
    for (const key of Reflect.ownKeys(sandbox)) {
      if (sandbox === globals) break;
      const found = Object.getOwnPropertyDescriptor(sandbox, key);
      realm.given.add(key);
      try {
        Object.defineProperty(globals, key, 'value' in found ? { ...found, configurable: true } : { get: () => sandbox[key], set: (value) => (sandbox[key] = value), enumerable: found.enumerable, configurable: true });
      } catch {
        // A name that the realm keeps for itself.
      }
    }
    for (const key of realm.given) if (sandbox !== globals && !Reflect.has(sandbox, key)) delete globals[key];
    try {
      return group.evaluate(realm.id, code, file);
    } finally {
      if (sandbox !== globals) {
        for (const key of Reflect.ownKeys(globals)) {
          const found = Object.getOwnPropertyDescriptor(globals, key);
          if (!('value' in found) || (own.has(key) && Object.is(own.get(key), found.value))) continue;
          if (Object.prototype.hasOwnProperty.call(sandbox, key) && Object.is(sandbox[key], found.value)) continue;
          sandbox[key] = found.value;
          realm.given.add(key);
        }
        for (const key of realm.given) if (!Object.prototype.hasOwnProperty.call(globals, key)) delete sandbox[key];
      }
    }
  }

  function createContext(sandbox = {}) {
    if (sandbox === DONT_CONTEXTIFY) {
      const realm = make();
      realms.set(realm.globals, realm);
      return realm.globals;
    }
    object(sandbox, 'object');
    if (!realms.has(sandbox)) realms.set(sandbox, make());
    return sandbox;
  }
  function make() {
    const id = group.create();
    const globals = group.globals(id);
    for (const name of ['gc', 'navigator', 'performance', 'print', 'scriptArgs', 'InternalError', 'Iterator', 'DOMException', 'queueMicrotask', 'atob', 'btoa']) delete globals[name];
    globals.console = console;
    Object.defineProperty(globals, 'console', { enumerable: false });
    const own = new OwnMap();
    for (const key of Reflect.ownKeys(globals)) own.set(key, globals[key]);
    return { id, globals, own, given: new OwnSet() };
  }

  // Tells a syntax error in V8's words; `before` = what stands before the source on its first line.
  function parsed(code, file, run, before) {
    try {
      return run();
    } catch (error) {
      const at = internal.framesOf(error)?.[0];
      if (!(error instanceof SyntaxError) || at?.file !== file) throw error;
      const lines = code.split('\n');
      const message = require('internal/v8errors').syntax(error.message, lines[at.line - 1], at.line === 1 ? at.column - before : at.column);
      if (message !== undefined) Object.defineProperty(error, 'message', { value: message, writable: true, enumerable: false, configurable: true });
      throw error;
    }
  }

  class Script {
    #code;
    #file;
    constructor(code, options) {
      this.#code = `${code}`;
      this.#file = named(options);
      // What cannot be parsed is told at once.
      parsed(this.#code, this.#file, () => group.check(this.#code, this.#file), 'function () { '.length + 1);
      this.sourceMapURL = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(this.#code)?.[1];
    }
    runInThisContext() {
      return group.here(this.#code, this.#file);
    }
    runInContext(sandbox) {
      object(sandbox, 'contextifiedObject');
      return run(sandbox, this.#code, this.#file);
    }
    runInNewContext(sandbox = {}) {
      return run(createContext(sandbox), this.#code, this.#file);
    }
    createCachedData() {
      return Buffer.alloc(0);
    }
  }

  Object.assign(exports, {
    Script,
    createContext,
    createScript: (code, options) => new Script(code, options),
    isContext(value) {
      object(value, 'object');
      return realms.has(value);
    },
    runInThisContext(code, options) {
      return new Script(code, options).runInThisContext();
    },
    runInContext(code, sandbox, options) {
      object(sandbox, 'contextifiedObject');
      return new Script(code, options).runInContext(sandbox);
    },
    runInNewContext(code, sandbox, options) {
      return new Script(code, options).runInNewContext(sandbox);
    },
    compileFunction(code, params = [], options = {}) {
      text(code, 'code');
      const source = `(function (${params.join(',')}) {${code}\n})`;
      if (options.parsingContext !== undefined) return run(options.parsingContext, source, named(options));
      return parsed(code, named(options), () => group.here(source, named(options)), source.indexOf('{') + 1);
    },
    measureMemory: require('internal/refusing').refuser('vm.measureMemory()', 'measureMemory', 'the engine here is not V8'),
    constants: { __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'), DONT_CONTEXTIFY },
  });
}
