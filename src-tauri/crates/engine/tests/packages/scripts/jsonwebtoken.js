const jwt = require('jsonwebtoken');
const { generateKeyPairSync } = require('crypto');

module.exports = async () => {
  const out = {};
  const told = (work) => {
    try {
      return work();
    } catch (error) {
      return [error.name, error.message, error.expiredAt, error.date];
    }
  };
  for (const algorithm of ['HS256', 'HS384', 'HS512']) out[algorithm] = jwt.sign({ sub: '1', iat: 1700000000 }, 'secret', { algorithm });
  out.claims = jwt.verify(jwt.sign({ a: 1, iat: 1700000000 }, 'k', { audience: 'x', issuer: 'i', subject: 's', jwtid: 'j', expiresIn: '2h' }), 'k', { audience: 'x', issuer: 'i', clockTimestamp: 1700000100 });
  out.decoded = jwt.decode(out.HS256, { complete: true });
  out.wrong = told(() => jwt.verify(out.HS256, 'other'));
  out.expired = told(() => jwt.verify(jwt.sign({ iat: 1, exp: 2 }, 'k'), 'k'));
  out.early = told(() => jwt.verify(jwt.sign({ nbf: 4000000000, iat: 1 }, 'k'), 'k'));
  out.malformed = told(() => jwt.verify('a.b', 'k'));
  out.algorithm = told(() => jwt.verify(out.HS256, 'secret', { algorithms: ['RS256'] }));
  out.audience = told(() => jwt.verify(jwt.sign({ aud: 'a', iat: 1 }, 'k'), 'k', { audience: 'b' }));
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  for (const algorithm of ['RS256', 'PS256']) {
    const token = jwt.sign({ a: 1, iat: 1 }, rsa.privateKey, { algorithm, keyid: 'k1' });
    out[algorithm] = [jwt.verify(token, rsa.publicKey, { algorithms: [algorithm] }), jwt.decode(token, { complete: true }).header, told(() => jwt.verify(`${token.slice(0, -8)}AAAAAAAA`, rsa.publicKey))];
  }
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  out.ES256 = jwt.verify(jwt.sign({ b: 2, iat: 1 }, ec.privateKey, { algorithm: 'ES256' }), ec.publicKey);
  out.callback = await new Promise((resolve) => jwt.sign({ iat: 5 }, 'k', {}, (error, token) => resolve([error, token])));
  return out;
};
