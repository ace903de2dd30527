export default function (exports, require, _module, internal) {
  const text = internal.group('text');
  const { coded, typeError, rangeError, received } = require('internal/errors');
  const MAX = 4294967296;
  const custom = Symbol.for('nodejs.util.inspect.custom');

  const names = { utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le', latin1: 'latin1', binary: 'latin1', base64: 'base64', base64url: 'base64url', hex: 'hex', ascii: 'ascii' };
  const known = (name) => (typeof name === 'string' ? (names[name] ?? names[name.toLowerCase()]) : undefined);
  exports.encodingName = known;

  function encodingOf(name) {
    if (name === undefined || name === null || name === '') return 'utf8';
    const found = known(name);
    if (found === undefined) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`);
    return found;
  }

  class FastBuffer extends Uint8Array {}
  const wrap = (array) => Object.setPrototypeOf(array, Buffer.prototype);
  const create = (size) => wrap(new Uint8Array(size));

  function checkSize(size, name = 'size') {
    if (typeof size !== 'number') throw typeError(name, 'of type number', size);
    if (!(size >= 0 && size <= MAX)) throw rangeError(name, `>= 0 && <= ${MAX}`, size);
  }

  function Buffer(value, encodingOrOffset, length) {
    if (typeof value === 'number') {
      if (typeof encodingOrOffset === 'string') throw typeError('string', 'of type string', value);
      return Buffer.alloc(value);
    }
    return Buffer.from(value, encodingOrOffset, length);
  }
  Object.defineProperty(Buffer, Symbol.species, { configurable: true, get: () => FastBuffer });
  Object.setPrototypeOf(Buffer, Uint8Array);
  Buffer.prototype = FastBuffer.prototype;
  Object.defineProperty(Buffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
  Buffer.poolSize = 8192;

  const isAny = (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;

  Buffer.from = function from(value, encodingOrOffset, length) {
    if (typeof value === 'string') {
      const name = encodingOf(encodingOrOffset);
      return wrap(name === 'utf8' ? text.utf8(value) : text.encode(value, name));
    }
    if (typeof value === 'object' && value !== null) {
      if (isAny(value)) {
        const offset = encodingOrOffset === undefined ? 0 : Number(encodingOrOffset) || 0;
        if (offset > value.byteLength) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
        if (length !== undefined && (Number(length) || 0) > value.byteLength - offset) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
        return wrap(length === undefined ? new Uint8Array(value, offset) : new Uint8Array(value, offset, Math.max(0, Number(length) || 0)));
      }
      const primitive = value.valueOf?.();
      if (primitive !== undefined && primitive !== null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) return Buffer.from(primitive, encodingOrOffset, length);
      const array = fromObject(value);
      if (array !== undefined) return array;
      if (typeof value[Symbol.toPrimitive] === 'function') {
        const string = value[Symbol.toPrimitive]('string');
        if (typeof string === 'string') return Buffer.from(string, encodingOrOffset);
      }
    }
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.${received(value)}`);
  };

  function fromObject(value) {
    if (value.length !== undefined || isAny(value.buffer)) {
      if (typeof value.length !== 'number') return create(0);
      const array = create(Math.max(0, Math.trunc(value.length) || 0));
      if (ArrayBuffer.isView(value)) array.set(value);
      else for (let index = 0; index < array.length; index++) array[index] = value[index];
      return array;
    }
    if (value.type === 'Buffer' && Array.isArray(value.data)) return fromObject(value.data);
    return undefined;
  }

  Buffer.copyBytesFrom = (view, offset = 0, length = view.length - offset) => {
    const part = view.subarray(offset, offset + length);
    return wrap(new Uint8Array(part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength)));
  };
  Buffer.of = (...items) => Buffer.from(items);
  Buffer.alloc = function alloc(size, fill, encoding) {
    checkSize(size);
    const buffer = create(size);
    return fill === undefined || fill === 0 || size === 0 ? buffer : buffer.fill(fill, encoding);
  };
  Buffer.allocUnsafe = function allocUnsafe(size) {
    checkSize(size);
    return create(size);
  };
  Buffer.allocUnsafeSlow = Buffer.allocUnsafe;
  Buffer.isBuffer = (value) => value instanceof Buffer;
  Buffer.isEncoding = (name) => typeof name === 'string' && name.length > 0 && known(name) !== undefined;
  Buffer.byteLength = function byteLength(value, encoding) {
    if (typeof value !== 'string') {
      if (ArrayBuffer.isView(value) || isAny(value)) return value.byteLength;
      throw typeError('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
    }
    switch (known(encoding) ?? 'utf8') {
      case 'utf8':
        return text.utf8Length(value);
      case 'utf16le':
        return value.length * 2;
      case 'hex':
        return value.length >>> 1;
      case 'base64':
      case 'base64url':
        return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
      default:
        return value.length;
    }
  };
  Buffer.compare = function compare(one, other) {
    if (!(one instanceof Uint8Array)) throw typeError('buf1', 'an instance of Buffer or Uint8Array', one);
    if (!(other instanceof Uint8Array)) throw typeError('buf2', 'an instance of Buffer or Uint8Array', other);
    return text.compare(one, other);
  };
  Buffer.concat = function concat(list, length) {
    if (!Array.isArray(list)) throw typeError('list', 'an instance of Array', list);
    if (list.length === 0) return create(0);
    list.forEach((item, index) => {
      if (!(item instanceof Uint8Array)) throw typeError(`list[${index}]`, 'an instance of Buffer or Uint8Array', item);
    });
    if (length === undefined) length = list.reduce((sum, item) => sum + item.length, 0);
    else checkSize(length, 'length');
    const buffer = create(length);
    let at = 0;
    for (const item of list) {
      const part = at + item.length > length ? item.subarray(0, length - at) : item;
      buffer.set(part, at);
      at += part.length;
      if (at >= length) break;
    }
    return buffer;
  };

  const clamp = (value, fallback, low, high) => {
    if (value === undefined) return fallback;
    value = Math.trunc(Number(value)) || 0;
    return value < low ? low : value > high ? high : value;
  };

  function define(all) {
    for (const key of Reflect.ownKeys(all)) Object.defineProperty(Buffer.prototype, key, { value: all[key], writable: true, enumerable: typeof key === 'string', configurable: true });
  }

  define({
    toString(encoding, start, end) {
      const from = clamp(start, 0, 0, this.length);
      const to = clamp(end, this.length, 0, this.length);
      if (to <= from) return '';
      return text.decode(this, from, to, encodingOf(encoding));
    },
    toLocaleString(...args) {
      return this.toString(...args);
    },
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) };
    },
    equals(other) {
      if (!(other instanceof Uint8Array)) throw typeError('otherBuffer', 'an instance of Buffer or Uint8Array', other);
      return this === other || (this.byteLength === other.byteLength && text.compare(this, other) === 0);
    },
    compare(target, targetStart = 0, targetEnd = target.length, start = 0, end = this.length) {
      if (!(target instanceof Uint8Array)) throw typeError('target', 'an instance of Buffer or Uint8Array', target);
      return text.compare(wrap(this.subarray(start, end)), wrap(target.subarray(targetStart, targetEnd)));
    },
    indexOf(value, offset, encoding) {
      return search(this, value, offset, encoding, true);
    },
    lastIndexOf(value, offset, encoding) {
      return search(this, value, offset, encoding, false);
    },
    includes(value, offset, encoding) {
      return this.indexOf(value, offset, encoding) !== -1;
    },
    slice(start, end) {
      return this.subarray(start, end);
    },
    subarray(start, end) {
      return wrap(Uint8Array.prototype.subarray.call(Object.setPrototypeOf(this, Buffer.prototype), start, end));
    },
    copy(target, targetStart = 0, start = 0, end = this.length) {
      if (!(target instanceof Uint8Array)) throw typeError('target', 'an instance of Buffer or Uint8Array', target);
      targetStart = clamp(targetStart, 0, 0, Infinity);
      start = clamp(start, 0, 0, Infinity);
      if (start > this.length) throw rangeError('sourceStart', `>= 0 && <= ${this.length}`, start);
      end = clamp(end, this.length, 0, this.length);
      if (targetStart >= target.length || start >= end) return 0;
      const count = Math.min(end - start, target.length - targetStart);
      target.set(Uint8Array.prototype.subarray.call(this, start, start + count), targetStart);
      return count;
    },
    fill(value, offset, end, encoding) {
      if (typeof offset === 'string') {
        encoding = offset;
        offset = 0;
        end = this.length;
      } else if (typeof end === 'string') {
        encoding = end;
        end = this.length;
      }
      offset = offset === undefined ? 0 : offset;
      end = end === undefined ? this.length : end;
      if (offset < 0 || offset > this.length) throw rangeError('offset', `>= 0 && <= ${this.length}`, offset);
      if (end < 0 || end > this.length) throw rangeError('end', `>= 0 && <= ${this.length}`, end);
      if (typeof value === 'number' || typeof value === 'boolean') {
        Uint8Array.prototype.fill.call(this, Number(value) & 255, offset, end);
        return this;
      }
      const bytes = typeof value === 'string' ? Buffer.from(value, encoding) : value;
      if (bytes.length === 0) {
        if (typeof value === 'string' && value.length > 0) throw require('internal/errors').valueError('value', 'is invalid', value);
        Uint8Array.prototype.fill.call(this, 0, offset, end);
        return this;
      }
      for (let at = offset, index = 0; at < end; at++, index++) this[at] = bytes[index % bytes.length];
      return this;
    },
    write(string, offset, length, encoding) {
      if (typeof string !== 'string') throw typeError('argument', 'of type string', string);
      if (typeof offset === 'string') {
        encoding = offset;
        offset = 0;
        length = undefined;
      } else if (typeof length === 'string') {
        encoding = length;
        length = undefined;
      }
      offset = offset === undefined ? 0 : offset;
      if (offset < 0 || offset > this.length) throw rangeError('offset', `>= 0 && <= ${this.length}`, offset);
      const room = Math.min(length === undefined ? Infinity : length, this.length - offset);
      const name = encodingOf(encoding);
      let bytes = text.encode(string, name);
      if (bytes.length > room) {
        let end = room;
        if (name === 'utf8') while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
        else if (name === 'utf16le') end -= end % 2;
        bytes = bytes.subarray(0, end);
      }
      this.set(bytes, offset);
      return bytes.length;
    },
    swap16() {
      return swap(this, 2);
    },
    swap32() {
      return swap(this, 4);
    },
    swap64() {
      return swap(this, 8);
    },
    [custom]() {
      const shown = Math.min(exports.INSPECT_MAX_BYTES, this.length);
      let body = '';
      for (let index = 0; index < shown; index++) body += `${index === 0 ? '' : ' '}${this[index].toString(16).padStart(2, '0')}`;
      const more = this.length - shown;
      if (more > 0) body += ` ... ${more} more byte${more > 1 ? 's' : ''}`;
      return `<${this.constructor.name} ${body}>`;
    },
  });
  Object.defineProperty(Buffer.prototype, 'parent', { get() { return this.buffer; }, configurable: true });
  Object.defineProperty(Buffer.prototype, 'offset', { get() { return this.byteOffset; }, configurable: true });

  function search(buffer, value, offset, encoding, forward) {
    if (typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
    }
    offset = Number(offset);
    if (Number.isNaN(offset)) offset = forward ? 0 : buffer.length;
    offset = Math.trunc(offset);
    if (offset < 0) offset += buffer.length;
    if (offset < 0) {
      if (!forward) return -1;
      offset = 0;
    }
    if (offset > buffer.length) {
      if (forward) return -1;
      offset = buffer.length;
    }
    if (typeof value === 'number') value = create(1).fill(value & 255);
    else if (typeof value === 'string') value = Buffer.from(value, encodingOf(encoding));
    else if (!(value instanceof Uint8Array)) throw typeError('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
    if (value.length === 0) return forward ? offset : Math.min(offset, buffer.length);
    return forward ? text.indexOf(buffer, value, offset) : text.lastIndexOf(buffer, value, offset);
  }

  function swap(buffer, size) {
    if (buffer.length % size !== 0) throw coded(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
    for (let at = 0; at < buffer.length; at += size) Uint8Array.prototype.subarray.call(buffer, at, at + size).reverse();
    return buffer;
  }

  for (const [method, name] of [['utf8', 'utf8'], ['latin1', 'latin1'], ['ascii', 'ascii'], ['hex', 'hex'], ['base64', 'base64'], ['base64url', 'base64url'], ['ucs2', 'utf16le'], ['utf16le', 'utf16le']]) {
    define({
      [`${method}Slice`](start, end) {
        return this.toString(name, start, end);
      },
      [`${method}Write`](string, offset, length) {
        return this.write(string, offset, length, name);
      },
    });
  }
  require('internal/buffer_numbers').install(define);

  exports.Buffer = Buffer;
  exports.SlowBuffer = Buffer;
  exports.INSPECT_MAX_BYTES = 50;
  exports.kMaxLength = MAX;
  exports.kStringMaxLength = 536870888;
  exports.constants = { MAX_LENGTH: MAX, MAX_STRING_LENGTH: 536870888 };
  exports.atob = (value) => require('internal/encoding').atob(value);
  exports.btoa = (value) => require('internal/encoding').btoa(value);
  exports.isUtf8 = (value) => {
    try {
      text.decodeLabel(require('internal/encoding').view(value), 'utf-8', true, true);
      return true;
    } catch {
      return false;
    }
  };
  exports.isAscii = (value) => require('internal/encoding').view(value).every((byte) => byte < 128);
  exports.transcode = (source, from, to) => Buffer.from(Buffer.from(source).toString(from), to);
  for (const name of ['Blob', 'File']) Object.defineProperty(exports, name, { get: () => require('internal/blob')[name], enumerable: true, configurable: true });
}
