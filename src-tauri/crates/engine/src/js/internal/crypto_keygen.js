// New keys.
export default function (exports, require, _module, internal) {
  const native = internal.group('keys');
  const { Buffer } = require('buffer');
  const { coded, typeError } = require('internal/errors');
  const { callback, object, text, whole, later } = require('internal/crypto_common');
  const keys = require('internal/crypto_keys');
  const promisify = Symbol.for('nodejs.util.promisify.custom');
  const kinds = ['rsa', 'rsa-pss', 'dsa', 'ec', 'ed25519', 'ed448', 'x25519', 'x448', 'dh'];
  const none = new Uint8Array(0);

  function exponentBytes(value) {
    let hex = value.toString(16);
    if (hex.length % 2 === 1) hex = `0${hex}`;
    return Buffer.from(hex, 'hex');
  }

  // Checks all that was asked for, and gives how to begin and how to write what was made.
  function prepare(kind, options) {
    text(kind, 'type');
    if (!kinds.includes(kind)) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' must be a supported key type. Received ${require('internal/inspect').inspect(kind)}`);
    if (kind !== 'ed25519' && kind !== 'x25519' && kind !== 'ed448' && kind !== 'x448') object(options, 'options');
    else if (options !== undefined) object(options, 'options');
    const publicForm = options?.publicKeyEncoding === undefined || options.publicKeyEncoding === null ? undefined : keys.encoding(options.publicKeyEncoding, 'options.publicKeyEncoding', true, kind);
    const privateForm = options?.privateKeyEncoding === undefined || options.privateKeyEncoding === null ? undefined : keys.encoding(options.privateKeyEncoding, 'options.privateKeyEncoding', false, kind);
    let start;
    switch (kind) {
      case 'rsa':
      case 'rsa-pss': {
        const { modulusLength, publicExponent = 0x10001 } = options;
        unsigned(modulusLength, 'options.modulusLength');
        unsigned(publicExponent, 'options.publicExponent');
        if (options.hashAlgorithm !== undefined || options.mgf1HashAlgorithm !== undefined || options.saltLength !== undefined) {
          if (kind === 'rsa-pss') throw require('internal/errors').refused("crypto.generateKeyPair('rsa-pss')", 'keys with PSS parameters of their own cannot be made; leave them out');
        }
        if (modulusLength < 512) throw new Error('error:1C8000AB:Provider routines::key size too small');
        if (publicExponent < 3 || publicExponent % 2 === 0) throw new Error('error:020000B2:rsa routines::pub exponent out of range');
        if (modulusLength > 16384) throw new Error('error:020000AB:rsa routines::modulus too large');
        start = (beside) => native.generate(kind, `${modulusLength}`, exponentBytes(publicExponent), beside);
        break;
      }
      case 'ec': {
        const { namedCurve, paramEncoding } = options;
        text(namedCurve, 'options.namedCurve');
        if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named' && paramEncoding !== 'explicit') throw keys.badValue('options.paramEncoding', paramEncoding);
        if (native.curve(namedCurve) === undefined || native.curve(namedCurve) === null) throw coded(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
        start = (beside) => native.generate('ec', namedCurve, none, beside);
        break;
      }
      case 'ed25519':
      case 'x25519':
        start = (beside) => native.generate(kind, '', none, beside);
        break;
      default:
        throw require('internal/errors').refused(`crypto.generateKeyPair('${kind}')`, 'this runtime has no keys of this type');
    }
    const finish = (handle) => {
      const publicKey = keys.asymmetric(native.public(handle));
      const privateKey = keys.asymmetric(handle);
      return {
        publicKey: publicForm === undefined ? publicKey : keys.write(publicKey, publicForm),
        privateKey: privateForm === undefined ? privateKey : keys.write(privateKey, privateForm),
      };
    };
    return { start, finish };
  }
  function unsigned(value, name) {
    whole(value, name, 0, 4294967295);
  }

  exports.generateKeyPairSync = function generateKeyPairSync(type, options) {
    const { start, finish } = prepare(type, options);
    return finish(start(false));
  };
  exports.generateKeyPair = function generateKeyPair(type, options, done) {
    if (typeof options === 'function') {
      done = options;
      options = undefined;
    }
    const { start, finish } = prepare(type, options);
    callback(done);
    later(start, (error, handle) => {
      if (error) return done(error);
      const { publicKey, privateKey } = finish(handle);
      return done(null, publicKey, privateKey);
    });
  };
  Object.defineProperty(exports.generateKeyPair, promisify, {
    value: (type, options) =>
      new Promise((resolve, reject) => {
        exports.generateKeyPair(type, options, (error, publicKey, privateKey) => (error ? reject(error) : resolve({ publicKey, privateKey })));
      }),
    configurable: true,
  });

  function secret(type, options) {
    text(type, 'type');
    object(options, 'options');
    const { length } = options;
    if (type === 'hmac') {
      whole(length, 'options.length', 8, 2147483647);
    } else if (type === 'aes') {
      if (![128, 192, 256].includes(length)) {
        if (typeof length !== 'number') throw typeError('options.length', 'of type number', length);
        throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.length' must be one of: 128, 192, 256. Received ${require('internal/inspect').inspect(length)}`);
      }
    } else throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' must be a supported key type. Received ${require('internal/inspect').inspect(type)}`);
    return keys.secret(require('internal/crypto_random').randomBytes(Math.floor(length / 8)));
  }
  exports.generateKeySync = function generateKeySync(type, options) {
    return secret(type, options);
  };
  exports.generateKey = function generateKey(type, options, done) {
    const key = secret(type, options);
    callback(done);
    setImmediate(done, null, key);
  };
}
