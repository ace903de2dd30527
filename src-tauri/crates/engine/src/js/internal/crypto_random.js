// Random bytes and numbers, and comparison in constant time.
export default function (exports, require, _module, internal) {
  const native = internal.group('crypto');
  const { Buffer } = require('buffer');
  const { coded, typeError, rangeError } = require('internal/errors');
  const { asBuffer, flat, isAnyBuffer, callback, object } = require('internal/crypto_common');
  const most = 2147483647;
  const part = 16 << 20; // at once

  function fill(bytes) {
    for (let at = 0; at < bytes.byteLength; at += part) bytes.set(native.random(Math.min(part, bytes.byteLength - at)), at);
  }
  function number(value, name) {
    if (typeof value !== 'number') throw typeError(name, 'of type number', value);
  }
  function sized(size, name, length = Infinity) {
    number(size, name);
    if (Number.isNaN(size) || size > Math.min(most, length) || size < 0) throw rangeError(name, `>= 0 && <= ${Math.min(most, length)}`, size);
    return size >>> 0;
  }

  exports.randomBytes = function randomBytes(size, done) {
    size = sized(size, 'size');
    if (done !== undefined) callback(done);
    const bytes = size <= part ? asBuffer(native.random(size)) : Buffer.alloc(size);
    if (size > part) fill(bytes);
    if (done === undefined) return bytes;
    setImmediate(done, null, bytes);
    return undefined;
  };

  function range(buf, offset, size) {
    if (!isAnyBuffer(buf) && !ArrayBuffer.isView(buf)) throw typeError('buf', 'an instance of ArrayBuffer or ArrayBufferView', buf);
    const width = buf.BYTES_PER_ELEMENT ?? 1;
    const from = sized(offset * (typeof offset === 'number' ? width : 1) || (number(offset, 'offset'), 0), 'offset', buf.byteLength);
    let count;
    if (size === undefined) count = buf.byteLength - from;
    else {
      number(size, 'size');
      count = size * width;
      if (Number.isNaN(count) || count > most || count < 0) throw rangeError('size', `>= 0 && <= ${most}`, count);
      if (count + from > buf.byteLength) throw rangeError('size + offset', `<= ${buf.byteLength}`, count + from);
    }
    const bytes = isAnyBuffer(buf) ? new Uint8Array(buf) : flat(buf);
    return bytes.subarray(from, from + count);
  }
  exports.randomFillSync = function randomFillSync(buf, offset = 0, size) {
    fill(range(buf, offset, size));
    return buf;
  };
  exports.randomFill = function randomFill(buf, offset, size, done) {
    if (!isAnyBuffer(buf) && !ArrayBuffer.isView(buf)) throw typeError('buf', 'an instance of ArrayBuffer or ArrayBufferView', buf);
    if (typeof offset === 'function') {
      done = offset;
      offset = 0;
      size = undefined;
    } else if (typeof size === 'function') {
      done = size;
      size = undefined;
    } else callback(done);
    callback(done);
    const bytes = range(buf, offset ?? 0, size);
    setImmediate(() => {
      fill(bytes);
      done(null, buf);
    });
  };

  exports.randomInt = function randomInt(min, max, done) {
    const one = max === undefined || typeof max === 'function';
    if (one) {
      done = max;
      max = min;
      min = 0;
    }
    if (done !== undefined) callback(done);
    if (!Number.isSafeInteger(min)) throw typeError('min', 'a safe integer', min);
    if (!Number.isSafeInteger(max)) throw typeError('max', 'a safe integer', max);
    if (max <= min) throw rangeError('max', `greater than the value of "min" (${min})`, max);
    const width = max - min;
    if (!(width <= 2 ** 48 - 1)) throw rangeError(one ? 'max' : 'max - min', `<= ${2 ** 48 - 1}`, width);
    const limit = 2 ** 48 - 1 - ((2 ** 48 - 1) % width);
    let value;
    do value = asBuffer(native.random(6)).readUIntBE(0, 6);
    while (value >= limit);
    value = (value % width) + min;
    if (done === undefined) return value;
    process.nextTick(done, undefined, value);
    return undefined;
  };
  exports.randomUUID = function randomUUID(options) {
    if (options !== undefined) {
      object(options, 'options');
      if (options.disableEntropyCache !== undefined && typeof options.disableEntropyCache !== 'boolean') throw typeError('options.disableEntropyCache', 'of type boolean', options.disableEntropyCache);
    }
    return native.uuid();
  };

  exports.getRandomValues = function (data) {
    if (!ArrayBuffer.isView(data) || !/^(?:Int|Uint|Uint8Clamped|BigInt|BigUint)\d*(?:Clamped)?Array$/.test(Object.prototype.toString.call(data).slice(8, -1))) throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    if (data.byteLength > 65536) throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    fill(flat(data));
    return data;
  };

  exports.timingSafeEqual = function timingSafeEqual(buf1, buf2) {
    const bytes = [buf1, buf2].map((value, index) => {
      if (isAnyBuffer(value)) return new Uint8Array(value);
      if (ArrayBuffer.isView(value)) return flat(value);
      throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buf${index + 1}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    });
    if (bytes[0].byteLength !== bytes[1].byteLength) throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    return native.equal(bytes[0], bytes[1]);
  };
}
