const crypto = require('crypto');
const message = (run) => { try { return run(); } catch (error) { return `${error.name} ${error.code}`; } };
exports.handler = async () => {
  for (const name of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'SHA256', 'RSA-SHA256', 'sha512-256']) {
    console.log(name, crypto.createHash(name).update('hello').digest('hex'));
    console.log(name, crypto.createHmac(name, 'key').update('hel').update(Buffer.from('lo')).digest('base64'));
  }
  console.log(crypto.createHash('sha256').update('ä', 'latin1').digest('base64url'), crypto.createHash('md5').update('').digest().length);
  const h = crypto.createHash('sha256').update('a'); const copy = h.copy(); copy.update('b'); console.log(h.digest('hex'), copy.digest('hex'), message(() => h.update('x')), message(() => h.digest()));
  console.log(message(() => crypto.createHash('nope')), message(() => crypto.createHash('sha256').update(5)), message(() => crypto.createHmac('sha256')));
  console.log(crypto.randomBytes(16).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()), crypto.randomUUID() !== crypto.randomUUID());
  console.log(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b')), message(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))), message(() => crypto.timingSafeEqual('a', 'a')));
  const n = crypto.randomInt(10); console.log(n >= 0 && n < 10, crypto.randomInt(5, 6), globalThis.crypto === crypto.webcrypto, globalThis.crypto.getRandomValues(new Uint8Array(4)).length);
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode('hello')); console.log(Buffer.from(digest).toString('hex'));
  await new Promise((done) => crypto.randomBytes(4, (error, bytes) => { console.log(error, bytes.length); done(); }));
  console.log(typeof globalThis.crypto.randomUUID(), crypto.getHashes().includes('sha256'), Buffer.isBuffer(crypto.createHash('sha1').digest()));
  return null;
};
