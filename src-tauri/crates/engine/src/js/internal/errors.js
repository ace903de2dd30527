// Errors with codes, worded as Node words them.
export default function (exports, require) {
  function received(value) {
    if (value === null || value === undefined) return ` Received ${value}`;
    if (typeof value === 'function') return ` Received function ${value.name}`;
    if (typeof value === 'object') {
      if (value.constructor?.name) return ` Received an instance of ${value.constructor.name}`;
      return ` Received ${require('internal/inspect').inspect(value, { depth: -1 })}`;
    }
    let text = require('internal/inspect').inspect(value, { colors: false });
    if (text.length > 28) text = `${text.slice(0, 25)}...`;
    return ` Received type ${typeof value} (${text})`;
  }
  exports.received = received;

  // Names carry the code in `stack`, not in `name`, as Node's do.
  function coded(Base, code, message) {
    const error = new Base(message);
    Object.defineProperty(error, 'code', { value: code, writable: true, enumerable: true, configurable: true });
    const stack = error.stack;
    if (typeof stack === 'string') {
      Object.defineProperty(error, 'stack', { value: stack.replace(error.name, `${error.name} [${code}]`), writable: true, enumerable: false, configurable: true });
    }
    return error;
  }
  exports.coded = coded;

  exports.typeError = (name, expected, value) => {
    const kind = name.includes('.') ? 'property' : 'argument';
    return coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${kind} must be ${expected}.${received(value)}`);
  };
  exports.valueError = (name, why, value) => coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${why}. Received ${require('internal/inspect').inspect(value)}`);
  exports.rangeError = (name, range, value) => {
    let text = String(value);
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) > 4294967296) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, '_');
    return coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${typeof value === 'bigint' ? `${text}n` : text}`);
  };
  exports.text = (value, name) => {
    if (typeof value !== 'string') throw exports.typeError(name, 'of type string', value);
  };
  exports.callable = (value, name) => {
    if (typeof value !== 'function') throw exports.typeError(name, 'of type function', value);
  };

  // What the system said, in Node's words: `why` is its sentence, `saying` is Node's own.
  exports.systemError = function (code, saying, { code: systemCode, message, errno, syscall, path }) {
    const error = coded(Error, code, `${saying}: ${syscall} returned ${systemCode} (${message}) ${path}`);
    const info = { code: systemCode, message, path, syscall, errno };
    Object.defineProperty(error, 'name', { value: 'SystemError', writable: true, enumerable: false, configurable: true });
    for (const [key, value] of Object.entries({ info, errno, syscall, path })) Object.defineProperty(error, key, { value, writable: true, enumerable: true, configurable: true });
    return error;
  };

  // What a function cannot do here, said when it is tried.
  exports.refused = (what, why) => {
    const error = new Error(`${what} is not available to functions here: ${why}`);
    error.code = 'ERR_ACCESS_DENIED';
    return error;
  };
}
