// What the parts of crypto share: arguments as bytes, names of hashes, work beside the script.
export default function (exports, require, _module, internal) {
  const native = internal.group('crypto');
  const { Buffer } = require('buffer');
  const { coded, typeError, rangeError } = require('internal/errors');

  exports.isAnyBuffer = (value) => value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);
  const views = 'an instance of Buffer, TypedArray, or DataView';
  const buffers = 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
  exports.views = views;
  exports.buffers = buffers;

  // A view as the Uint8Array over its bytes.
  exports.flat = (view) => (view instanceof Uint8Array ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  // Text in an encoding or a view.
  exports.dataBytes = function (value, name, encoding, expected = `of type string or ${views}`) {
    if (typeof value === 'string') {
      if (encoding === 'hex' && value.length % 2 === 1) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid for data of length ${value.length}. Received 'hex'`);
      return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
    }
    if (ArrayBuffer.isView(value)) return exports.flat(value);
    throw typeError(name, expected, value);
  };
  // Text, a view, or a buffer.
  exports.anyBytes = function (value, name, encoding, expected = `of type string or ${buffers}`) {
    if (exports.isAnyBuffer(value)) return new Uint8Array(value);
    return exports.dataBytes(value, name, encoding, expected);
  };
  exports.asBuffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  exports.encoded = (bytes, encoding) => {
    const buffer = exports.asBuffer(bytes);
    return Buffer.isEncoding(encoding) ? buffer.toString(encoding) : buffer;
  };
  exports.hashName = (name) => native.hashName(name) ?? undefined;
  exports.digestName = function (name) {
    const found = native.hashName(name);
    if (found === undefined || found === null) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
    return found;
  };
  exports.text = (value, name) => {
    if (typeof value !== 'string') throw typeError(name, 'of type string', value);
  };
  exports.whole = function (value, name, low, high) {
    if (typeof value !== 'number') throw typeError(name, 'of type number', value);
    if (!Number.isInteger(value)) throw rangeError(name, 'an integer', value);
    if (value < low || value > high) throw rangeError(name, `>= ${low} && <= ${high}`, value);
  };
  exports.callback = (value) => {
    if (typeof value !== 'function') throw typeError('callback', 'of type function', value);
  };
  exports.object = (value, name) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw typeError(name, 'of type object', value);
  };

  // `start(true)` begins work beside the script and gives its number; `done(error, made)` hears of its end.
  exports.later = function (start, done) {
    const heard = (error, made) => done(error, made);
    heard.context = internal.context;
    internal.works.set(start(true), heard);
  };
  exports.promised = (start) =>
    new Promise((resolve, reject) => {
      exports.later(start, (error, made) => (error ? reject(error) : resolve(made)));
    });
}
