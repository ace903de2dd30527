// Cipheriv and Decipheriv.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const native = internal.group('cipher');
  const { Buffer } = require('buffer');
  const { Transform } = require('stream');
  const { StringDecoder } = require('string_decoder');
  const { coded, typeError, valueError } = require('internal/errors');
  const { anyBytes, asBuffer, dataBytes, text, object } = require('internal/crypto_common');
  const states = new OwnWeakMap();

  const badIv = () => coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
  const badTag = (length) => coded(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);
  const badState = (operation) => coded(Error, 'ERR_CRYPTO_INVALID_STATE', `Invalid state for operation ${operation}`);
  const authenticated = (info) => info.mode === 'gcm' || info.mode === 'ccm' || info.name === 'chacha20-poly1305';
  const gcmTag = (length) => length === 4 || length === 8 || (length >= 12 && length <= 16);

  // Whether a vector of another length than usual will do.
  function fits(info, length) {
    if (length === info.ivLength) return true;
    if (info.mode === 'gcm') return length > 0;
    if (info.mode === 'ccm') return length >= 7 && length <= 13;
    return info.name === 'chacha20-poly1305' && length > 0 && length <= 12;
  }

  function open(self, cipher, key, iv, options, encrypt) {
    text(cipher, 'cipher');
    const encoding = options?.encoding ?? 'utf8';
    let tagLength = options?.authTagLength;
    if (tagLength !== undefined && tagLength !== null) {
      if (!Number.isInteger(tagLength) || tagLength < 0 || tagLength > 2147483647) throw valueError('options.authTagLength', 'is invalid', tagLength);
    } else tagLength = undefined;
    const keyBytes = require('internal/crypto_keys').secretBytes(key, encoding);
    const ivBytes = iv === null ? null : anyBytes(iv, 'iv', encoding);
    const info = native.info(cipher);
    if (info === undefined || info === null || /^\d+$/.test(cipher)) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    if (keyBytes.byteLength !== info.keyLength) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
    if (ivBytes === null ? info.ivLength !== 0 : !fits(info, ivBytes.byteLength)) throw badIv();
    if (authenticated(info)) {
      if (info.mode === 'gcm') {
        if (tagLength !== undefined && !gcmTag(tagLength)) throw badTag(tagLength);
      } else if (info.mode === 'ccm') {
        if (tagLength === undefined) throw coded(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `authTagLength required for ${cipher}`);
        if (tagLength < 4 || tagLength > 16 || tagLength % 2 !== 0) throw badTag(tagLength);
      } else {
        tagLength ??= 16;
        if (tagLength < 1 || tagLength > 16) throw badTag(tagLength);
      }
    }
    const running = native.open(cipher, keyBytes, ivBytes ?? new Uint8Array(0), encrypt, tagLength ?? 16);
    if (running === undefined || running === null) throw badIv();
    states.set(self, { native: running, info, encrypt, tagLength, given: undefined, begun: false, done: false, decoder: undefined, most: info.mode === 'ccm' ? 2 ** (8 * Math.min(6, 15 - ivBytes.byteLength)) - 1 : Infinity });
    Transform.call(self, options);
  }

  function state(self) {
    const found = states.get(self);
    if (found === undefined) throw typeError('this', 'an instance of Cipheriv', self);
    return found;
  }

  function decode(own, bytes, encoding, last) {
    if (encoding === undefined || encoding === null || encoding === 'buffer') return asBuffer(bytes);
    const named = `${encoding}`.toLowerCase();
    const known = named === 'utf-8' ? 'utf8' : named;
    if (own.decoder === undefined) {
      own.decoder = new StringDecoder(encoding);
      own.decoderName = known;
    } else if (own.decoderName !== known) {
      throw coded(Error, 'ERR_INTERNAL_ASSERTION', 'Cannot change encoding\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals.\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n');
    }
    return last ? own.decoder.end(asBuffer(bytes)) : own.decoder.write(asBuffer(bytes));
  }

  function feed(own, bytes) {
    if (own.done || (own.info.mode === 'ccm' && own.begun)) throw new Error('Trying to add data in unsupported state');
    if (own.info.mode === 'ccm' && bytes.byteLength > own.most) throw coded(RangeError, 'ERR_CRYPTO_INVALID_MESSAGELEN', 'Invalid message length');
    own.begun = true;
    try {
      return native.update(own.native, bytes);
    } catch (error) {
      // A tag that does not fit shows at the end.
      if (own.info.mode !== 'ccm') throw error;
      own.broken = true;
      return new Uint8Array(0);
    }
  }
  function finish(own) {
    if (own.done) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state');
    own.done = true;
    if (own.broken || (!own.encrypt && authenticated(own.info) && own.given === undefined)) throw new Error('Unsupported state or unable to authenticate data');
    const bytes = native.finish(own.native);
    if (own.encrypt && authenticated(own.info)) {
      const tag = native.tag(own.native);
      own.tag = asBuffer(tag).subarray(0, own.tagLength ?? 16);
    }
    return bytes;
  }

  const shared = {
    _transform(chunk, encoding, done) {
      this.push(this.update(chunk, encoding));
      done();
    },
    _flush(done) {
      try {
        this.push(this.final());
      } catch (error) {
        done(error);
        return;
      }
      done();
    },
    update(data, inputEncoding, outputEncoding) {
      const own = state(this);
      const bytes = feed(own, dataBytes(data, 'data', inputEncoding));
      return decode(own, bytes, outputEncoding, false);
    },
    final(outputEncoding) {
      const own = state(this);
      const bytes = finish(own);
      return decode(own, bytes, outputEncoding, true);
    },
    setAutoPadding(autoPadding) {
      const own = state(this);
      if (own.done) throw badState('setAutoPadding');
      native.padding(own.native, autoPadding === undefined || Boolean(autoPadding));
      return this;
    },
  };
  function setAAD(aadbuf, options) {
    const own = state(this);
    const bytes = anyBytes(aadbuf, 'aadbuf', options?.encoding ?? 'utf8');
    if (!authenticated(own.info) || own.done || own.begun) throw badState('setAAD');
    if (own.info.mode === 'ccm') {
      const length = options?.plaintextLength;
      if (length === undefined || length === null) throw coded(TypeError, 'ERR_MISSING_ARGS', 'options.plaintextLength required for CCM mode with AAD');
      if (length > own.most) throw coded(RangeError, 'ERR_CRYPTO_INVALID_MESSAGELEN', 'Invalid message length');
    }
    native.authenticate(own.native, bytes);
    return this;
  }

  function Cipheriv(cipher, key, iv, options) {
    if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
    open(this, cipher, key, iv, options, true);
  }
  Object.setPrototypeOf(Cipheriv.prototype, Transform.prototype);
  Object.setPrototypeOf(Cipheriv, Transform);
  Object.assign(Cipheriv.prototype, shared, {
    getAuthTag() {
      const own = state(this);
      if (own.tag === undefined) throw badState('getAuthTag');
      return Buffer.from(own.tag);
    },
    setAAD,
  });

  function Decipheriv(cipher, key, iv, options) {
    if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
    open(this, cipher, key, iv, options, false);
  }
  Object.setPrototypeOf(Decipheriv.prototype, Transform.prototype);
  Object.setPrototypeOf(Decipheriv, Transform);
  Object.assign(Decipheriv.prototype, shared, {
    setAuthTag(tagbuf, encoding) {
      const own = state(this);
      const bytes = anyBytes(tagbuf, 'buffer', encoding);
      if (!authenticated(own.info) || own.given !== undefined || own.done) throw badState('setAuthTag');
      const length = bytes.byteLength;
      const fine = own.info.mode === 'gcm' ? (own.tagLength === undefined || own.tagLength === length) && gcmTag(length) : length === own.tagLength;
      if (!fine) throw badTag(length);
      own.given = length;
      native.expect(own.native, bytes);
      return this;
    },
    setAAD,
  });

  exports.Cipheriv = Cipheriv;
  exports.Decipheriv = Decipheriv;
  exports.createCipheriv = function createCipheriv(cipher, key, iv, options) {
    return new Cipheriv(cipher, key, iv, options);
  };
  exports.createDecipheriv = function createDecipheriv(cipher, key, iv, options) {
    return new Decipheriv(cipher, key, iv, options);
  };
  exports.getCiphers = function getCiphers() {
    return native.names().sort();
  };
  exports.getCipherInfo = function getCipherInfo(nameOrNid, options) {
    if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') throw typeError('nameOrNid', 'of type string or number', nameOrNid);
    if (options !== undefined) object(options, 'options');
    const info = native.info(`${nameOrNid}`);
    if (info === undefined || info === null) return undefined;
    if (options?.keyLength !== undefined && options.keyLength !== info.keyLength) return undefined;
    let { ivLength } = info;
    if (options?.ivLength !== undefined) {
      if (!fits(info, options.ivLength)) return undefined;
      ivLength = options.ivLength;
    }
    const name = info.mode === 'gcm' || info.mode === 'ccm' ? `id-aes${info.keyLength * 8}-${info.mode}` : info.name;
    const result = { mode: info.mode, name, nid: info.nid };
    if (info.mode !== 'stream') result.blockSize = info.mode === 'wrap' ? 8 : info.mode === 'cbc' || info.mode === 'ecb' ? (info.name.startsWith('des') ? 8 : 16) : 1;
    if (ivLength !== 0) result.ivLength = ivLength;
    result.keyLength = info.keyLength;
    return result;
  };
}
