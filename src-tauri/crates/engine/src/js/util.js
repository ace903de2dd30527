export default function (exports, require, module, internal) {
  const { OwnSet } = internal;
  const { inspect, format, formatWithOptions } = require('internal/inspect');
  const { callable, typeError, coded } = require('internal/errors');
  const types = require('internal/types');
  const custom = Symbol.for('nodejs.util.promisify.custom');

  function promisify(original) {
    callable(original, 'original');
    const own = original[custom];
    if (own) {
      callable(own, 'util.promisify.custom');
      return Object.defineProperty(own, custom, { value: own, enumerable: false, writable: false, configurable: true });
    }
    function promised(...args) {
      return new Promise((resolve, reject) => {
        Reflect.apply(original, this, [...args, (error, ...values) => (error ? reject(error) : resolve(values[0]))]);
      });
    }
    Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
    Object.defineProperty(promised, custom, { value: promised, enumerable: false, writable: false, configurable: true });
    const copied = Object.getOwnPropertyDescriptors(original);
    for (const key of Reflect.ownKeys(copied)) {
      try {
        Object.defineProperty(promised, key, copied[key]);
      } catch {
        // What the engine keeps fixed on functions stays as it is.
      }
    }
    return promised;
  }
  promisify.custom = custom;

  function callbackify(original) {
    callable(original, 'original');
    function called(...args) {
      const done = args.pop();
      callable(done, 'last argument');
      Reflect.apply(original, this, args).then(
        (value) => internal.nextTick(done.bind(this, null, value), []),
        (reason) => {
          if (!reason) {
            const error = coded(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
            error.reason = reason;
            reason = error;
          }
          internal.nextTick(done.bind(this, reason), []);
        },
      );
    }
    Object.defineProperty(called, 'name', { value: `${original.name}Callbackified` });
    Object.defineProperty(called, 'length', { value: original.length + 1 });
    return called;
  }

  const warned = new OwnSet();
  function deprecate(original, message, code) {
    function deprecated(...args) {
      if (!warned.has(code ?? original)) {
        warned.add(code ?? original);
        require('process').emitWarning(`${code === undefined ? '' : `[${code}] `}${message}`, 'DeprecationWarning');
      }
      return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
    }
    Object.setPrototypeOf(deprecated, original);
    if (original.prototype) deprecated.prototype = original.prototype;
    return deprecated;
  }

  function inherits(maker, parent) {
    callable(maker, 'ctor');
    callable(parent, 'superCtor');
    if (parent.prototype === undefined) throw typeError('superCtor.prototype', 'of type object', parent.prototype);
    Object.defineProperty(maker, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(maker.prototype, parent.prototype);
  }

  const debuglog = () => Object.assign(() => {}, { enabled: false });
  const styles = { reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27], black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39] };

  function parseArgs({ args = [], options = {}, strict = true, allowPositionals = !strict } = {}) {
    const values = { __proto__: null };
    const positionals = [];
    for (const [name, option] of Object.entries(options)) if (option.default !== undefined) values[name] = option.default;
    const set = (name, value) => {
      const option = options[name];
      if (strict && option === undefined) throw coded(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '--${name}'`);
      if (option?.multiple) (values[name] ??= []).push(value);
      else values[name] = value;
    };
    for (let index = 0; index < args.length; index++) {
      const arg = args[index];
      if (arg === '--') {
        positionals.push(...args.slice(index + 1));
        break;
      }
      const long = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
      const short = /^-([^-].*)$/.exec(arg);
      if (long !== null) set(long[1], options[long[1]]?.type === 'string' ? (long[2] ?? args[++index]) : true);
      else if (short !== null) {
        for (const letter of short[1]) {
          const name = Object.keys(options).find((key) => options[key].short === letter) ?? letter;
          set(name, options[name]?.type === 'string' ? args[++index] : true);
        }
      } else if (allowPositionals) positionals.push(arg);
      else throw coded(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${arg}'. This command does not take positional arguments`);
    }
    return { values, positionals };
  }

  Object.assign(exports, {
    inspect,
    format,
    formatWithOptions,
    promisify,
    callbackify,
    deprecate,
    inherits,
    types,
    debug: debuglog,
    debuglog,
    isDeepStrictEqual: (one, other) => require('internal/deepequal').equal(one, other, true),
    stripVTControlCharacters: (text) => text.replace(/[\u001b\u009b][[\]()#;?]*(?:(?:(?:[a-zA-Z\d]*(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?\u0007)|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g, ''),
    toUSVString: (text) => `${text}`.toWellFormed(),
    // The log is no terminal: Node leaves colours out as well then, unless told not to look.
    styleText: (names, text, options) => (options?.validateStream === false ? [names].flat().reduceRight((inner, name) => `\u001b[${styles[name][0]}m${inner}\u001b[${styles[name][1]}m`, text) : text),
    parseArgs,
    parseEnv: (text) => require('internal/dotenv').parse(text),
    transferableAbortController: () => new AbortController(),
    transferableAbortSignal: (signal) => signal,
    aborted: (signal) => new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }))),
    getSystemErrorName: (number) => ({ '-2': 'ENOENT', '-13': 'EACCES', '-104': 'ECONNRESET', '-111': 'ECONNREFUSED', '-110': 'ETIMEDOUT' })[number],
    getSystemErrorMap: () => new Map(),
    _extend: (target, source) => (source !== null && typeof source === 'object' ? Object.assign(target, source) : target),
    log: (...args) => console.log(...args),
    isArray: Array.isArray,
    isBoolean: (value) => typeof value === 'boolean',
    isBuffer: (value) => require('buffer').Buffer.isBuffer(value),
    isNull: (value) => value === null,
    isNullOrUndefined: (value) => value === null || value === undefined,
    isNumber: (value) => typeof value === 'number',
    isString: (value) => typeof value === 'string',
    isSymbol: (value) => typeof value === 'symbol',
    isUndefined: (value) => value === undefined,
    isRegExp: types.isRegExp,
    isObject: (value) => value !== null && typeof value === 'object',
    isDate: types.isDate,
    isError: (value) => types.isNativeError(value) || value instanceof Error,
    isFunction: (value) => typeof value === 'function',
    isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  });
  for (const name of ['MIMEType', 'MIMEParams']) Object.defineProperty(exports, name, { get: () => require('internal/mime')[name], enumerable: true, configurable: true });
  for (const name of ['TextEncoder', 'TextDecoder']) Object.defineProperty(exports, name, { get: () => require('internal/encoding')[name], enumerable: true, configurable: true });
}
