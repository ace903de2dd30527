// Sign, Verify, sign(), verify(), and RSA encryption.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const native = internal.group('keys');
  const { Writable } = require('stream');
  const { coded, typeError } = require('internal/errors');
  const { anyBytes, asBuffer, callback, dataBytes, digestName, encoded, hashName, text, views, later } = require('internal/crypto_common');
  const keys = require('internal/crypto_keys');
  const { constants } = require('internal/crypto_constants');
  const hashes = internal.group('crypto');
  const states = new OwnWeakMap();

  const badValue = (name, value) => keys.badValue(name, value);
  // {padding, salt, fixed} from what stands beside a key.
  function options(key) {
    const way = {};
    if (key === null || typeof key !== 'object' || keys.isKeyObject(key)) return way;
    const { padding, saltLength, dsaEncoding } = key;
    if (padding !== undefined) {
      if (padding !== padding >> 0) throw badValue('options.padding', padding);
      way.padding = padding;
    }
    if (saltLength !== undefined) {
      if (saltLength !== saltLength >> 0) throw badValue('options.saltLength', saltLength);
      way.salt = saltLength;
    }
    if (dsaEncoding !== undefined) {
      if (dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') throw badValue('options.dsaEncoding', dsaEncoding);
      way.fixed = dsaEncoding === 'ieee-p1363';
    }
    return way;
  }

  // A hash as it is fed; the key decides what becomes of it.
  function begin(self, algorithm, streamOptions) {
    text(algorithm, 'algorithm');
    const name = hashName(algorithm);
    if (name === undefined) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
    states.set(self, { name, hash: hashes.hash(name), done: false });
    Writable.call(self, streamOptions);
  }
  function feed(self, data, encoding) {
    const own = states.get(self);
    if (own.done) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
    const bytes = dataBytes(data, 'data', encoding);
    hashes.update(own.hash, bytes);
    return self;
  }
  function finish(self) {
    const own = states.get(self);
    if (own.done) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
    own.done = true;
    return { hash: own.name, digest: hashes.digest(own.hash, hashes.hashSize(own.name)[0]) };
  }
  function hashable(handle) {
    const { kind } = native.details(handle);
    if (kind === 'ed25519' || kind === 'x25519') throw coded(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  }
  const streaming = {
    _write(chunk, encoding, done) {
      feed(this, chunk, encoding);
      done();
    },
    update(data, encoding) {
      return feed(this, data, encoding);
    },
  };

  function Sign(algorithm, streamOptions) {
    if (!(this instanceof Sign)) return new Sign(algorithm, streamOptions);
    begin(this, algorithm, streamOptions);
  }
  Object.setPrototypeOf(Sign.prototype, Writable.prototype);
  Object.setPrototypeOf(Sign, Writable);
  Object.assign(Sign.prototype, streaming, {
    sign(key, encoding) {
      if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
      const way = options(key);
      const handle = keys.privateHandle(key);
      const { hash, digest } = finish(this);
      hashable(handle);
      return encoded(native.sign(handle, digest, { ...way, hash, hashed: true }, false), encoding);
    },
  });

  function Verify(algorithm, streamOptions) {
    if (!(this instanceof Verify)) return new Verify(algorithm, streamOptions);
    begin(this, algorithm, streamOptions);
  }
  Object.setPrototypeOf(Verify.prototype, Writable.prototype);
  Object.setPrototypeOf(Verify, Writable);
  Object.assign(Verify.prototype, streaming, {
    verify(key, signature, encoding) {
      const way = options(key);
      const handle = keys.publicHandle(key);
      const bytes = anyBytes(signature, 'signature', encoding);
      const { hash, digest } = finish(this);
      hashable(handle);
      return native.verify(handle, digest, bytes, { ...way, hash, hashed: true }, false);
    },
  });
  exports.Sign = Sign;
  exports.Verify = Verify;
  exports.createSign = function createSign(algorithm, streamOptions) {
    return new Sign(algorithm, streamOptions);
  };
  exports.createVerify = function createVerify(algorithm, streamOptions) {
    return new Verify(algorithm, streamOptions);
  };

  function one(algorithm, data, key, signing) {
    if (algorithm !== null && algorithm !== undefined) text(algorithm, 'algorithm');
    const bytes = dataBytes(data, 'data', 'utf8', views);
    if (signing && !key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
    const way = options(key);
    const handle = signing ? keys.privateHandle(key) : keys.publicHandle(key);
    if (algorithm !== null && algorithm !== undefined) way.hash = digestName(algorithm);
    return { bytes, handle, way };
  }
  exports.sign = function sign(algorithm, data, key, done) {
    if (done !== undefined) callback(done);
    const { bytes, handle, way } = one(algorithm, data, key, true);
    const start = (beside) => native.sign(handle, bytes, way, beside);
    if (done === undefined) return asBuffer(start(false));
    later(start, (error, made) => (error ? done(error) : done(null, asBuffer(made))));
    return undefined;
  };
  exports.verify = function verify(algorithm, data, key, signature, done) {
    if (done !== undefined) callback(done);
    const { bytes, handle, way } = one(algorithm, data, key, false);
    if (!ArrayBuffer.isView(signature)) throw typeError('signature', views, signature);
    const given = anyBytes(signature, 'signature');
    const start = (beside) => native.verify(handle, bytes, given, way, beside);
    if (done === undefined) return start(false);
    later(start, (error, made) => (error ? done(error) : done(null, made)));
    return undefined;
  };

  // --- RSA encryption ---
  function crypt(name, what, otherwise, isPrivate) {
    return {
      [name](key, buffer) {
        const plain = key === null || typeof key !== 'object' || keys.isKeyObject(key);
        const padding = (plain ? undefined : key.padding) || otherwise;
        const handle = isPrivate ? keys.privateHandle(key) : keys.publicHandle(key);
        const textEncoding = plain ? undefined : key.encoding;
        const bytes = anyBytes(buffer, 'buffer', textEncoding);
        let hash = 'sha1';
        let label = new Uint8Array(0);
        if (!plain && key.oaepHash !== undefined) {
          text(key.oaepHash, 'key.oaepHash');
          hash = hashName(key.oaepHash);
          if (hash === undefined) {
            const error = new Error('Invalid digest used');
            error.code = 'ERR_OSSL_EVP_INVALID_DIGEST';
            throw error;
          }
        }
        if (!plain && key.oaepLabel !== undefined) label = anyBytes(key.oaepLabel, 'key.oaepLabel', textEncoding);
        if (what === 'decrypt' && padding === constants.RSA_PKCS1_PADDING) {
          throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'RSA_PKCS1_PADDING is no longer supported for private decryption, this can be reverted with --security-revert=CVE-2023-46809');
        }
        return asBuffer(native.crypt(what, handle, bytes, padding, hash, label));
      },
    }[name];
  }
  exports.publicEncrypt = crypt('publicEncrypt', 'encrypt', constants.RSA_PKCS1_OAEP_PADDING, false);
  exports.publicDecrypt = crypt('publicDecrypt', 'open', constants.RSA_PKCS1_PADDING, false);
  exports.privateEncrypt = crypt('privateEncrypt', 'seal', constants.RSA_PKCS1_PADDING, true);
  exports.privateDecrypt = crypt('privateDecrypt', 'decrypt', constants.RSA_PKCS1_OAEP_PADDING, true);
}
