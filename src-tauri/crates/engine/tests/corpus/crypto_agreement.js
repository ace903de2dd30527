const crypto = require('crypto');
const { promisify } = require('util');
const tell = (run) => { try { const made = run(); return Buffer.isBuffer(made) ? made.toString('hex') : made; } catch (error) { return `${error.name} ${error.code} ${error.message}`; } };
const show = (name, run) => console.log(name, tell(run));
exports.handler = async () => {
  for (const name of ['modp1', 'modp2', 'modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18', 'nope']) show(name, () => { const group = crypto.getDiffieHellman(name); return `${group.getPrime('hex')} ${group.getGenerator('hex')} ${group.verifyError}`; });
  const one = crypto.getDiffieHellman('modp14'); const other = crypto.createDiffieHellmanGroup('modp14');
  show('none', () => one.getPublicKey()); show('none', () => one.getPrivateKey());
  one.generateKeys(); other.generateKeys('hex'); console.log(one.getPublicKey().length, one.computeSecret(other.getPublicKey()).equals(other.computeSecret(one.getPublicKey('base64'), 'base64')));
  for (const bad of [Buffer.from([1]), Buffer.alloc(0), one.getPrime()]) show('bad', () => one.computeSecret(bad));
  const prime = crypto.getDiffieHellman('modp5').getPrime(); const set = crypto.createDiffieHellman(prime, 2); set.setPrivateKey(Buffer.from('0123456789abcdef', 'hex')); show('set', () => [set.computeSecret(Buffer.from([5]), null, 'hex'), set.getPrivateKey('hex'), set.getGenerator('hex'), set.verifyError]); set.generateKeys(); show('public', () => set.getPublicKey('hex'));
  for (const args of [[1], [64], [{}], ['17', 'hex', 5], [prime.toString('base64'), 'base64', Buffer.from([5])]]) show('made', () => { const made = crypto.createDiffieHellman(...args); return [made.getPrime().length, made.getGenerator('hex')]; });
  show('primes', () => [crypto.checkPrimeSync(7n), crypto.checkPrimeSync(Buffer.from([9])), crypto.checkPrimeSync(2n ** 521n - 1n), crypto.checkPrimeSync(2n ** 521n + 1n), crypto.generatePrimeSync(32).byteLength, typeof crypto.generatePrimeSync(32, { bigint: true }), crypto.generatePrimeSync(40, { bigint: true, add: 30n, rem: 7n }) % 30n]);
  console.log((await promisify(crypto.generatePrime)(64, { safe: true })).byteLength, await promisify(crypto.checkPrime)(97n));
  for (const wrong of [() => crypto.generatePrimeSync(0), () => crypto.generatePrimeSync(8, { add: 'x' }), () => crypto.checkPrimeSync('x'), () => crypto.checkPrimeSync(-1n), () => crypto.generatePrimeSync(8, { add: 1n << 20n }), () => crypto.generatePrime(8), () => crypto.generatePrimeSync(2 ** 31), () => crypto.generatePrimeSync(8, { add: 5n, rem: 7n }), () => crypto.generatePrimeSync(8, { safe: 5 })]) show('wrong', wrong);
  for (const curve of ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1']) {
    const a = crypto.createECDH(curve); const b = crypto.createECDH(curve); a.generateKeys(); b.generateKeys('hex', 'compressed');
    console.log(curve, a.getPublicKey().length, b.getPublicKey('hex', 'compressed').length, a.computeSecret(b.getPublicKey(null, 'compressed')).equals(b.computeSecret(a.getPublicKey('hex', 'hybrid'), 'hex')));
    a.setPrivateKey('0102', 'hex'); show('fixed', () => [a.getPublicKey('hex'), a.getPublicKey('base64', 'compressed'), a.getPublicKey('hex', 'hybrid'), a.getPrivateKey('hex'), crypto.ECDH.convertKey(a.getPublicKey(), curve, undefined, 'hex', 'compressed')]);
    show('self', () => a.computeSecret(a.getPublicKey(), null, 'hex'));
  }
  const ecdh = crypto.createECDH('prime256v1');
  for (const wrong of [() => crypto.createECDH('nope'), () => crypto.createECDH(5), () => ecdh.computeSecret(Buffer.from('x')), () => ecdh.getPublicKey(), () => ecdh.getPrivateKey(), () => ecdh.setPrivateKey('00', 'hex'), () => ecdh.setPublicKey(Buffer.from('x')), () => { ecdh.generateKeys(); return ecdh.computeSecret(Buffer.from('x')); }, () => ecdh.getPublicKey('hex', 'x'), () => crypto.ECDH.convertKey(Buffer.from('x'), 'prime256v1'), () => crypto.ECDH.convertKey(Buffer.from('x'), 'x')]) show('wrong', wrong);
  const pair = (kind, options) => crypto.generateKeyPairSync(kind, options); const x1 = pair('x25519'), x2 = pair('x25519'), p1 = pair('ec', { namedCurve: 'P-256' }), p2 = pair('ec', { namedCurve: 'P-256' }), p3 = pair('ec', { namedCurve: 'P-384' });
  show('x25519', () => crypto.diffieHellman({ privateKey: x1.privateKey, publicKey: x2.publicKey }).equals(crypto.diffieHellman({ privateKey: x2.privateKey, publicKey: x1.publicKey }))); show('ec', () => crypto.diffieHellman({ privateKey: p1.privateKey, publicKey: p2.publicKey }).equals(crypto.diffieHellman({ privateKey: p2.privateKey, publicKey: p1.publicKey })));
  for (const [privateKey, publicKey] of [[x1.privateKey, p1.publicKey], [p1.privateKey, p3.publicKey], [p1.publicKey, p1.publicKey], [undefined, p1.publicKey], [p1.privateKey, undefined], [p1.privateKey, crypto.createSecretKey('a', 'utf8')]]) show('wrong', () => crypto.diffieHellman({ privateKey, publicKey }));
  return null;
};
