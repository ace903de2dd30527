// PBKDF2, scrypt and HKDF.
export default function (exports, require, _module, internal) {
  const native = internal.group('kdf');
  const { coded, rangeError } = require('internal/errors');
  const { anyBytes, asBuffer, buffers, callback, digestName, text, whole, later } = require('internal/crypto_common');
  const most = 2147483647;
  const settle = (done) => (error, made) => (error ? done(error) : done(null, asBuffer(made)));

  function pbkdf2Start(password, salt, iterations, keylen, digest) {
    text(digest, 'digest');
    const key = anyBytes(password, 'password', 'utf8', `of type string or ${buffers}`);
    const bytes = anyBytes(salt, 'salt', 'utf8', `of type string or ${buffers}`);
    whole(iterations, 'iterations', 1, most);
    whole(keylen, 'keylen', 0, most);
    const name = digestName(digest);
    return (beside) => native.pbkdf2(name, key, bytes, iterations, keylen, beside);
  }
  exports.pbkdf2Sync = function pbkdf2Sync(password, salt, iterations, keylen, digest) {
    return asBuffer(pbkdf2Start(password, salt, iterations, keylen, digest)(false));
  };
  exports.pbkdf2 = function pbkdf2(password, salt, iterations, keylen, digest, done) {
    if (typeof digest === 'function') {
      done = digest;
      digest = undefined;
    }
    const start = pbkdf2Start(password, salt, iterations, keylen, digest);
    callback(done);
    later(start, settle(done));
  };

  function option(options, one, other, otherwise) {
    const value = options[one];
    const alias = options[other];
    if (value !== undefined && alias !== undefined) throw coded(Error, 'ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter');
    const given = value ?? alias;
    if (given === undefined) return otherwise;
    whole(given, value === undefined ? other : one, 0, 4294967295);
    return given === 0 ? otherwise : given;
  }
  function scryptStart(password, salt, keylen, options) {
    const key = anyBytes(password, 'password', 'utf8', `of type string or ${buffers}`);
    const bytes = anyBytes(salt, 'salt', 'utf8', `of type string or ${buffers}`);
    whole(keylen, 'keylen', 0, most);
    let n = 16384;
    let r = 8;
    let p = 1;
    let maxmem = 32 << 20;
    if (options) {
      n = option(options, 'N', 'cost', n);
      r = option(options, 'r', 'blockSize', r);
      p = option(options, 'p', 'parallelization', p);
      if (options.maxmem !== undefined) {
        whole(options.maxmem, 'maxmem', 0, Number.MAX_SAFE_INTEGER);
        if (options.maxmem !== 0) maxmem = options.maxmem;
      }
    }
    const bad = (why) => coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params${why}`);
    if (n < 2 || 2 ** Math.floor(Math.log2(n)) !== n || p > 1073741823 / r || (16 * r <= 63 && n >= 2 ** (16 * r))) throw bad('');
    if (128 * r * (n + 2) + 128 * r * p > maxmem) throw bad(': error:030000AC:digital envelope routines::memory limit exceeded');
    return (beside) => native.scrypt(key, bytes, [n, r, p], keylen, beside);
  }
  exports.scryptSync = function scryptSync(password, salt, keylen, options) {
    return asBuffer(scryptStart(password, salt, keylen, options)(false));
  };
  exports.scrypt = function scrypt(password, salt, keylen, options, done) {
    if (done === undefined) {
      done = options;
      options = undefined;
    }
    const start = scryptStart(password, salt, keylen, options);
    callback(done);
    later(start, settle(done));
  };

  function hkdfStart(digest, ikm, salt, info, length) {
    text(digest, 'digest');
    const key = require('internal/crypto_keys').inputBytes(ikm, 'ikm');
    const saltBytes = anyBytes(salt, 'salt', 'utf8');
    const infoBytes = anyBytes(info, 'info', 'utf8');
    whole(length, 'length', 0, most);
    if (infoBytes.byteLength > 1024) throw rangeError('info', 'must not contain more than 1024 bytes', infoBytes.byteLength);
    const name = digestName(digest);
    if (length > 255 * internal.group('crypto').hashSize(name)[0]) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
    return (beside) => native.hkdf(name, key, saltBytes, infoBytes, length, beside);
  }
  exports.hkdfSync = function hkdfSync(hash, ikm, salt, info, length) {
    return hkdfStart(hash, ikm, salt, info, length)(false).buffer;
  };
  exports.hkdf = function hkdf(hash, ikm, salt, info, length, done) {
    const start = hkdfStart(hash, ikm, salt, info, length);
    callback(done);
    later(start, (error, made) => (error ? done(error) : done(null, made.buffer)));
  };
}
