const crypto = require('crypto');
const zlib = require('zlib');
const tell = (run) => { try { return run(); } catch (error) { return error.code; } };
exports.handler = async () => {
  console.log(['secp224r1', 'brainpoolP256r1', 'sect233k1'].map((curve) => tell(() => crypto.createECDH(curve).generateKeys().length)));
  console.log(['dsa', 'dh', 'ed448', 'x448'].map((kind) => tell(() => crypto.generateKeyPairSync(kind, { modulusLength: 1024, divisorLength: 160, group: 'modp5' }).publicKey.asymmetricKeyType)));
  console.log(tell(() => crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 }).publicKey.asymmetricKeyDetails));
  console.log(['aes-128-ocb', 'aes-128-xts', 'aria-128-cbc', 'camellia-128-cbc', 'sm4-cbc'].map((name) => tell(() => crypto.getCipherInfo(name)?.keyLength)), ['sm3'].map((name) => tell(() => crypto.createHash(name).update('x').digest('hex'))));
  console.log(zlib.deflateSync('which bytes are copied is for the compressor to say, copied is for the compressor').length, tell(() => { const stream = zlib.createDeflate({ level: 9 }); return typeof stream.params; }));
  return null;
};
