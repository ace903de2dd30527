const CryptoJS = require('crypto-js');
const sha256 = require('crypto-js/sha256');

module.exports = async () => {
  const key = CryptoJS.enc.Hex.parse('000102030405060708090a0b0c0d0e0f');
  const iv = CryptoJS.enc.Hex.parse('101112131415161718191a1b1c1d1e1f');
  const encrypted = CryptoJS.AES.encrypt('grüße', key, { iv }).toString();
  const salted = CryptoJS.AES.encrypt('text', 'password');
  return {
    hashes: ['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA3', 'RIPEMD160'].map((name) => CryptoJS[name]('message ä').toString()),
    hmac: CryptoJS.HmacSHA256('m', 'k').toString(CryptoJS.enc.Base64),
    pbkdf2: CryptoJS.PBKDF2('p', 'salt', { keySize: 8, iterations: 10 }).toString(),
    encrypted,
    decrypted: CryptoJS.AES.decrypt(encrypted, key, { iv }).toString(CryptoJS.enc.Utf8),
    salted: [salted.toString().startsWith('U2FsdGVkX1'), CryptoJS.AES.decrypt(salted.toString(), 'password').toString(CryptoJS.enc.Utf8)],
    modes: ['ECB', 'CTR', 'CFB', 'OFB'].map((mode) => CryptoJS.AES.encrypt('x', key, { iv, mode: CryptoJS.mode[mode] }).ciphertext.toString()),
    others: [CryptoJS.TripleDES.encrypt('x', key, { iv }).toString(), CryptoJS.RC4.encrypt('x', key).toString()],
    encodings: [CryptoJS.enc.Utf8.parse('ä').toString(), CryptoJS.enc.Base64.stringify(CryptoJS.enc.Utf8.parse('ä')), CryptoJS.lib.WordArray.random(16).sigBytes],
    single: sha256('x').toString(),
  };
};
