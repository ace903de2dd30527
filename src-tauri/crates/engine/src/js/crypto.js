export default function (exports, require, _module, internal) {
  const native = internal.group('crypto');
  const { Buffer } = require('buffer');
  const { coded, typeError, rangeError } = require('internal/errors');

  const bytesOf = (value, name, encoding) => {
    if (typeof value === 'string') return Buffer.from(value, encoding);
    if (value instanceof Uint8Array) return value;
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    throw typeError(name, 'of type string or an instance of Buffer, TypedArray, or DataView', value);
  };
  const nameOf = (name) => `${name}`.toLowerCase().replace(/^rsa-/, '').replace(/^sha-(?=\d)/, 'sha').replace('/', '-');

  function finish(self, encoding) {
    const bytes = native.digest(self.state);
    const buffer = Buffer.from(bytes.buffer);
    return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
  }

  // Created with or without `new`; a stream as well once streams are asked for.
  class Hash {
    constructor(state) {
      Object.defineProperty(this, 'state', { value: state, writable: true });
      Object.defineProperty(this, 'done', { value: false, writable: true });
    }
    update(data, encoding) {
      if (this.done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      native.update(this.state, bytesOf(data, 'data', encoding));
      return this;
    }
    digest(encoding) {
      if (this.done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      this.done = true;
      return finish(this, encoding);
    }
    copy() {
      if (this.done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      return new Hash(native.copy(this.state));
    }
    write(data, encoding) {
      this.update(data, typeof encoding === 'string' ? encoding : undefined);
      return true;
    }
    end(data, encoding) {
      if (data !== undefined) this.write(data, encoding);
      this.result = finish(this);
      return this;
    }
    read() {
      return this.result ?? null;
    }
  }
  class Hmac extends Hash {
    digest(encoding) {
      if (this.done) return encoding === undefined ? Buffer.alloc(0) : '';
      return super.digest(encoding);
    }
  }

  exports.createHash = function createHash(algorithm) {
    if (typeof algorithm !== 'string') throw typeError('algorithm', 'of type string', algorithm);
    const state = native.hash(nameOf(algorithm));
    if (state === undefined || state === null) throw new Error('Digest method not supported');
    return new Hash(state);
  };
  exports.createHmac = function createHmac(algorithm, key) {
    if (typeof algorithm !== 'string') throw typeError('hmac', 'of type string', algorithm);
    if (key === null || key === undefined) throw typeError('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
    const state = native.hmac(nameOf(algorithm), bytesOf(key, 'key'));
    if (state === undefined || state === null) throw coded(Error, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
    return new Hmac(state);
  };
  exports.hash = (algorithm, data, encoding = 'hex') => exports.createHash(algorithm).update(data).digest(encoding);
  exports.Hash = Hash;
  exports.Hmac = Hmac;
  exports.getHashes = () => ['RSA-MD5', 'RSA-SHA1', 'RSA-SHA224', 'RSA-SHA256', 'RSA-SHA384', 'RSA-SHA512', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256'];
  exports.getCiphers = () => [];
  exports.getCurves = () => [];

  exports.randomBytes = function randomBytes(size, done) {
    if (typeof size !== 'number') throw typeError('size', 'of type number', size);
    if (!(size >= 0 && size <= 2147483647)) throw rangeError('size', '>= 0 && <= 2147483647', size);
    const bytes = Buffer.from(native.random(size).buffer);
    if (done === undefined) return bytes;
    setImmediate(done, null, bytes);
    return undefined;
  };
  exports.pseudoRandomBytes = exports.randomBytes;
  exports.randomFillSync = (buffer, offset = 0, size = buffer.byteLength - offset) => {
    new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength).set(native.random(size), offset);
    return buffer;
  };
  exports.randomFill = (buffer, ...args) => {
    const done = args.pop();
    exports.randomFillSync(buffer, ...args);
    setImmediate(done, null, buffer);
  };
  exports.randomInt = function randomInt(low, high, done) {
    if (high === undefined || typeof high === 'function') {
      done = high;
      high = low;
      low = 0;
    }
    if (!Number.isSafeInteger(low)) throw typeError('min', 'a safe integer', low);
    if (!Number.isSafeInteger(high)) throw typeError('max', 'a safe integer', high);
    const range = high - low;
    if (!(range > 0)) throw rangeError('max', `greater than the value of "min" (${low})`, high);
    if (range > 2 ** 48 - 1) throw rangeError('max - min', `<= ${2 ** 48 - 1}`, range);
    const limit = 2 ** 48 - (2 ** 48 % range);
    let value;
    do value = Buffer.from(native.random(6).buffer).readUIntBE(0, 6);
    while (value >= limit);
    value = low + (value % range);
    if (done === undefined) return value;
    setImmediate(done, undefined, value);
    return undefined;
  };
  exports.randomUUID = function randomUUID() {
    return native.uuid();
  };
  exports.timingSafeEqual = function timingSafeEqual(one, other) {
    one = bytesOf(typeof one === 'string' ? Symbol.iterator : one, 'buf1');
    other = bytesOf(typeof other === 'string' ? Symbol.iterator : other, 'buf2');
    if (one.byteLength !== other.byteLength) throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    return native.equal(one, other);
  };

  for (const name of ['createCipheriv', 'createDecipheriv', 'createSign', 'createVerify', 'sign', 'verify', 'createPrivateKey', 'createPublicKey', 'createSecretKey', 'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync', 'createDiffieHellman', 'createECDH', 'publicEncrypt', 'publicDecrypt', 'privateEncrypt', 'privateDecrypt', 'diffieHellman']) {
    exports[name] = function () {
      throw require('internal/errors').refused(`crypto.${name}()`, 'this runtime does not have it yet');
    };
    Object.defineProperty(exports[name], 'name', { value: name });
  }
  exports.constants = {};

  class SubtleCrypto {
    async digest(algorithm, data) {
      const name = typeof algorithm === 'string' ? algorithm : algorithm?.name;
      const state = /^sha-(1|256|384|512)$/i.test(name) ? native.hash(nameOf(name)) : undefined;
      if (state === undefined || state === null) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
      native.update(state, bytesOf(data, 'data'));
      return native.digest(state).buffer;
    }
  }
  for (const name of ['encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'importKey', 'exportKey', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey']) {
    SubtleCrypto.prototype[name] = async function () {
      throw require('internal/errors').refused(`crypto.subtle.${name}()`, 'this runtime does not have it yet');
    };
  }
  class Crypto {
    #subtle = new SubtleCrypto();
    get subtle() {
      return this.#subtle;
    }
    getRandomValues(array) {
      if (!ArrayBuffer.isView(array) || array instanceof DataView || array instanceof Float32Array || array instanceof Float64Array) {
        throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
      }
      if (array.byteLength > 65536) {
        throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
      }
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(native.random(array.byteLength));
      return array;
    }
    randomUUID() {
      return native.uuid();
    }
    get [Symbol.toStringTag]() {
      return 'Crypto';
    }
  }
  exports.webcrypto = new Crypto();
  exports.subtle = exports.webcrypto.subtle;
  exports.getRandomValues = (array) => exports.webcrypto.getRandomValues(array);
  exports.Crypto = Crypto;
  exports.SubtleCrypto = SubtleCrypto;
}
