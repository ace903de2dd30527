const crypto = require('crypto');
const { certificates } = require('./keys.json');
const tell = (run) => { try { const made = run(); return Buffer.isBuffer(made) ? made.toString('hex') : made; } catch (error) { return `${error.name} ${error.code} ${error.message}`; } };
module.exports = () => {
  for (const [name, text] of Object.entries(certificates).filter(([name]) => name !== 'rsaKey')) {
    const made = new crypto.X509Certificate(text);
    console.log(name, made, made.ca, made.toString() === text, made.toJSON() === text, JSON.stringify(made) === JSON.stringify(text), made.issuerCertificate);
    console.log(made.publicKey.asymmetricKeyType, made.publicKey.equals(crypto.createPublicKey(text)), made.verify(made.publicKey), made.checkIssued(made), made.checkPrivateKey(crypto.createPrivateKey(certificates.rsaKey)), made.raw.equals(new crypto.X509Certificate(made.raw).raw));
    for (const host of ['example.com', 'EXAMPLE.com', 'a.example.org', 'b.a.example.org', 'example.org', 'nope', 'ec']) console.log(host, made.checkHost(host), made.checkHost(host, { wildcards: false }), made.checkHost(host, { subject: 'never' }));
    for (const ip of ['127.0.0.1', '::1', '0:0::1', '1.2.3.4']) console.log(ip, made.checkIP(ip));
    for (const email of ['x@y.z', 'x@Y.z', 'a@b.c']) console.log(email, made.checkEmail(email));
    console.log(made.toLegacyObject());
    console.log(crypto.verify('sha256', Buffer.from('x'), text, crypto.sign('sha256', Buffer.from('x'), certificates.rsaKey)));
  }
  for (const wrong of [() => new crypto.X509Certificate('x'), () => new crypto.X509Certificate(5), () => new crypto.X509Certificate(certificates.ec).checkIP('x'), () => new crypto.X509Certificate(certificates.ec).verify(5), () => new crypto.X509Certificate(certificates.ec).checkIssued(5), () => crypto.createPublicKey('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')]) console.log(tell(wrong));
};
