// KeyObject: keys from PEM, DER and JWK, and back.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const native = internal.group('keys');
  const { Buffer } = require('buffer');
  const { coded, typeError } = require('internal/errors');
  const { anyBytes, asBuffer, buffers, dataBytes, flat, isAnyBuffer, object } = require('internal/crypto_common');
  const pem = require('internal/crypto_pem');
  // What a KeyObject holds: {type, bytes} of a secret one, {type, handle, details} of the others.
  const insides = new OwnWeakMap();
  let making;

  const keyTypes = `of type string or ${buffers}`;
  const wideTypes = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';
  const badType = (type, expected) => coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${expected}.`);
  exports.badType = badType;
  const incompatible = (form, why) => coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', `The selected key encoding ${form} ${why}.`);
  const badValue = (name, value) => coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${name.includes('.') ? 'property' : 'argument'} '${name}' is invalid. Received ${require('internal/inspect').inspect(value)}`);
  const oneOf = (name, values, value) => coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property '${name}' must be one of: ${values.map((one) => (one === undefined ? 'undefined' : `'${one}'`)).join(', ')}. Received ${require('internal/inspect').inspect(value)}`);
  exports.badValue = badValue;
  exports.oneOf = oneOf;
  function openssl(number, library, reason, code) {
    const error = new Error(`error:${number}:${library}::${reason}`);
    error.library = library;
    error.reason = reason;
    error.code = code;
    return error;
  }
  exports.openssl = openssl;
  const unsupported = () => openssl('1E08010C', 'DECODER routines', 'unsupported', 'ERR_OSSL_UNSUPPORTED');

  class KeyObject {
    constructor(type, handle) {
      if (type !== 'secret' && type !== 'public' && type !== 'private') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' is invalid. Received ${require('internal/inspect').inspect(type)}`);
      if (making === undefined) throw typeError('handle', 'of type object', handle);
      insides.set(this, making);
    }
    get type() {
      return inside(this).type;
    }
    static from(key) {
      const known = require('internal/webcrypto').keyObjectOf(key);
      if (known === undefined) throw typeError('key', 'an instance of CryptoKey', key);
      return known;
    }
    equals(otherKeyObject) {
      if (!isKeyObject(otherKeyObject)) throw typeError('otherKeyObject', 'an instance of KeyObject', otherKeyObject);
      const [one, other] = [inside(this), inside(otherKeyObject)];
      if (one.type !== other.type) return false;
      return one.type === 'secret' ? internal.group('crypto').equal(one.bytes, other.bytes) : native.same(one.handle, other.handle);
    }
  }
  Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

  class SecretKeyObject extends KeyObject {
    get symmetricKeySize() {
      return inside(this).bytes.byteLength;
    }
    export(options) {
      const { bytes } = inside(this);
      if (options !== undefined) {
        object(options, 'options');
        if (![undefined, 'buffer', 'jwk'].includes(options.format)) throw oneOf('options.format', [undefined, 'buffer', 'jwk'], options.format);
        if (options.format === 'jwk') return { kty: 'oct', k: Buffer.from(bytes).toString('base64url') };
      }
      return Buffer.from(bytes);
    }
  }

  class AsymmetricKeyObject extends KeyObject {
    get asymmetricKeyType() {
      return detailsOf(this).kind;
    }
    get asymmetricKeyDetails() {
      const details = detailsOf(this);
      switch (details.kind) {
        case 'rsa':
        case 'rsa-pss':
          return { modulusLength: details.modulusLength, publicExponent: BigInt(`0x${Buffer.from(details.publicExponent).toString('hex')}`) };
        case 'ec':
          return { namedCurve: details.namedCurve };
        default:
          return {};
      }
    }
  }

  class PublicKeyObject extends AsymmetricKeyObject {
    export(options) {
      if (options !== null && typeof options === 'object' && options.format === 'jwk') return exportJwk(this);
      return write(this, encoding(options, 'options', true, detailsOf(this).kind));
    }
  }

  class PrivateKeyObject extends AsymmetricKeyObject {
    export(options) {
      if (options !== null && typeof options === 'object' && options.format === 'jwk') {
        if (options.passphrase !== undefined || options.cipher !== undefined) throw incompatible('jwk', 'does not support encryption');
        return exportJwk(this);
      }
      return write(this, encoding(options, 'options', false, detailsOf(this).kind));
    }
  }

  function inside(key) {
    const found = insides.get(key);
    if (found === undefined) throw coded(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type KeyObject');
    return found;
  }
  const detailsOf = (key) => {
    const own = inside(key);
    own.details ??= native.details(own.handle);
    return own.details;
  };
  const isKeyObject = (value) => insides.has(value);
  exports.isKeyObject = isKeyObject;
  internal.isKeyObject = isKeyObject;
  exports.insideOf = inside;
  exports.detailsOf = detailsOf;
  exports.KeyObject = KeyObject;

  function make(Made, content) {
    making = content;
    try {
      return new Made(content.type);
    } finally {
      making = undefined;
    }
  }
  exports.secret = (bytes) => make(SecretKeyObject, { type: 'secret', bytes: new Uint8Array(bytes) });
  exports.asymmetric = (handle) => {
    const details = native.details(handle);
    return details.private ? make(PrivateKeyObject, { type: 'private', handle, details }) : make(PublicKeyObject, { type: 'public', handle, details });
  };
  const publicOf = (handle) => native.public(handle);

  // --- out ---
  // Checked options of an export: {form, format, cipher, passphrase}.
  function encoding(options, name, isPublic, kind) {
    object(options, name);
    const { type, format, cipher, passphrase } = options;
    if (format !== 'pem' && format !== 'der' && format !== 'jwk') throw badValue(`${name}.format`, format);
    if (format === 'jwk') return { format };
    let form = type;
    if (isPublic ? type !== 'pkcs1' && type !== 'spki' : type !== 'pkcs1' && type !== 'pkcs8' && type !== 'sec1') throw badValue(`${name}.type`, type);
    if (form === 'pkcs1' && kind !== 'rsa') throw incompatible('pkcs1', 'can only be used for RSA keys');
    if (form === 'sec1' && kind !== 'ec') throw incompatible('sec1', 'can only be used for EC keys');
    if (isPublic) return { form, format };
    if (cipher !== undefined && cipher !== null) {
      if (typeof cipher !== 'string') throw badValue(`${name}.cipher`, cipher);
      if (format === 'der' && (form === 'pkcs1' || form === 'sec1')) throw incompatible(form, 'does not support encryption');
      if (typeof passphrase !== 'string' && !ArrayBuffer.isView(passphrase) && !isAnyBuffer(passphrase)) throw badValue(`${name}.passphrase`, passphrase);
      return { form, format, cipher, passphrase: anyBytes(passphrase, `${name}.passphrase`, options.encoding) };
    }
    if (passphrase !== undefined && passphrase !== null && name !== 'options') throw badValue(`${name}.cipher`, cipher);
    return { form, format };
  }
  exports.encoding = encoding;

  function write(key, { form, format, cipher, passphrase }) {
    if (format === 'jwk') return exportJwk(key);
    const { handle, type } = inside(key);
    if (cipher !== undefined) {
      const { getCipherInfo } = require('internal/crypto_cipher');
      const info = getCipherInfo(cipher);
      if (info === undefined) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
      if (form === 'pkcs8') {
        const sealed = native.der(handle, 'pkcs8', info.name, passphrase);
        if (sealed === undefined || sealed === null) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
        return format === 'pem' ? pem.write('ENCRYPTED PRIVATE KEY', sealed) : asBuffer(sealed);
      }
      return pem.seal(form === 'sec1' ? 'EC PRIVATE KEY' : 'RSA PRIVATE KEY', native.der(handle, form), info.name, passphrase);
    }
    const bytes = native.der(handle, form);
    if (format === 'der') return asBuffer(bytes);
    const labels = { spki: 'PUBLIC KEY', pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY', pkcs1: type === 'public' ? 'RSA PUBLIC KEY' : 'RSA PRIVATE KEY' };
    return pem.write(labels[form], bytes);
  }
  exports.write = write;

  function exportJwk(key) {
    const details = detailsOf(key);
    const fields = native.fields(inside(key).handle);
    const text = (name) => Buffer.from(fields[name]).toString('base64url');
    const isPrivate = inside(key).type === 'private';
    const jwk = {};
    const put = (names) => {
      for (const name of names) if (fields[name] !== undefined) jwk[name] = text(name);
    };
    switch (details.kind) {
      case 'rsa':
        jwk.kty = 'RSA';
        put(['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']);
        return jwk;
      case 'ec':
        jwk.kty = 'EC';
        put(['x', 'y']);
        jwk.crv = native.curve(details.namedCurve)[1];
        put(['d']);
        return jwk;
      case 'ed25519':
      case 'x25519':
        jwk.crv = details.kind === 'ed25519' ? 'Ed25519' : 'X25519';
        if (isPrivate) put(['d']);
        put(['x']);
        jwk.kty = 'OKP';
        return jwk;
      default:
        throw coded(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');
    }
  }
  exports.exportJwk = exportJwk;

  // --- in ---
  function fromJwk(jwk, wantsPublic) {
    if (jwk === null || typeof jwk !== 'object') throw typeError('key.key', 'of type object', jwk);
    const { kty } = jwk;
    if (!['RSA', 'EC', 'OKP'].includes(kty)) throw oneOf('key.kty', ['RSA', 'EC', 'OKP'], kty);
    const bytes = (name) => {
      if (typeof jwk[name] !== 'string') throw typeError(`key.${name}`, 'of type string', jwk[name]);
      return Buffer.from(jwk[name], 'base64url');
    };
    const isPublic = wantsPublic || jwk.d === undefined;
    const found = (handle, message) => {
      if (handle === undefined || handle === null) throw coded(TypeError, 'ERR_CRYPTO_INVALID_JWK', message);
      return handle;
    };
    if (kty === 'OKP') {
      if (!['Ed25519', 'Ed448', 'X25519', 'X448'].includes(jwk.crv)) throw oneOf('key.crv', ['Ed25519', 'Ed448', 'X25519', 'X448'], jwk.crv);
      const x = bytes('x');
      if (!wantsPublic) bytes('d');
      const handle = found(native.okp(jwk.crv, isPublic ? x : bytes('d'), !isPublic), 'Invalid JWK data');
      return handle;
    }
    if (kty === 'EC') {
      if (!['P-256', 'secp256k1', 'P-384', 'P-521'].includes(jwk.crv)) throw oneOf('key.crv', ['P-256', 'secp256k1', 'P-384', 'P-521'], jwk.crv);
      const [x, y] = [bytes('x'), bytes('y')];
      if (!wantsPublic) bytes('d');
      const size = { 'P-256': 32, secp256k1: 32, 'P-384': 48, 'P-521': 66 }[jwk.crv];
      const message = 'Invalid JWK EC key';
      if (x.length > size || y.length > size) throw coded(TypeError, 'ERR_CRYPTO_INVALID_JWK', message);
      const point = Buffer.alloc(1 + 2 * size);
      point[0] = 4;
      x.copy(point, 1 + size - x.length);
      y.copy(point, 1 + 2 * size - y.length);
      return found(isPublic ? native.ec(jwk.crv, point) : native.ec(jwk.crv, point, bytes('d')), message);
    }
    const numbers = [bytes('n'), bytes('e')];
    if (!wantsPublic) numbers.push(bytes('d'), bytes('p'), bytes('q'));
    if (!wantsPublic) for (const name of ['dp', 'dq', 'qi']) bytes(name);
    return found(native.rsa(numbers), 'Invalid JWK RSA key');
  }

  const privateLabels = ['PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'];
  function privateFromPem(text, passphrase) {
    const block = pem.read(text, privateLabels);
    if (block === undefined) throw unsupported();
    const sealed = block.label === 'ENCRYPTED PRIVATE KEY' || block.headers['proc-type'] !== undefined;
    if (sealed && passphrase === undefined) throw openssl('07880109', 'common libcrypto routines', 'interrupted or cancelled', 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED');
    switch (block.label) {
      case 'PRIVATE KEY':
        return tolerant(() => native.parse('pkcs8', block.bytes));
      case 'ENCRYPTED PRIVATE KEY':
        return native.parse('encrypted', block.bytes, passphrase);
      default: {
        const bytes = sealed ? pem.unseal(block, passphrase) : block.bytes;
        return tolerant(() => native.parse(block.label === 'RSA PRIVATE KEY' ? 'pkcs1' : 'sec1', bytes));
      }
    }
  }
  // What OpenSSL tries in several ways it calls unsupported in the end.
  function tolerant(parse) {
    try {
      return parse();
    } catch {
      throw unsupported();
    }
  }

  function publicFromPem(text, passphrase) {
    const first = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
    if (first === 'PUBLIC KEY' || first === 'RSA PUBLIC KEY' || first === 'CERTIFICATE') {
      const block = pem.read(text, [first]);
      if (block === undefined) throw unsupported();
      if (first === 'PUBLIC KEY') return native.parse('spki', block.bytes);
      if (first === 'RSA PUBLIC KEY') return native.parse('pkcs1-public', block.bytes);
      return internal.group('x509').publicKey(block.bytes);
    }
    if (pem.read(text, privateLabels) !== undefined) return publicOf(privateFromPem(text, passphrase));
    throw unsupported();
  }

  // {data, format, form, passphrase} of what stands for a key.
  function input(key, name, isPublic) {
    if (typeof key === 'string' || ArrayBuffer.isView(key) || isAnyBuffer(key)) return { data: anyBytes(key, name, 'utf8'), format: 'pem' };
    const { key: data, encoding: textEncoding, format, passphrase } = key;
    if (data === null || (typeof data !== 'string' && !ArrayBuffer.isView(data) && !isAnyBuffer(data) && format !== 'jwk')) {
      throw typeError(`${name}.key`, isPublic === undefined ? keyTypes : isPublic ? wideTypes : keyTypes, data);
    }
    if (format === 'jwk') return { data, format };
    if (format !== undefined && format !== 'pem' && format !== 'der') throw badValue('options.format', format);
    let form;
    if (format === 'der') {
      const allowed = isPublic ? ['pkcs1', 'spki', 'pkcs8', 'sec1'] : ['pkcs1', 'pkcs8', 'sec1'];
      if (!allowed.includes(key.type)) throw badValue('options.type', key.type);
      form = key.type;
    }
    let secret;
    if (passphrase !== undefined && passphrase !== null) {
      if (typeof passphrase !== 'string' && !ArrayBuffer.isView(passphrase) && !isAnyBuffer(passphrase)) throw badValue('options.passphrase', passphrase);
      secret = anyBytes(passphrase, `${name}.passphrase`, textEncoding);
    }
    return { data: anyBytes(data, `${name}.key`, textEncoding), format: format ?? 'pem', form, passphrase: secret };
  }

  const latin = (bytes) => asBuffer(bytes).toString('latin1');
  function readPrivate(given) {
    if (given.format === 'jwk') return fromJwk(given.data, false);
    if (given.format === 'pem') return privateFromPem(latin(given.data), given.passphrase);
    if (given.form === 'pkcs8' && given.passphrase !== undefined) {
      try {
        return native.parse('encrypted', given.data, given.passphrase);
      } catch (error) {
        if (error.code === 'ERR_OSSL_BAD_DECRYPT') throw error;
      }
    }
    return native.parse(given.form, given.data);
  }
  function readPublic(given) {
    if (given.format === 'jwk') return fromJwk(given.data, true);
    if (given.format === 'pem') return publicFromPem(latin(given.data), given.passphrase);
    if (given.form === 'pkcs1') {
      try {
        return native.parse('pkcs1-public', given.data);
      } catch (error) {
        try {
          return publicOf(native.parse('pkcs1', given.data));
        } catch {
          throw error;
        }
      }
    }
    return given.form === 'spki' ? native.parse('spki', given.data) : publicOf(readPrivate(given));
  }

  const cryptoKey = (value) => (value !== null && typeof value === 'object' && typeof value[Symbol.toStringTag] === 'string' && value[Symbol.toStringTag] === 'CryptoKey' ? require('internal/webcrypto').keyObjectOf(value) : undefined);
  const unwrap = (key) => (isKeyObject(key) ? key : cryptoKey(key));

  // The handle of a private key that a function was given.
  exports.privateHandle = function (key, name = 'key') {
    const held = unwrap(key) ?? (key !== null && typeof key === 'object' ? unwrap(key.key) : undefined);
    if (held !== undefined) {
      const own = inside(held);
      if (own.type !== 'private') throw badType(own.type, 'private');
      return own.handle;
    }
    if (typeof key !== 'string' && !ArrayBuffer.isView(key) && !isAnyBuffer(key) && (key === null || typeof key !== 'object')) throw typeError(name, wideTypes, key);
    return readPrivate(input(key, name, undefined));
  };
  // The handle of a public key; a private one holds its public half.
  exports.publicHandle = function (key, name = 'key') {
    const held = unwrap(key) ?? (key !== null && typeof key === 'object' ? unwrap(key.key) : undefined);
    if (held !== undefined) {
      const own = inside(held);
      if (own.type === 'secret') throw badType(own.type, 'public or private');
      return own.type === 'private' ? publicOf(own.handle) : own.handle;
    }
    if (typeof key !== 'string' && !ArrayBuffer.isView(key) && !isAnyBuffer(key) && (key === null || typeof key !== 'object')) throw typeError(name, wideTypes, key);
    return readPublic(input(key, name, true));
  };

  exports.createPrivateKey = function createPrivateKey(key) {
    if ((typeof key !== 'string' && !ArrayBuffer.isView(key) && !isAnyBuffer(key) && (key === null || typeof key !== 'object')) || isKeyObject(key)) throw typeError('key', keyTypes, key);
    return exports.asymmetric(readPrivate(input(key, 'key', undefined)));
  };
  exports.createPublicKey = function createPublicKey(key) {
    const held = unwrap(key) ?? (key !== null && typeof key === 'object' ? unwrap(key.key) : undefined);
    if (held !== undefined) {
      const own = inside(held);
      if (own.type !== 'private') throw badType(own.type, 'private');
      return exports.asymmetric(publicOf(own.handle));
    }
    if (typeof key !== 'string' && !ArrayBuffer.isView(key) && !isAnyBuffer(key) && (key === null || typeof key !== 'object')) throw typeError('key', wideTypes, key);
    return exports.asymmetric(readPublic(input(key, 'key', true)));
  };
  exports.createSecretKey = function createSecretKey(key, encoding) {
    return exports.secret(anyBytes(key, 'key', encoding, typeof key === 'string' ? '' : buffers));
  };

  // The bytes of a secret for HMAC and ciphers.
  exports.secretBytes = function (key, encoding, name = 'key') {
    const held = unwrap(key);
    if (held !== undefined) {
      const own = inside(held);
      if (own.type !== 'secret') throw badType(own.type, 'secret');
      return own.bytes;
    }
    if (isAnyBuffer(key)) return new Uint8Array(key);
    if (ArrayBuffer.isView(key)) return flat(key);
    return dataBytes(key, name, encoding, wideTypes);
  };
  // Key material of HKDF.
  exports.inputBytes = function (key, name) {
    const held = unwrap(key);
    if (held !== undefined) return inside(held).bytes;
    if (isAnyBuffer(key)) return new Uint8Array(key);
    return dataBytes(key, name, 'utf8', 'of type string or an instance of SecretKeyObject, ArrayBuffer, TypedArray, DataView, or Buffer');
  };
}
