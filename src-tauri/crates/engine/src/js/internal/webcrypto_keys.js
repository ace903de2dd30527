// Web Crypto: making, reading and writing keys.
export default function (exports, require, _module, internal) {
  const { OwnSet } = internal;
  const { Buffer } = require('buffer');
  const { promised } = require('internal/crypto_common');
  const keyObjects = require('internal/crypto_keys');
  const { fail, key: make } = require('internal/webcrypto');
  const { hashName } = require('internal/webcrypto_ops');
  const native = internal.group('keys');
  const none = new Uint8Array(0);

  // Which usages a key of an algorithm may have: of its public half, or of the whole; and of its private half.
  const uses = {
    'RSASSA-PKCS1-v1_5': [['verify'], ['sign']],
    'RSA-PSS': [['verify'], ['sign']],
    'RSA-OAEP': [['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey']],
    ECDSA: [['verify'], ['sign']],
    Ed25519: [['verify'], ['sign']],
    ECDH: [[], ['deriveKey', 'deriveBits']],
    X25519: [[], ['deriveKey', 'deriveBits']],
    HMAC: [['sign', 'verify']],
    'AES-KW': [['wrapKey', 'unwrapKey']],
    HKDF: [['deriveKey', 'deriveBits']],
    PBKDF2: [['deriveKey', 'deriveBits']],
  };
  const aes = [['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']];
  const usesOf = (name) => uses[name] ?? aes;
  const family = (name) => (name.startsWith('AES') ? 'AES' : name.startsWith('RSA') ? 'RSA' : name);
  const article = (name) => (/^(?:AES|RSA|EC|HMAC|HKDF)/.test(name) ? 'an' : 'a');
  function check(usages, allowed, name) {
    if (usages.some((one) => !allowed.includes(one))) {
      const shown = family(name);
      throw fail(`Unsupported key usage for ${article(shown)} ${shown} key`, 'SyntaxError');
    }
  }
  const curves = ['P-256', 'P-384', 'P-521'];
  const blocks = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

  function aesLength(length) {
    if (![128, 192, 256].includes(length)) throw fail('AES key length must be 128, 192, or 256 bits', 'OperationError');
    return length;
  }
  // Bits of a key that is to be derived.
  exports.lengthOf = function (asked) {
    if (asked.name.startsWith('AES')) return aesLength(asked.length);
    if (asked.name !== 'HMAC') return null;
    if (asked.length === undefined) return blocks[asked.hash.name];
    if (asked.length === 0) throw fail('HmacImportParams.length cannot be 0', 'OperationError');
    return asked.length;
  };

  // --- generation ---
  exports.generate = async function (asked, extractable, usages) {
    const { name } = asked;
    const [publicUses, privateUses] = usesOf(name);
    check(usages, [...publicUses, ...(privateUses ?? [])], name);
    const random = (bits) => keyObjects.secret(require('internal/crypto_random').randomBytes(Math.ceil(bits / 8)));
    if (name.startsWith('AES')) {
      const length = aesLength(asked.length);
      return make(random(length), { name, length }, usages, extractable);
    }
    if (name === 'HMAC') {
      const length = asked.length ?? blocks[asked.hash.name];
      if (length === 0) throw fail('Zero-length key is not supported', 'OperationError');
      return make(random(length), { name, length, hash: { name: asked.hash.name } }, usages, extractable);
    }
    const algorithm = { name };
    let start;
    if (name.startsWith('RSA')) {
      Object.assign(algorithm, { modulusLength: asked.modulusLength, publicExponent: asked.publicExponent, hash: { name: asked.hash.name } });
      const exponent = Buffer.from(asked.publicExponent).readUIntBE(0, Math.min(6, asked.publicExponent.length));
      if (exponent < 3 || exponent % 2 === 0 || asked.modulusLength < 512 || asked.modulusLength > 16384) throw fail('The operation failed for an operation-specific reason', 'OperationError');
      start = (later) => native.generate('rsa', `${asked.modulusLength}`, asked.publicExponent, later);
    } else if (name.startsWith('EC')) {
      if (!curves.includes(asked.namedCurve)) throw fail('Unrecognized namedCurve', 'NotSupportedError');
      algorithm.namedCurve = asked.namedCurve;
      start = (later) => native.generate('ec', asked.namedCurve, none, later);
    } else start = (later) => native.generate(name.toLowerCase(), '', none, later);
    const handle = await promised(start);
    return {
      publicKey: make(keyObjects.asymmetric(native.public(handle)), algorithm, usages.filter((one) => publicUses.includes(one)), true),
      privateKey: make(keyObjects.asymmetric(handle), algorithm, usages.filter((one) => privateUses.includes(one)), extractable),
    };
  };

  // --- import ---
  function jwkSecret(jwk, asked, extractable, usages, use) {
    if (jwk.kty !== 'oct') throw fail('Invalid JWK "kty" Parameter', 'DataError');
    jwkChecks(jwk, extractable, usages, use);
    if (typeof jwk.k !== 'string') throw fail('Invalid keyData', 'DataError');
    return Buffer.from(jwk.k, 'base64url');
  }
  function jwkChecks(jwk, extractable, usages, use) {
    if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw fail('Invalid JWK "use" Parameter', 'DataError');
    if (jwk.key_ops !== undefined) {
      const operations = [...jwk.key_ops];
      if (new OwnSet(operations).size !== operations.length) throw fail('Duplicate key operation', 'DataError');
      if (usages.some((one) => !operations.includes(one))) throw fail('Key operations and usage mismatch', 'DataError');
    }
    if (jwk.ext !== undefined && jwk.ext === false && extractable) throw fail('JWK "ext" Parameter and extractable mismatch', 'DataError');
  }
  const mismatch = () => fail('JWK "alg" does not match the requested algorithm', 'DataError');
  const jwkHashes = {
    HMAC: (hash) => `HS${hash === 'sha1' ? '1' : hash.slice(3)}`,
    'RSASSA-PKCS1-v1_5': (hash) => `RS${hash === 'sha1' ? '1' : hash.slice(3)}`,
    'RSA-PSS': (hash) => `PS${hash === 'sha1' ? '1' : hash.slice(3)}`,
    'RSA-OAEP': (hash) => (hash === 'sha1' ? 'RSA-OAEP' : `RSA-OAEP-${hash.slice(3)}`),
  };
  const jwkAes = (name, bits) => `A${bits}${name.slice(4)}`;

  function importSecret(form, data, asked, extractable, usages) {
    const { name } = asked;
    check(usages, usesOf(name)[0], name);
    if (name === 'HKDF' || name === 'PBKDF2') {
      if (extractable) throw fail(`${name} keys are not extractable`, 'SyntaxError');
      if (form !== 'raw') throw fail(`Unable to import ${name} key with format ${form}`, 'NotSupportedError');
      return make(keyObjects.secret(data), { name }, usages, false);
    }
    if (form !== 'raw' && form !== 'jwk') throw fail(`Unable to import ${family(name)} key with format ${form}`, 'NotSupportedError');
    const bytes = form === 'jwk' ? jwkSecret(data, asked, extractable, usages, name === 'HMAC' ? 'sig' : 'enc') : data;
    if (name === 'HMAC') {
      if (form === 'jwk' && data.alg !== undefined && data.alg !== jwkHashes.HMAC(hashName(asked.hash))) throw mismatch();
      if (bytes.byteLength === 0) throw fail('Zero-length key is not supported', 'DataError');
      const length = bytes.byteLength * 8;
      if (asked.length !== undefined && asked.length !== length) throw fail('Invalid key length', 'DataError');
      return make(keyObjects.secret(bytes), { name, length, hash: { name: asked.hash.name } }, usages, extractable);
    }
    const length = bytes.byteLength * 8;
    if (![128, 192, 256].includes(length)) throw fail('Invalid key length', 'DataError');
    if (form === 'jwk' && data.alg !== undefined && data.alg !== jwkAes(name, length)) throw mismatch();
    return make(keyObjects.secret(bytes), { name, length }, usages, extractable);
  }

  const invalid = (cause) => fail('Invalid keyData', 'DataError', cause);
  function importAsymmetric(form, data, asked, extractable, usages) {
    const { name } = asked;
    const [publicUses, privateUses] = usesOf(name);
    const rsa = name.startsWith('RSA');
    const ec = name.startsWith('EC');
    if (ec && !curves.includes(asked.namedCurve)) throw fail('Unrecognized namedCurve', 'NotSupportedError');
    const isPrivate = form === 'pkcs8' || (form === 'jwk' && data.d !== undefined);
    let handle;
    if (form === 'spki' || form === 'pkcs8') {
      check(usages, isPrivate ? privateUses : publicUses, name);
      try {
        handle = native.parse(form, data);
      } catch (cause) {
        throw invalid(cause);
      }
    } else if (form === 'jwk') {
      const kty = rsa ? 'RSA' : ec ? 'EC' : 'OKP';
      if (data.kty !== kty) throw fail('Invalid JWK "kty" Parameter', 'DataError');
      check(usages, isPrivate ? privateUses : publicUses, name);
      jwkChecks(data, extractable, usages, name === 'RSA-OAEP' || name === 'ECDH' || name === 'X25519' ? 'enc' : 'sig');
      if (!rsa && data.crv !== (ec ? asked.namedCurve : name)) throw fail(ec ? 'JWK "crv" does not match the requested algorithm' : 'Subtype mismatch', 'DataError');
      if (rsa && data.alg !== undefined && data.alg !== jwkHashes[name](hashName(asked.hash))) throw mismatch();
      if (name === 'ECDSA' && data.alg !== undefined && data.alg !== { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[asked.namedCurve]) throw mismatch();
      try {
        handle = keyObjects.insideOf(isPrivate ? keyObjects.createPrivateKey({ key: data, format: 'jwk' }) : keyObjects.createPublicKey({ key: data, format: 'jwk' })).handle;
      } catch (cause) {
        throw invalid(cause);
      }
    } else {
      if (rsa) throw fail('Unable to import RSA key with format raw', 'NotSupportedError');
      check(usages, publicUses, name);
      if (!ec && data.byteLength !== 32) throw fail(`${name} raw keys must be exactly 32-bytes`, 'DataError');
      handle = ec ? native.ec(asked.namedCurve, data) : native.okp(name, data, false);
      if (handle === undefined || handle === null) throw invalid();
    }
    const details = native.details(handle);
    const kind = rsa ? 'rsa' : ec ? 'ec' : name.toLowerCase();
    if (details.kind !== kind) throw fail('Invalid key type', 'DataError');
    const algorithm = { name };
    if (rsa) Object.assign(algorithm, { modulusLength: details.modulusLength, publicExponent: new Uint8Array(details.publicExponent), hash: { name: asked.hash.name } });
    if (ec) {
      if (native.curve(details.namedCurve)[1] !== asked.namedCurve) throw fail('Named curve mismatch', 'DataError');
      algorithm.namedCurve = asked.namedCurve;
    }
    return make(keyObjects.asymmetric(handle), algorithm, usages, extractable);
  }

  exports.import = function (form, data, asked, extractable, usages) {
    const secret = usesOf(asked.name).length === 1;
    const made = secret ? importSecret(form, data, asked, extractable, usages) : importAsymmetric(form, data, asked, extractable, usages);
    if (made.type !== 'public' && made.usages.length === 0) throw fail(`Usages cannot be empty when importing a ${made.type} key.`, 'SyntaxError');
    return made;
  };

  // --- export ---
  exports.export = function (form, held) {
    const { object, algorithm, extractable, usages } = held;
    // The name with Exception is Node's.
    if (!extractable) throw fail('key is not extractable', 'InvalidAccessException');
    const unable = () => fail(`Unable to export a raw ${algorithm.name} ${object.type} key`, 'InvalidAccessError');
    if (form === 'jwk') {
      const jwk = { key_ops: usages, ext: extractable };
      if (object.type === 'secret') {
        Object.assign(jwk, object.export({ format: 'jwk' }));
        jwk.alg = algorithm.name === 'HMAC' ? jwkHashes.HMAC(hashName(algorithm.hash)) : jwkAes(algorithm.name, algorithm.length);
        return jwk;
      }
      Object.assign(jwk, keyObjects.exportJwk(object));
      if (algorithm.name.startsWith('RSA')) jwk.alg = jwkHashes[algorithm.name](hashName(algorithm.hash));
      if (algorithm.name === 'Ed25519') jwk.alg = 'EdDSA';
      return jwk;
    }
    const inside = keyObjects.insideOf(object);
    if (form === 'raw') {
      if (object.type === 'secret') return new Uint8Array(inside.bytes);
      if (object.type !== 'public' || algorithm.name.startsWith('RSA')) throw unable();
      const fields = native.fields(inside.handle);
      if (fields.y === undefined) return fields.x;
      return Buffer.concat([Buffer.from([4]), fields.x, fields.y]);
    }
    if (object.type !== (form === 'spki' ? 'public' : 'private')) throw unable();
    return native.der(inside.handle, form);
  };
}
