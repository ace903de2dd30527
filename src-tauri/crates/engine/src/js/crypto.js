// node:crypto. Its parts are loaded when one of their names is first used.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const parts = {
    crypto_dh: 'createDiffieHellman createDiffieHellmanGroup createECDH diffieHellman getDiffieHellman DiffieHellman DiffieHellmanGroup ECDH getCurves checkPrime checkPrimeSync generatePrime generatePrimeSync',
    crypto_cipher: 'createCipheriv createDecipheriv getCiphers getCipherInfo Cipheriv Decipheriv',
    crypto_hash: 'createHash createHmac getHashes hash Hash Hmac',
    crypto_kdf: 'hkdf hkdfSync pbkdf2 pbkdf2Sync scrypt scryptSync',
    crypto_keys: 'createPrivateKey createPublicKey createSecretKey KeyObject',
    crypto_keygen: 'generateKeyPair generateKeyPairSync generateKey generateKeySync',
    crypto_random: 'randomBytes randomFill randomFillSync randomInt randomUUID timingSafeEqual',
    crypto_sign: 'createSign createVerify privateDecrypt privateEncrypt publicDecrypt publicEncrypt sign verify Sign Verify',
    crypto_x509: 'X509Certificate',
    crypto_constants: 'constants',
  };
  const from = new OwnMap();
  for (const [part, names] of Object.entries(parts)) for (const name of names.split(' ')) from.set(name, part);

  function lazy(name, make, enumerable = true) {
    const define = (value) => Object.defineProperty(exports, name, { value, writable: true, enumerable, configurable: true });
    Object.defineProperty(exports, name, {
      get() {
        const value = make();
        define(value);
        return value;
      },
      set: define,
      enumerable,
      configurable: true,
    });
  }
  const refuser = (name, why) => {
    const refused = {
      [name]() {
        throw require('internal/errors').refused(`crypto.${name}()`, why);
      },
    }[name];
    return () => refused;
  };

  // In Node's order.
  const order =
    'checkPrime checkPrimeSync createCipheriv createDecipheriv createDiffieHellman createDiffieHellmanGroup createECDH createHash createHmac createPrivateKey createPublicKey createSecretKey createSign createVerify diffieHellman generatePrime generatePrimeSync getCiphers getCipherInfo getCurves getDiffieHellman getHashes hkdf hkdfSync pbkdf2 pbkdf2Sync generateKeyPair generateKeyPairSync generateKey generateKeySync privateDecrypt privateEncrypt publicDecrypt publicEncrypt randomBytes randomFill randomFillSync randomInt randomUUID scrypt scryptSync sign setEngine timingSafeEqual getFips setFips verify hash Certificate Cipher Cipheriv Decipher Decipheriv DiffieHellman DiffieHellmanGroup ECDH Hash Hmac KeyObject Sign Verify X509Certificate secureHeapUsed constants webcrypto subtle getRandomValues';
  const others = {
    Certificate: refuser('Certificate', 'certificates of the SPKAC kind are not read'),
    Cipher: refuser('Cipher', 'it is deprecated and unsafe; use createCipheriv'),
    Decipher: refuser('Decipher', 'it is deprecated and unsafe; use createDecipheriv'),
    setEngine: refuser('setEngine', 'OpenSSL is not part of this runtime'),
    setFips: refuser('setFips', 'OpenSSL is not part of this runtime'),
    getFips: () =>
      function getFips() {
        return 0;
      },
    secureHeapUsed: () =>
      function secureHeapUsed() {
        return undefined;
      },
    webcrypto: () => require('internal/webcrypto').crypto,
    subtle: () => exports.webcrypto.subtle,
    getRandomValues: () =>
      function getRandomValues(array) {
        return exports.webcrypto.getRandomValues(array);
      },
  };
  for (const name of order.split(' ')) lazy(name, others[name] ?? (() => require(`internal/${from.get(name)}`)[name]));
  lazy('pseudoRandomBytes', () => exports.randomBytes, false);
  lazy('prng', () => exports.randomBytes, false);
  lazy('rng', () => exports.randomBytes, false);
  // Deprecated since Node 10, and gone in what comes after 20.
  for (const name of ['createCipher', 'createDecipher']) lazy(name, refuser(name, `it is deprecated and unsafe; use ${name}iv`), false);
}
