// What the web streams share.
export default function (exports, require) {
  const { coded, typeError } = require('internal/errors');
  const custom = Symbol.for('nodejs.util.inspect.custom');
  let allowed = false;

  exports.deferred = function () {
    const made = {};
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  };
  exports.invalid = (what) => coded(TypeError, 'ERR_INVALID_STATE', `Invalid state: ${what}`);
  exports.illegal = () => coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  exports.isAllowed = () => allowed;
  exports.allowing = function (run) {
    const before = allowed;
    allowed = true;
    try {
      return run();
    } finally {
      allowed = before;
    }
  };

  exports.inspectable = function (Kind, shown) {
    for (const name of Object.getOwnPropertyNames(Kind.prototype)) if (name !== 'constructor') Object.defineProperty(Kind.prototype, name, { enumerable: true });
    Object.defineProperty(Kind.prototype, Symbol.toStringTag, { value: Kind.name, configurable: true });
    Object.defineProperty(Kind.prototype, custom, {
      value(depth, options, inspect) {
        return depth < 0 ? `[${Kind.name}]` : `${Kind.name} ${inspect(shown(this), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
      },
      enumerable: false,
      configurable: true,
      writable: true,
    });
  };

  exports.strategyOf = function (strategy, fallback) {
    const { highWaterMark = fallback, size } = strategy ?? {};
    const mark = Number(highWaterMark);
    if (Number.isNaN(mark) || mark < 0) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', `The property 'strategy.highWaterMark' is invalid. Received ${require('internal/inspect').inspect(highWaterMark)}`);
    if (size !== undefined && typeof size !== 'function') throw typeError('strategy.size', 'of type function', size);
    return { highWaterMark: mark, size: size ?? (() => 1) };
  };

  function markOf(init) {
    if (init === null || typeof init !== 'object') throw typeError('init', 'of type object', init);
    if (init.highWaterMark === undefined) throw coded(TypeError, 'ERR_MISSING_OPTION', 'options.highWaterMark is required');
    return Number(init.highWaterMark);
  }
  class CountQueuingStrategy {
    #mark;
    constructor(init) {
      this.#mark = markOf(init);
    }
    get highWaterMark() {
      return this.#mark;
    }
    get size() {
      return countSize;
    }
  }
  class ByteLengthQueuingStrategy {
    #mark;
    constructor(init) {
      this.#mark = markOf(init);
    }
    get highWaterMark() {
      return this.#mark;
    }
    get size() {
      return byteSize;
    }
  }
  const countSize = { size: () => 1 }.size;
  const byteSize = { size: (chunk) => chunk.byteLength }.size;
  for (const Kind of [CountQueuingStrategy, ByteLengthQueuingStrategy]) exports.inspectable(Kind, (strategy) => ({ highWaterMark: strategy.highWaterMark }));
  Object.assign(exports, { CountQueuingStrategy, ByteLengthQueuingStrategy });
}
