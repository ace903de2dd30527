// DiffieHellman, ECDH, diffieHellman() and primes.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const native = internal.group('dh');
  const keyNative = internal.group('keys');
  const { Buffer } = require('buffer');
  const { coded, typeError, rangeError } = require('internal/errors');
  const { anyBytes, asBuffer, callback, encoded, flat, isAnyBuffer, later, object, text, whole } = require('internal/crypto_common');
  const keys = require('internal/crypto_keys');
  const states = new OwnWeakMap();
  const sizeTypes = 'one of type number or string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
  const groups = ['modp1', 'modp2', 'modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18'];

  // --- numbers ---
  const trim = (bytes) => {
    let at = 0;
    while (at < bytes.length && bytes[at] === 0) at++;
    return bytes.subarray(at);
  };
  const isPrime = (bytes) => internal.group('dh').isPrime(bytes, false);
  // OpenSSL's judgement of the parameters, as bits.
  function judge(prime, generator) {
    let verdict = 0;
    const number = BigInt(`0x0${Buffer.from(prime).toString('hex')}`);
    const root = BigInt(`0x0${Buffer.from(generator).toString('hex')}`);
    if (root <= 1n || root >= number - 1n) verdict |= 8;
    if (prime.length < 64) verdict |= 128; // shorter than 512 bits
    if (prime.length > 1250) return verdict | 64;
    if (!isPrime(prime)) verdict |= 1;
    else if (!isPrime(Buffer.from(((number - 1n) / 2n).toString(16).padStart(2, '0').replace(/^(?:..)*.$/, '0$&'), 'hex'))) verdict |= 2;
    return verdict;
  }
  const shared = {
    generateKeys(encoding) {
      const own = states.get(this);
      own.private ??= asBuffer(native.secret(own.prime));
      own.public = asBuffer(native.power(own.generator, own.private, own.prime));
      return encoded(own.public, encoding);
    },
    computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
      const own = states.get(this);
      const other = anyBytes(otherPublicKey, 'otherPublicKey', inputEncoding ?? undefined);
      const verdict = native.judge(other, own.prime);
      if (verdict !== 0) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', `Supplied key is too ${verdict < 0 ? 'small' : 'large'}`);
      if (own.private === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'No private key - did you forget to generate one?');
      return encoded(native.power(other, own.private, own.prime), outputEncoding);
    },
    getPrime(encoding) {
      return encoded(states.get(this).prime, encoding);
    },
    getGenerator(encoding) {
      return encoded(states.get(this).generator, encoding);
    },
    getPublicKey(encoding) {
      const own = states.get(this);
      if (own.public === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'No public key - did you forget to generate one?');
      return encoded(own.public, encoding);
    },
    getPrivateKey(encoding) {
      const own = states.get(this);
      if (own.private === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'No private key - did you forget to generate one?');
      return encoded(own.private, encoding);
    },
  };
  function verdictOf(self) {
    let verdict;
    Object.defineProperty(self, 'verifyError', {
      get() {
        const own = states.get(self);
        verdict ??= own.known ? 0 : judge(own.prime, own.generator);
        return verdict;
      },
      enumerable: true,
      configurable: true,
    });
  }

  function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
    if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
    if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !ArrayBuffer.isView(sizeOrKey) && !isAnyBuffer(sizeOrKey)) throw typeError('sizeOrKey', sizeTypes, sizeOrKey);
    if (typeof sizeOrKey === 'number') whole(sizeOrKey, 'sizeOrKey', -2147483648, 2147483647);
    if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
      genEncoding = generator;
      generator = keyEncoding;
      keyEncoding = undefined;
    }
    let root;
    if (!generator) root = Buffer.from([typeof generator === 'number' ? 0 : 2]);
    else if (typeof generator === 'number') {
      whole(generator, 'generator', -2147483648, 2147483647);
      root = Buffer.from(generator.toString(16).replace(/^(?:..)*.$/, '0$&'), 'hex');
    } else if (typeof generator === 'string') root = Buffer.from(generator, genEncoding);
    else if (ArrayBuffer.isView(generator) || isAnyBuffer(generator)) root = Buffer.from(anyBytes(generator, 'generator'));
    else throw typeError('generator', sizeTypes, generator);
    let prime;
    if (typeof sizeOrKey === 'number') {
      if (sizeOrKey < 512) throw keys.openssl('0280007E', 'Diffie-Hellman routines', 'modulus too small', 'ERR_OSSL_DH_MODULUS_TOO_SMALL');
      if (sizeOrKey > 10000) throw keys.openssl('02800067', 'Diffie-Hellman routines', 'modulus too large', 'ERR_OSSL_DH_MODULUS_TOO_LARGE');
      // With 2 as generator OpenSSL looks for primes that are 23 mod 24, with 5 for those that are 59 mod 60.
      const number = root.length === 1 ? root[0] : 0;
      const rule = number === 2 ? [24, 23] : number === 5 ? [60, 59] : [12, 11];
      prime = asBuffer(native.prime(sizeOrKey, true, Buffer.from([rule[0]]), Buffer.from([rule[1]]), false));
    } else prime = Buffer.from(trim(anyBytes(sizeOrKey, 'sizeOrKey', keyEncoding)));
    states.set(this, { prime, generator: root, known: typeof sizeOrKey === 'number' });
    verdictOf(this);
  }
  Object.assign(DiffieHellman.prototype, shared, {
    setPublicKey(key, encoding) {
      states.get(this).public = Buffer.from(anyBytes(key, 'key', encoding));
      return this;
    },
    setPrivateKey(key, encoding) {
      states.get(this).private = Buffer.from(anyBytes(key, 'key', encoding));
      return this;
    },
  });
  function DiffieHellmanGroup(name) {
    if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
    text(name, 'name');
    const prime = groups.includes(name.toLowerCase()) ? native.group(name.toLowerCase()) : undefined;
    if (prime === undefined) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
    states.set(this, { prime: asBuffer(prime), generator: Buffer.from([2]), known: true });
    verdictOf(this);
  }
  Object.assign(DiffieHellmanGroup.prototype, shared);
  exports.DiffieHellman = DiffieHellman;
  exports.DiffieHellmanGroup = DiffieHellmanGroup;
  exports.createDiffieHellman = function createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
    return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  };
  exports.createDiffieHellmanGroup = function createDiffieHellmanGroup(name) {
    return new DiffieHellmanGroup(name);
  };
  exports.getDiffieHellman = exports.createDiffieHellmanGroup;

  // --- curves ---
  const badCurve = () => coded(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  const badPoint = () => coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to convert Buffer to EC_POINT');
  function curveOf(name) {
    const found = keyNative.curve(name);
    // JWK's names are no names of curves here, but for those that OpenSSL knows.
    if (found === undefined || found === null) throw badCurve();
    return found[0];
  }
  function form(point, curve, wanted) {
    if (wanted === undefined || wanted === 'uncompressed') return point;
    if (wanted === 'compressed') return asBuffer(keyNative.point(curve, point, true));
    if (wanted !== 'hybrid') throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${wanted}`);
    const hybrid = Buffer.from(point);
    hybrid[0] = 6 + (point[point.length - 1] & 1);
    return hybrid;
  }
  const join = (fields) => Buffer.concat([Buffer.from([4]), fields.x, fields.y]);

  function ECDH(curve) {
    if (!(this instanceof ECDH)) return new ECDH(curve);
    text(curve, 'curve');
    states.set(this, { curve: curveOf(curve) });
  }
  Object.assign(ECDH.prototype, {
    computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
      const own = states.get(this);
      const bytes = anyBytes(otherPublicKey, 'otherPublicKey', inputEncoding ?? undefined);
      if (own.handle === undefined) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair');
      const other = keyNative.ec(own.curve, bytes);
      if (other === undefined || other === null) throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve');
      return encoded(keyNative.agree(own.handle, other), outputEncoding);
    },
    setPrivateKey(key, encoding) {
      const own = states.get(this);
      const handle = keyNative.ec(own.curve, undefined, anyBytes(key, 'key', encoding));
      if (handle === undefined || handle === null) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYTYPE', 'Private key is not valid for specified curve.');
      own.handle = handle;
      own.point = join(keyNative.fields(handle));
    },
    setPublicKey(key, encoding) {
      const own = states.get(this);
      const point = keyNative.point(own.curve, anyBytes(key, 'key', encoding), false);
      if (point === undefined || point === null) throw badPoint();
      own.point = asBuffer(point);
      return this;
    },
    getPrivateKey(encoding) {
      const own = states.get(this);
      if (own.handle === undefined) throw coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH private key');
      return encoded(trim(keyNative.fields(own.handle).d), encoding);
    },
    generateKeys(encoding, wanted) {
      const own = states.get(this);
      own.handle = keyNative.generate('ec', own.curve, new Uint8Array(0), false);
      own.point = join(keyNative.fields(own.handle));
      return this.getPublicKey(encoding, wanted);
    },
    getPublicKey(encoding, wanted) {
      const own = states.get(this);
      if (wanted !== undefined && !['compressed', 'uncompressed', 'hybrid'].includes(wanted)) throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${wanted}`);
      if (own.point === undefined) throw coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH public key');
      return encoded(form(own.point, own.curve, wanted), encoding);
    },
  });
  ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, wanted) {
    text(curve, 'curve');
    const bytes = anyBytes(key, 'key', inputEncoding);
    const name = curveOf(curve);
    if (wanted !== undefined && !['compressed', 'uncompressed', 'hybrid'].includes(wanted)) throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${wanted}`);
    const point = keyNative.point(name, bytes, false);
    if (point === undefined || point === null) throw badPoint();
    return encoded(form(asBuffer(point), name, wanted), outputEncoding);
  };
  exports.ECDH = ECDH;
  exports.createECDH = function createECDH(curve) {
    return new ECDH(curve);
  };
  exports.getCurves = function getCurves() {
    return ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1'];
  };

  exports.diffieHellman = function diffieHellman(options) {
    object(options, 'options');
    const { privateKey, publicKey } = options;
    if (!keys.isKeyObject(privateKey)) throw keys.badValue('options.privateKey', privateKey);
    if (!keys.isKeyObject(publicKey)) throw keys.badValue('options.publicKey', publicKey);
    if (privateKey.type !== 'private') throw keys.badType(privateKey.type, 'private');
    if (publicKey.type === 'secret') throw keys.badType(publicKey.type, 'private or public');
    const [one, other] = [privateKey.asymmetricKeyType, publicKey.asymmetricKeyType];
    if (one !== other || (one !== 'ec' && one !== 'x25519')) throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', `Incompatible key types for Diffie-Hellman: ${one} and ${other}`);
    const secret = keyNative.agree(keys.insideOf(privateKey).handle, keys.insideOf(publicKey).handle);
    if (secret === undefined || secret === null) {
      if (one === 'ec') throw keys.openssl('1C8000CB', 'Provider routines', 'mismatching domain parameters', 'ERR_OSSL_MISMATCHING_DOMAIN_PARAMETERS');
      throw keys.openssl('1C80007D', 'Provider routines', 'failed during derivation', 'ERR_OSSL_FAILED_DURING_DERIVATION');
    }
    return asBuffer(secret);
  };

  // --- primes ---
  function numberBytes(value, name) {
    if (typeof value === 'bigint') {
      if (value < 0n) throw rangeError(name, '>= 0', value);
      return Buffer.from(value.toString(16).replace(/^(?:..)*.$/, '0$&'), 'hex');
    }
    if (isAnyBuffer(value)) return new Uint8Array(value);
    if (ArrayBuffer.isView(value)) return flat(value);
    throw typeError(name, 'of type bigint or an instance of ArrayBuffer, TypedArray, Buffer, or DataView', value);
  }
  const big = (bytes) => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  function primeStart(size, options) {
    whole(size, 'size', 1, 2147483647);
    object(options, 'options');
    const { safe = false, bigint = false } = options;
    if (typeof safe !== 'boolean') throw typeError('options.safe', 'of type boolean', safe);
    if (typeof bigint !== 'boolean') throw typeError('options.bigint', 'of type boolean', bigint);
    const add = options.add === undefined ? undefined : numberBytes(options.add, 'options.add');
    const rem = options.rem === undefined ? undefined : numberBytes(options.rem, 'options.rem');
    if (add !== undefined) {
      if (big(add).toString(2).length > size || big(add) === 0n) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'invalid options.add');
      if (rem !== undefined && big(add) <= big(rem)) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'invalid options.rem');
    }
    if (size < (safe ? 3 : 2)) throw keys.openssl('0380007B', 'bignum routines', 'bits too small', 'ERR_OSSL_BN_BITS_TOO_SMALL');
    if (size > 16384) throw require('internal/errors').refused('crypto.generatePrime()', 'primes of more than 16384 bits take longer than a call may');
    return { start: (beside) => native.prime(size, safe, add, add === undefined ? undefined : rem, beside), finish: (bytes) => (bigint ? big(bytes) : bytes.buffer) };
  }
  exports.generatePrimeSync = function generatePrimeSync(size, options = {}) {
    const { start, finish } = primeStart(size, options);
    return finish(start(false));
  };
  exports.generatePrime = function generatePrime(size, options, done) {
    if (typeof options === 'function') {
      done = options;
      options = {};
    }
    const { start, finish } = primeStart(size, options ?? {});
    callback(done);
    later(start, (error, made) => (error ? done(error) : done(undefined, finish(made))));
  };
  function checkStart(candidate, options) {
    const bytes = numberBytes(candidate, 'candidate');
    object(options, 'options');
    const { checks = 0 } = options;
    whole(checks, 'options.checks', 0, 2147483647);
    return (beside) => native.isPrime(bytes, beside);
  }
  exports.checkPrimeSync = function checkPrimeSync(candidate, options = {}) {
    return checkStart(candidate, options)(false);
  };
  exports.checkPrime = function checkPrime(candidate, options, done) {
    if (typeof options === 'function') {
      done = options;
      options = {};
    }
    const start = checkStart(candidate, options ?? {});
    callback(done);
    later(start, (error, made) => (error ? done(error) : done(null, made)));
  };
}
