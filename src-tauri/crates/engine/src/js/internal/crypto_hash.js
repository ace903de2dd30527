// Hash and Hmac.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const native = internal.group('crypto');
  const { Transform } = require('stream');
  const { coded, typeError } = require('internal/errors');
  const { dataBytes, encoded, hashName, digestName, text, whole } = require('internal/crypto_common');
  const states = new OwnWeakMap();

  const finalized = () => coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  function state(self) {
    const found = states.get(self);
    if (found === undefined) throw typeError('this', 'an instance of Hash', self);
    return found;
  }

  function lengthOf(name, options) {
    const [size, any] = native.hashSize(name);
    const asked = options !== null && typeof options === 'object' ? options.outputLength : undefined;
    if (asked === undefined) return size;
    whole(asked, 'options.outputLength', 0, 4294967295);
    if (!any && asked !== size) {
      const error = coded(Error, 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH', 'error:030000B2:digital envelope routines::not XOF or invalid length');
      error.library = 'digital envelope routines';
      error.reason = 'not XOF or invalid length';
      throw error;
    }
    return asked;
  }

  function Hash(algorithm, options) {
    if (!new.target) return new Hash(algorithm, options);
    let begun;
    if (states.has(algorithm)) {
      const from = states.get(algorithm);
      begun = { native: native.copy(from.native), length: options?.outputLength ?? from.length, done: false };
    } else {
      text(algorithm, 'algorithm');
      const name = hashName(algorithm);
      if (name === undefined) throw new Error('Digest method not supported');
      begun = { native: native.hash(name), length: lengthOf(name, options), done: false };
    }
    states.set(this, begun);
    Transform.call(this, options);
  }
  function Hmac(algorithm, key, options) {
    if (!new.target) return new Hmac(algorithm, key, options);
    text(algorithm, 'hmac');
    const bytes = require('internal/crypto_keys').secretBytes(key, options?.encoding);
    const name = digestName(algorithm);
    const begun = native.hmac(name, bytes);
    if (begun === undefined || begun === null) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
    states.set(this, { native: begun, length: native.hashSize(name)[0], done: false });
    Transform.call(this, options);
  }

  const shared = {
    _transform(chunk, encoding, done) {
      native.update(state(this).native, dataBytes(chunk, 'data', encoding));
      done();
    },
    _flush(done) {
      this.push(this.digest());
      done();
    },
    update(data, encoding) {
      const own = state(this);
      if (own.done) throw finalized();
      native.update(own.native, dataBytes(data, 'data', encoding));
      return this;
    },
  };
  function finish(self, encoding) {
    const own = state(self);
    own.done = true;
    const bytes = native.digest(own.native, own.length);
    return encoded(bytes, encoding === undefined || encoding === null ? undefined : `${encoding}`);
  }
  Object.setPrototypeOf(Hash.prototype, Transform.prototype);
  Object.setPrototypeOf(Hash, Transform);
  Object.assign(Hash.prototype, {
    copy(options) {
      if (state(this).done) throw finalized();
      return new Hash(this, options);
    },
    ...shared,
    digest(encoding) {
      if (state(this).done) throw finalized();
      return finish(this, encoding);
    },
  });
  Object.setPrototypeOf(Hmac.prototype, Transform.prototype);
  Object.setPrototypeOf(Hmac, Transform);
  Object.assign(Hmac.prototype, {
    update: shared.update,
    digest(encoding) {
      if (state(this).done) return encoding === undefined || encoding === 'buffer' ? require('buffer').Buffer.alloc(0) : '';
      return finish(this, encoding);
    },
    _flush: shared._flush,
    _transform: shared._transform,
  });

  exports.Hash = Hash;
  exports.Hmac = Hmac;
  exports.createHash = function createHash(algorithm, options) {
    return new Hash(algorithm, options);
  };
  exports.createHmac = function createHmac(hmac, key, options) {
    return new Hmac(hmac, key, options);
  };
  exports.hash = function hash(algorithm, input, outputEncoding = 'hex') {
    text(algorithm, 'algorithm');
    const bytes = dataBytes(input, 'input', 'utf8');
    text(outputEncoding, 'outputEncoding');
    const name = hashName(algorithm);
    if (name === undefined) throw new Error(`Digest method ${algorithm} is not supported`);
    const begun = native.hash(name);
    native.update(begun, bytes);
    return encoded(native.digest(begun, native.hashSize(name)[0]), outputEncoding);
  };
  const names = 'RSA-MD5 RSA-RIPEMD160 RSA-SHA1 RSA-SHA1-2 RSA-SHA224 RSA-SHA256 RSA-SHA3-224 RSA-SHA3-256 RSA-SHA3-384 RSA-SHA3-512 RSA-SHA384 RSA-SHA512 RSA-SHA512/224 RSA-SHA512/256 blake2b512 blake2s256 id-rsassa-pkcs1-v1_5-with-sha3-224 id-rsassa-pkcs1-v1_5-with-sha3-256 id-rsassa-pkcs1-v1_5-with-sha3-384 id-rsassa-pkcs1-v1_5-with-sha3-512 md5 md5-sha1 md5WithRSAEncryption ripemd ripemd160 ripemd160WithRSA rmd160 sha1 sha1WithRSAEncryption sha224 sha224WithRSAEncryption sha256 sha256WithRSAEncryption sha3-224 sha3-256 sha3-384 sha3-512 sha384 sha384WithRSAEncryption sha512 sha512-224 sha512-224WithRSAEncryption sha512-256 sha512-256WithRSAEncryption sha512WithRSAEncryption shake128 shake256 ssl3-md5 ssl3-sha1';
  exports.getHashes = function getHashes() {
    return names.split(' ');
  };
}
