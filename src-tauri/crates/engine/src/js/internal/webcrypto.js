// Web Crypto: Crypto, SubtleCrypto and CryptoKey; what each algorithm does stands in webcrypto_ops and webcrypto_keys.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnWeakMap } = internal;
  const { coded } = require('internal/errors');
  const { asBuffer, isAnyBuffer } = require('internal/crypto_common');
  const insides = new OwnWeakMap(); // of a CryptoKey: {object, algorithm, extractable, usages}
  let allowed;

  const custom = Symbol.for('nodejs.util.inspect.custom');
  const fail = (message, name, cause) => {
    const error = new DOMException(message, name);
    if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause, writable: true, enumerable: false, configurable: true });
    return error;
  };
  exports.fail = fail;
  const illegal = () => coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  const wrongThis = (name) => coded(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);

  class CryptoKey {
    constructor() {
      if (allowed === undefined) throw illegal();
      insides.set(this, allowed);
    }
    get type() {
      return inside(this).object.type;
    }
    get extractable() {
      return inside(this).extractable;
    }
    get algorithm() {
      return inside(this).algorithm;
    }
    get usages() {
      return inside(this).usages;
    }
    [custom](depth, options) {
      if (depth < 0) return this;
      const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
      const { type, extractable, algorithm, usages } = this;
      return `CryptoKey ${require('internal/inspect').inspect({ type, extractable, algorithm, usages }, inner)}`;
    }
  }
  for (const name of ['type', 'extractable', 'algorithm', 'usages']) Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
  Object.defineProperty(CryptoKey.prototype, custom, { enumerable: false });
  Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true });
  const inside = (key) => {
    const found = insides.get(key);
    if (found === undefined) throw wrongThis('CryptoKey');
    return found;
  };
  exports.insideOf = (key) => insides.get(key);
  internal.isCryptoKey = (value) => insides.has(value);
  exports.keyObjectOf = (key) => insides.get(key)?.object;
  const order = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
  exports.key = function (object, algorithm, usages, extractable) {
    allowed = { object, algorithm, extractable: object.type === 'public' || extractable, usages: order.filter((one) => usages.includes(one)) };
    try {
      return new CryptoKey();
    } finally {
      allowed = undefined;
    }
  };

  // --- arguments, as Web IDL reads them ---
  function count(name, given, needed) {
    if (given < needed) throw coded(TypeError, 'ERR_MISSING_ARGS', `Failed to execute '${name}' on 'SubtleCrypto': ${needed} argument${needed === 1 ? '' : 's'} required, but only ${given} present.`);
  }
  const nth = (index) => ['1st', '2nd', '3rd'][index - 1] ?? `${index}th`;
  const argument = (name, index, what, code = 'ERR_INVALID_ARG_TYPE') => coded(TypeError, code, `Failed to execute '${name}' on 'SubtleCrypto': ${nth(index)} argument${what}`);
  function bytes(name, index, value) {
    if (isAnyBuffer(value)) return new Uint8Array(value.slice(0));
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
    throw argument(name, index, ' is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
  }
  function cryptoKey(name, index, value) {
    const found = insides.get(value);
    if (found === undefined) throw argument(name, index, ' is not of type CryptoKey.');
    return found;
  }
  function format(name, index, value) {
    const text = `${value}`;
    if (!['raw', 'spki', 'pkcs8', 'jwk'].includes(text)) throw argument(name, index, ` value '${text}' is not a valid enum value of type KeyFormat.`, 'ERR_INVALID_ARG_VALUE');
    return text;
  }
  function usagesOf(name, index, value) {
    if (value === null || value === undefined || typeof value[Symbol.iterator] !== 'function') throw argument(name, index, ' can not be converted to sequence.');
    const list = [...value].map((one) => `${one}`);
    list.forEach((one, at) => {
      if (!order.includes(one)) throw argument(name, index, `, index ${at} value '${one}' is not a valid enum value of type KeyUsage.`, 'ERR_INVALID_ARG_VALUE');
    });
    return list;
  }

  // --- algorithms: which there are for what, and which fields they need ---
  const hashes = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
  const rsa = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
  const aes = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW'];
  const table = {};
  const put = (operation, names, dictionary, fields) => {
    table[operation] ??= new OwnMap();
    for (const name of names) table[operation].set(name.toLowerCase(), { name, dictionary, fields });
  };
  put('digest', hashes, 'Algorithm', {});
  put('generateKey', rsa, 'RsaHashedKeyGenParams', { hash: 'hash', modulusLength: 'number', publicExponent: 'bytes' });
  put('generateKey', ['ECDSA', 'ECDH'], 'EcKeyGenParams', { namedCurve: 'text' });
  put('generateKey', aes, 'AesKeyGenParams', { length: 'number' });
  put('generateKey', ['HMAC'], 'HmacKeyGenParams', { hash: 'hash', length: 'number?' });
  put('generateKey', ['Ed25519', 'X25519'], 'Algorithm', {});
  put('importKey', rsa, 'RsaHashedImportParams', { hash: 'hash' });
  put('importKey', ['ECDSA', 'ECDH'], 'EcKeyImportParams', { namedCurve: 'text' });
  put('importKey', ['HMAC'], 'HmacImportParams', { hash: 'hash', length: 'number?' });
  put('importKey', ['Ed25519', 'X25519', 'HKDF', 'PBKDF2', ...aes], 'Algorithm', {});
  put('sign', ['RSASSA-PKCS1-v1_5', 'HMAC', 'Ed25519'], 'Algorithm', {});
  put('sign', ['RSA-PSS'], 'RsaPssParams', { saltLength: 'number' });
  put('sign', ['ECDSA'], 'EcdsaParams', { hash: 'hash' });
  put('encrypt', ['RSA-OAEP'], 'RsaOaepParams', { label: 'bytes?' });
  put('encrypt', ['AES-CBC'], 'AesCbcParams', { iv: 'bytes' });
  put('encrypt', ['AES-CTR'], 'AesCtrParams', { counter: 'bytes', length: 'number' });
  put('encrypt', ['AES-GCM'], 'AesGcmParams', { additionalData: 'bytes?', iv: 'bytes', tagLength: 'number?' });
  put('wrapKey', ['AES-KW'], 'Algorithm', {});
  put('deriveBits', ['HKDF'], 'HkdfParams', { hash: 'hash', info: 'bytes', salt: 'bytes' });
  put('deriveBits', ['PBKDF2'], 'Pbkdf2Params', { hash: 'hash', iterations: 'number', salt: 'bytes' });
  put('deriveBits', ['ECDH', 'X25519'], 'EcdhKeyDeriveParams', { public: 'key' });
  put('get key length', aes, 'AesDerivedKeyParams', { length: 'number' });
  put('get key length', ['HMAC'], 'HmacImportParams', { hash: 'hash', length: 'number?' });
  put('get key length', ['HKDF', 'PBKDF2'], 'Algorithm', {});
  const same = { verify: 'sign', decrypt: 'encrypt', unwrapKey: 'wrapKey' };

  function normalize(algorithm, operation) {
    if (algorithm === null || typeof algorithm !== 'object') return normalize({ name: `${algorithm}` }, operation);
    if (algorithm.name === undefined) throw coded(TypeError, 'ERR_MISSING_OPTION', "Failed to normalize algorithm: passed algorithm can not be converted to 'Algorithm' because 'name' is required in 'Algorithm'.");
    const found = table[same[operation] ?? operation].get(`${algorithm.name}`.toLowerCase());
    if (found === undefined) throw fail('Unrecognized algorithm name', 'NotSupportedError');
    const made = { name: found.name };
    for (const [field, kind] of Object.entries(found.fields)) {
      const value = algorithm[field];
      if (value === undefined) {
        if (kind.endsWith('?')) continue;
        throw coded(TypeError, 'ERR_MISSING_OPTION', `Failed to normalize algorithm: passed algorithm can not be converted to '${found.dictionary}' because '${field}' is required in '${found.dictionary}'.`);
      }
      const wrong = (what) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', `Failed to normalize algorithm: '${field}' of '${found.dictionary}' (passed algorithm) ${what}`);
      switch (kind.replace('?', '')) {
        case 'hash':
          made.hash = normalize(value, 'digest');
          break;
        case 'number':
          if (typeof value === 'symbol' || Number.isNaN(Number(value))) throw wrong('is not a finite number.');
          made[field] = Math.trunc(Number(value));
          break;
        case 'bytes':
          if (isAnyBuffer(value)) made[field] = new Uint8Array(value.slice(0));
          else if (ArrayBuffer.isView(value)) made[field] = new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
          else throw wrong(field === 'publicExponent' ? 'is not of type Uint8Array.' : 'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
          break;
        case 'key':
          if (insides.get(value) === undefined) throw wrong('is not of type CryptoKey.');
          made[field] = value;
          break;
        default:
          made[field] = `${value}`;
      }
    }
    return made;
  }
  exports.normalize = normalize;

  const ops = () => require('internal/webcrypto_ops');
  const keys = () => require('internal/webcrypto_keys');
  const buffer = (array) => (array.byteOffset === 0 && array.byteLength === array.buffer.byteLength ? array.buffer : array.buffer.slice(array.byteOffset, array.byteOffset + array.byteLength));

  function usable(algorithm, key, usage) {
    if (algorithm.name !== key.algorithm.name || !key.usages.includes(usage)) throw fail('The requested operation is not valid for the provided key', 'InvalidAccessError');
  }

  class SubtleCrypto {
    constructor() {
      if (allowed !== SubtleCrypto) throw illegal();
    }
    async encrypt(algorithm, key, data) {
      const [held, content] = begin(this, 'encrypt', arguments, () => [cryptoKey('encrypt', 2, key), bytes('encrypt', 3, data)]);
      const asked = normalize(algorithm, 'encrypt');
      usable(asked, held, 'encrypt');
      return buffer(await ops().encrypt(asked, held, content));
    }
    async decrypt(algorithm, key, data) {
      const [held, content] = begin(this, 'decrypt', arguments, () => [cryptoKey('decrypt', 2, key), bytes('decrypt', 3, data)]);
      const asked = normalize(algorithm, 'decrypt');
      usable(asked, held, 'decrypt');
      return buffer(await ops().decrypt(asked, held, content));
    }
    async sign(algorithm, key, data) {
      const [held, content] = begin(this, 'sign', arguments, () => [cryptoKey('sign', 2, key), bytes('sign', 3, data)]);
      const asked = normalize(algorithm, 'sign');
      if (asked.name !== held.algorithm.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
      if (!held.usages.includes('sign')) throw fail('Unable to use this key to sign', 'InvalidAccessError');
      return buffer(await ops().sign(asked, held, content));
    }
    async verify(algorithm, key, signature, data) {
      const [held, given, content] = begin(this, 'verify', arguments, () => [cryptoKey('verify', 2, key), bytes('verify', 3, signature), bytes('verify', 4, data)]);
      const asked = normalize(algorithm, 'verify');
      if (asked.name !== held.algorithm.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
      if (!held.usages.includes('verify')) throw fail('Unable to use this key to verify', 'InvalidAccessError');
      return ops().verify(asked, held, given, content);
    }
    async digest(algorithm, data) {
      const [content] = begin(this, 'digest', arguments, () => [bytes('digest', 2, data)]);
      return buffer(ops().digest(normalize(algorithm, 'digest').name, content));
    }
    async generateKey(algorithm, extractable, keyUsages) {
      const [usages] = begin(this, 'generateKey', arguments, () => [usagesOf('generateKey', 3, keyUsages)]);
      const asked = normalize(algorithm, 'generateKey');
      const made = await keys().generate(asked, Boolean(extractable), usages);
      const empty = insides.has(made) ? made.usages.length === 0 : made.privateKey.usages.length === 0;
      if (empty) throw fail('Usages cannot be empty when creating a key.', 'SyntaxError');
      return made;
    }
    async deriveKey(algorithm, baseKey, derivedKeyAlgorithm, extractable, keyUsages) {
      const [held, usages] = begin(this, 'deriveKey', arguments, () => [cryptoKey('deriveKey', 2, baseKey), usagesOf('deriveKey', 5, keyUsages)]);
      const asked = normalize(algorithm, 'deriveBits');
      const target = normalize(derivedKeyAlgorithm, 'importKey');
      if (!held.usages.includes('deriveKey')) throw fail('baseKey does not have deriveKey usage', 'InvalidAccessError');
      if (held.algorithm.name !== asked.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
      const length = keys().lengthOf(normalize(derivedKeyAlgorithm, 'get key length'));
      const bits = await ops().derive(asked, held, length);
      return keys().import('raw', bits, target, Boolean(extractable), usages);
    }
    async deriveBits(algorithm, baseKey, length = null) {
      const [held] = begin(this, 'deriveBits', arguments, () => [cryptoKey('deriveBits', 2, baseKey)]);
      const asked = normalize(algorithm, 'deriveBits');
      if (!held.usages.includes('deriveBits')) throw fail('baseKey does not have deriveBits usage', 'InvalidAccessError');
      if (held.algorithm.name !== asked.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
      return buffer(await ops().derive(asked, held, length === null ? null : Math.trunc(Number(length))));
    }
    async importKey(givenFormat, keyData, algorithm, extractable, keyUsages) {
      const [form, usages] = begin(this, 'importKey', arguments, () => [format('importKey', 1, givenFormat), usagesOf('importKey', 5, keyUsages)]);
      let content = keyData;
      if (form !== 'jwk') content = bytes('importKey', 2, keyData);
      else if (keyData === null || typeof keyData !== 'object' || ArrayBuffer.isView(keyData) || isAnyBuffer(keyData)) throw argument('importKey', 2, ' can not be converted to a dictionary.');
      return keys().import(form, content, normalize(algorithm, 'importKey'), Boolean(extractable), usages);
    }
    async exportKey(givenFormat, key) {
      const [form, held] = begin(this, 'exportKey', arguments, () => [format('exportKey', 1, givenFormat), cryptoKey('exportKey', 2, key)]);
      const made = keys().export(form, held);
      return form === 'jwk' ? made : buffer(made);
    }
    async wrapKey(givenFormat, key, wrappingKey, algorithm) {
      const [form, held, wrapping] = begin(this, 'wrapKey', arguments, () => [format('wrapKey', 1, givenFormat), cryptoKey('wrapKey', 2, key), cryptoKey('wrapKey', 3, wrappingKey)]);
      const asked = wrapAlgorithm(algorithm, 'wrapKey');
      if (asked.name !== wrapping.algorithm.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
      if (!wrapping.usages.includes('wrapKey')) throw fail('Unable to use this key to wrapKey', 'InvalidAccessError');
      let content = keys().export(form, held);
      if (form === 'jwk') {
        let text = JSON.stringify(content);
        // The wrapping takes whole words: JSON may end in spaces.
        if (asked.name === 'AES-KW' && text.length % 8 !== 0) text = text.padEnd(text.length + 8 - (text.length % 8), ' ');
        content = require('buffer').Buffer.from(text);
      }
      return buffer(await ops().encrypt(asked, wrapping, content));
    }
    async unwrapKey(givenFormat, wrappedKey, unwrappingKey, unwrapAlgo, unwrappedKeyAlgo, extractable, keyUsages) {
      const [form, content, wrapping, usages] = begin(this, 'unwrapKey', arguments, () => [format('unwrapKey', 1, givenFormat), bytes('unwrapKey', 2, wrappedKey), cryptoKey('unwrapKey', 3, unwrappingKey), usagesOf('unwrapKey', 7, keyUsages)]);
      const asked = wrapAlgorithm(unwrapAlgo, 'unwrapKey');
      const target = normalize(unwrappedKeyAlgo, 'importKey');
      if (asked.name !== wrapping.algorithm.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
      if (!wrapping.usages.includes('unwrapKey')) throw fail('Unable to use this key to unwrapKey', 'InvalidAccessError');
      let data = await ops().decrypt(asked, wrapping, content);
      if (form === 'jwk') {
        try {
          data = JSON.parse(asBuffer(data).toString());
        } catch {
          throw fail('Invalid wrapped JWK key', 'DataError');
        }
      }
      return keys().import(form, data, target, Boolean(extractable), usages);
    }
  }
  function wrapAlgorithm(algorithm, operation) {
    try {
      return normalize(algorithm, operation);
    } catch (error) {
      if (error.name !== 'NotSupportedError') throw error;
      return normalize(algorithm, operation === 'wrapKey' ? 'encrypt' : 'decrypt');
    }
  }
  const needed = { encrypt: 3, decrypt: 3, sign: 3, verify: 4, digest: 2, generateKey: 3, deriveKey: 5, deriveBits: 2, importKey: 4, exportKey: 2, wrapKey: 4, unwrapKey: 6 };
  function begin(self, name, given, read) {
    if (self !== subtle) throw wrongThis('SubtleCrypto');
    count(name, given.length, needed[name]);
    return read();
  }
  for (const name of Object.keys(needed)) Object.defineProperty(SubtleCrypto.prototype, name, { enumerable: true });
  Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { value: 'SubtleCrypto', configurable: true });

  class Crypto {
    constructor() {
      if (allowed !== Crypto) throw illegal();
    }
    get subtle() {
      if (this !== crypto) throw wrongThis('Crypto');
      return subtle;
    }
    getRandomValues(array) {
      if (this !== crypto) throw wrongThis('Crypto');
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
      return require('internal/crypto_random').getRandomValues(array);
    }
    randomUUID() {
      if (this !== crypto) throw wrongThis('Crypto');
      return internal.group('crypto').uuid();
    }
  }
  for (const name of ['subtle', 'getRandomValues', 'randomUUID']) Object.defineProperty(Crypto.prototype, name, { enumerable: true });
  Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { value: 'Crypto', configurable: true });

  allowed = SubtleCrypto;
  const subtle = new SubtleCrypto();
  allowed = Crypto;
  const crypto = new Crypto();
  allowed = undefined;
  Object.assign(exports, { crypto, Crypto, CryptoKey, SubtleCrypto });
}
