// Web Crypto: encrypting, signing, deriving.
export default function (exports, require, _module, internal) {
  const { Buffer } = require('buffer');
  const ciphers = require('internal/crypto_cipher');
  const { promised } = require('internal/crypto_common');
  const keyObjects = require('internal/crypto_keys');
  const { fail, insideOf } = require('internal/webcrypto');
  const hashes = internal.group('crypto');
  const native = internal.group('keys');

  const hashName = (hash) => (typeof hash === 'string' ? hash : hash.name).toLowerCase().replace('-', '');
  exports.hashName = hashName;
  const content = (key) => keyObjects.insideOf(key.object);
  // What goes wrong inside is told without saying what.
  function guarded(work) {
    const wrap = (cause) => {
      if (cause instanceof DOMException || cause?.message === 'out of memory') return cause;
      return fail('The operation failed for an operation-specific reason', 'OperationError', cause);
    };
    try {
      const made = work();
      return made instanceof Promise ? made.catch((error) => Promise.reject(wrap(error))) : made;
    } catch (error) {
      throw wrap(error);
    }
  }

  exports.digest = function (name, bytes) {
    const state = hashes.hash(hashName(name));
    hashes.update(state, bytes);
    return hashes.digest(state, hashes.hashSize(hashName(name))[0]);
  };

  // --- encryption ---
  function wholeIv(bytes, name) {
    if (bytes.byteLength !== 16) throw fail(`algorithm.${name} must contain exactly 16 bytes`, 'OperationError');
  }
  function pass(cipher, bytes) {
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  }
  // The counter is the low `length` bits, which begin anew at zero without touching the rest.
  function counted(asked, key, bytes) {
    wholeIv(asked.counter, 'counter');
    if (asked.length < 1 || asked.length > 128) throw fail('AES-CTR algorithm.length must be between 1 and 128', 'OperationError');
    const name = `aes-${key.byteLength * 8}-ctr`;
    const blocks = BigInt(Math.ceil(bytes.byteLength / 16));
    const size = 1n << BigInt(asked.length);
    if (blocks > size) throw fail('AES-CTR counter cannot wrap more than once', 'OperationError');
    const whole = BigInt(`0x${Buffer.from(asked.counter).toString('hex')}`);
    const left = size - (whole & (size - 1n));
    if (blocks <= left) return pass(ciphers.createCipheriv(name, key, asked.counter), bytes);
    const cut = Number(left) * 16;
    const begin = Buffer.from((whole & ~(size - 1n)).toString(16).padStart(32, '0'), 'hex');
    return Buffer.concat([pass(ciphers.createCipheriv(name, key, asked.counter), bytes.subarray(0, cut)), pass(ciphers.createCipheriv(name, key, begin), bytes.subarray(cut))]);
  }
  function tagSize(asked) {
    const length = asked.tagLength ?? 128;
    if (![32, 64, 96, 104, 112, 120, 128].includes(length)) throw fail(`${length} is not a valid AES-GCM tag length`, 'OperationError');
    return length / 8;
  }

  exports.encrypt = function (asked, held, bytes) {
    const { bytes: key, handle } = content(held);
    switch (asked.name) {
      case 'AES-CBC':
        wholeIv(asked.iv, 'iv');
        return guarded(() => pass(ciphers.createCipheriv(`aes-${key.byteLength * 8}-cbc`, key, asked.iv), bytes));
      case 'AES-CTR':
        return guarded(() => counted(asked, key, bytes));
      case 'AES-GCM': {
        const size = tagSize(asked);
        return guarded(() => {
          const cipher = ciphers.createCipheriv(`aes-${key.byteLength * 8}-gcm`, key, asked.iv, { authTagLength: size });
          if (asked.additionalData !== undefined) cipher.setAAD(asked.additionalData);
          return Buffer.concat([pass(cipher, bytes), cipher.getAuthTag()]);
        });
      }
      case 'AES-KW':
        return guarded(() => ciphers.createCipheriv(`id-aes${key.byteLength * 8}-wrap`, key, Buffer.alloc(8, 0xa6)).update(bytes));
      default:
        if (held.object.type !== 'public') throw fail('The requested operation is not valid for the provided key', 'InvalidAccessError');
        return guarded(() => native.crypt('encrypt', handle, bytes, 4, hashName(held.algorithm.hash), asked.label ?? new Uint8Array(0)));
    }
  };

  exports.decrypt = function (asked, held, bytes) {
    const { bytes: key, handle } = content(held);
    switch (asked.name) {
      case 'AES-CBC':
        wholeIv(asked.iv, 'iv');
        return guarded(() => pass(ciphers.createDecipheriv(`aes-${key.byteLength * 8}-cbc`, key, asked.iv), bytes));
      case 'AES-CTR':
        return guarded(() => counted(asked, key, bytes));
      case 'AES-GCM': {
        const size = tagSize(asked);
        if (bytes.byteLength < size) throw fail('The provided data is too small.', 'OperationError');
        return guarded(() => {
          const cut = bytes.byteLength - size;
          const cipher = ciphers.createDecipheriv(`aes-${key.byteLength * 8}-gcm`, key, asked.iv, { authTagLength: size });
          cipher.setAuthTag(bytes.subarray(cut));
          if (asked.additionalData !== undefined) cipher.setAAD(asked.additionalData);
          return pass(cipher, bytes.subarray(0, cut));
        });
      }
      case 'AES-KW':
        return guarded(() => ciphers.createDecipheriv(`id-aes${key.byteLength * 8}-wrap`, key, Buffer.alloc(8, 0xa6)).update(bytes));
      default:
        if (held.object.type !== 'private') throw fail('The requested operation is not valid for the provided key', 'InvalidAccessError');
        return guarded(() => native.crypt('decrypt', handle, bytes, 4, hashName(held.algorithm.hash), asked.label ?? new Uint8Array(0)));
    }
  };

  // --- signatures ---
  function way(asked, held) {
    switch (asked.name) {
      case 'RSASSA-PKCS1-v1_5':
        return { hash: hashName(held.algorithm.hash), padding: 1 };
      case 'RSA-PSS':
        return { hash: hashName(held.algorithm.hash), padding: 6, salt: asked.saltLength };
      case 'ECDSA':
        return { hash: hashName(asked.hash), fixed: true };
      default:
        return {};
    }
  }
  function mac(held, bytes) {
    const state = hashes.hmac(hashName(held.algorithm.hash), content(held).bytes);
    hashes.update(state, bytes);
    return hashes.digest(state, hashes.hashSize(hashName(held.algorithm.hash))[0]);
  }
  exports.sign = function (asked, held, bytes) {
    if (asked.name === 'HMAC') return mac(held, bytes);
    if (held.object.type !== 'private') throw fail('Key must be a private key', 'InvalidAccessError');
    const { handle } = content(held);
    return guarded(() => promised((later) => native.sign(handle, bytes, way(asked, held), later)));
  };
  exports.verify = function (asked, held, signature, bytes) {
    if (asked.name === 'HMAC') return hashes.equal(mac(held, bytes), signature);
    if (held.object.type !== 'public') throw fail('Key must be a public key', 'InvalidAccessError');
    const { handle } = content(held);
    return guarded(() => promised((later) => native.verify(handle, bytes, signature, way(asked, held), later)));
  };

  // --- derivation ---
  exports.derive = async function (asked, held, length) {
    if (asked.name === 'ECDH' || asked.name === 'X25519') return agree(asked, held, length);
    if (asked.name === 'PBKDF2' && asked.iterations === 0) throw fail('iterations cannot be zero', 'OperationError');
    if (length === null) throw fail('length cannot be null', 'OperationError');
    if (length % 8 !== 0) throw fail('length must be a multiple of 8', 'OperationError');
    if (length === 0) return new Uint8Array(0);
    const key = content(held).bytes;
    const kdf = internal.group('kdf');
    const hash = hashName(asked.hash);
    return guarded(() => promised((later) => (asked.name === 'PBKDF2' ? kdf.pbkdf2(hash, key, asked.salt, asked.iterations, length / 8, later) : kdf.hkdf(hash, key, asked.salt, asked.info, length / 8, later))));
  };
  function agree(asked, held, length) {
    const other = insideOf(asked.public);
    if (held.object.type !== 'private') throw fail('baseKey must be a private key', 'InvalidAccessError');
    if (other.object.type !== 'public') throw fail('algorithm.public must be a public key', 'InvalidAccessError');
    if (other.algorithm.name !== held.algorithm.name) throw fail('algorithm.public must be of the same type as the private key', 'InvalidAccessError');
    if (other.algorithm.namedCurve !== held.algorithm.namedCurve) throw fail('Named curve mismatch', 'InvalidAccessError');
    const secret = native.agree(content(held).handle, content(other).handle);
    if (secret === undefined || secret === null) throw fail('The operation failed for an operation-specific reason', 'OperationError');
    if (length === null) return secret;
    const size = Math.ceil(length / 8);
    if (secret.byteLength < size) throw fail('derived bit length is too small', 'OperationError');
    const cut = secret.slice(0, size);
    // Bits that were not asked for are zero.
    if (length % 8 !== 0) cut[size - 1] &= 0xff << (8 - (length % 8));
    return cut;
  }
}
