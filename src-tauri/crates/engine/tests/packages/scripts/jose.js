const jose = require('jose');

module.exports = async () => {
  const out = {};
  const told = (promise) => promise.catch((error) => [error.name, error.code, error.message, error.claim]);
  const secret = new TextEncoder().encode('a secret of at least 32 characters');
  out.HS256 = await new jose.SignJWT({ a: 1 }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt(1700000000).setIssuer('i').setAudience('x').setExpirationTime(4000000000).sign(secret);
  out.verified = await jose.jwtVerify(out.HS256, secret, { issuer: 'i', audience: 'x' });
  out.wrong = await told(jose.jwtVerify(out.HS256, new TextEncoder().encode('another secret of 32 characters!!')));
  out.issuer = await told(jose.jwtVerify(out.HS256, secret, { issuer: 'other' }));
  out.header = jose.decodeProtectedHeader(out.HS256);
  out.claims = jose.decodeJwt(out.HS256);
  for (const algorithm of ['ES256', 'RS256', 'PS256', 'EdDSA']) {
    const { publicKey, privateKey } = await jose.generateKeyPair(algorithm, { extractable: true });
    const token = await new jose.SignJWT({ alg: algorithm }).setProtectedHeader({ alg: algorithm }).sign(privateKey);
    const jwk = await jose.exportJWK(publicKey);
    const imported = await jose.importJWK(jwk, algorithm);
    const pem = await jose.exportPKCS8(privateKey);
    out[algorithm] = [(await jose.jwtVerify(token, imported)).payload, Object.keys(jwk).sort(), pem.split('\n')[0], (await jose.jwtVerify(await new jose.SignJWT({ again: 1 }).setProtectedHeader({ alg: algorithm }).sign(await jose.importPKCS8(pem, algorithm)), publicKey)).payload];
  }
  const token = await new jose.EncryptJWT({ hidden: true }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(secret.slice(0, 32));
  out.decrypted = (await jose.jwtDecrypt(token, secret.slice(0, 32))).payload;
  out.thumbprint = await jose.calculateJwkThumbprint({ kty: 'oct', k: 'AAAA' });
  const set = jose.createLocalJWKSet({ keys: [{ kty: 'oct', k: jose.base64url.encode(secret), kid: 'one', alg: 'HS256' }] });
  out.noKey = await told(jose.jwtVerify(out.HS256, set, { algorithms: ['RS256'] }));
  return out;
};
