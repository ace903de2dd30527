// PEM: its frame, and the older form of sealing a key in it (RFC 1421).
export default function (exports, require) {
  const { Buffer } = require('buffer');

  // The first block of a kind that is wanted: {label, headers, bytes}; undefined = there is none.
  exports.read = function (text, wanted) {
    const blocks = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)-----END \1-----/g;
    for (let found; (found = blocks.exec(text)) !== null; ) {
      if (!wanted.includes(found[1])) continue;
      const headers = {};
      const lines = found[2].split(/\r?\n/);
      while (lines.length > 0) {
        const head = /^([A-Za-z-]+): *(.*)$/.exec(lines[0]);
        if (head === null) break;
        headers[head[1].toLowerCase()] = head[2];
        lines.shift();
      }
      const body = lines.join('').replace(/\s+/g, '');
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) continue;
      return { label: found[1], headers, bytes: Buffer.from(body, 'base64') };
    }
    return undefined;
  };

  exports.write = function (label, bytes, headers = '') {
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64').replace(/.{1,64}/g, '$&\n');
    return `-----BEGIN ${label}-----\n${headers}${body}-----END ${label}-----\n`;
  };

  // The key that OpenSSL makes of a password: MD5 over and over, with the first bytes of the vector as salt.
  function stretch(password, salt, size) {
    const { createHash } = require('internal/crypto_hash');
    let last = Buffer.alloc(0);
    const parts = [];
    for (let have = 0; have < size; have += last.length) {
      last = createHash('md5').update(last).update(password).update(salt).digest();
      parts.push(last);
    }
    return Buffer.concat(parts).subarray(0, size);
  }
  function ciphered(name, password, iv, bytes, make) {
    const { getCipherInfo } = require('internal/crypto_cipher');
    const info = getCipherInfo(name);
    if (info === undefined || (info.mode !== 'cbc' && info.mode !== 'ecb')) throw require('internal/errors').coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    const cipher = make(name, stretch(password, iv.subarray(0, 8), info.keyLength), iv);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  }
  exports.unseal = function (block, password) {
    const [name, iv] = (block.headers['dek-info'] ?? '').split(',');
    return ciphered(name.trim().toLowerCase(), password, Buffer.from(`${iv}`.trim(), 'hex'), block.bytes, require('internal/crypto_cipher').createDecipheriv);
  };
  exports.seal = function (label, bytes, name, password) {
    const { getCipherInfo, createCipheriv } = require('internal/crypto_cipher');
    const iv = require('internal/crypto_random').randomBytes(getCipherInfo(name)?.ivLength ?? 16);
    const sealed = ciphered(name, password, iv, bytes, createCipheriv);
    return exports.write(label, sealed, `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${name.toUpperCase()},${iv.toString('hex').toUpperCase()}\n\n`);
  };
}
