// X509Certificate.
export default function (exports, require, _module, internal) {
  const native = internal.group('x509');
  const { Buffer } = require('buffer');
  const { coded, typeError } = require('internal/errors');
  const { asBuffer, dataBytes, object, text } = require('internal/crypto_common');
  const keys = require('internal/crypto_keys');
  const pem = require('internal/crypto_pem');
  const { createHash } = require('internal/crypto_hash');
  const custom = Symbol.for('nodejs.util.inspect.custom');

  const attributes = { '2.5.4.3': 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.9': 'street', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.12': 'title', '2.5.4.13': 'description', '2.5.4.15': 'businessCategory', '2.5.4.17': 'postalCode', '2.5.4.41': 'name', '2.5.4.42': 'GN', '2.5.4.43': 'initials', '2.5.4.44': 'generationQualifier', '2.5.4.46': 'dnQualifier', '2.5.4.97': 'organizationIdentifier', '1.2.840.113549.1.9.1': 'emailAddress', '0.9.2342.19200300.100.1.1': 'UID', '0.9.2342.19200300.100.1.25': 'DC', '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL', '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST', '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC' };
  const methods = { '1.3.6.1.5.5.7.48.1': 'OCSP', '1.3.6.1.5.5.7.48.2': 'CA Issuers' };
  // As RFC 2253 has it.
  const escape = (value) => value.replace(/[,+"\\<>;]/g, '\\$&').replace(/^[ #]/, '\\$&').replace(/ $/, '\\ ').replace(/[\x00-\x1f\x7f]/g, (one) => `\\${one.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
  const lines = (names) => names.map(([oid, value]) => `${attributes[oid] ?? oid}=${escape(value)}`).join('\n');
  function plain(names) {
    const result = Object.create(null);
    for (const [oid, value] of names) {
      const name = attributes[oid] ?? oid;
      if (!(name in result)) result[name] = value;
      else if (Array.isArray(result[name])) result[name].push(value);
      else result[name] = [result[name], value];
    }
    return result;
  }
  // A name with a comma or a quote would look like two.
  const quoted = ([kind, value]) => (/[,"\\\x00-\x1f\x7f-\uffff]/.test(value) ? `${kind}:${JSON.stringify(value)}` : `${kind}:${value}`);
  function time(seconds) {
    const date = new Date(seconds * 1000);
    const two = (number) => String(number).padStart(2, '0');
    const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][date.getUTCMonth()];
    return `${month} ${String(date.getUTCDate()).padStart(2, ' ')} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${date.getUTCFullYear()} GMT`;
  }

  class X509Certificate {
    #read;
    #key;
    constructor(buffer) {
      let bytes = dataBytes(buffer, 'buffer', 'utf8');
      const given = asBuffer(bytes).toString('latin1');
      if (given.includes('-----BEGIN')) {
        const block = pem.read(given, ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
        if (block === undefined) throw X509Certificate.#noStart();
        bytes = block.bytes;
      } else if (bytes[0] !== 0x30) throw X509Certificate.#noStart();
      this.#read = native.read(bytes);
    }
    static #noStart() {
      return keys.openssl('0480006C', 'PEM routines', 'no start line', 'ERR_OSSL_PEM_NO_START_LINE');
    }
    get subject() {
      return lines(this.#read.subject) || undefined;
    }
    get subjectAltName() {
      return this.#read.altNames?.map(quoted).join(', ');
    }
    get issuer() {
      return lines(this.#read.issuer) || undefined;
    }
    get issuerCertificate() {
      return undefined;
    }
    get infoAccess() {
      return this.#read.access?.map(([oid, ...name]) => `${methods[oid] ?? oid} - ${quoted(name)}`).join('\n');
    }
    get validFrom() {
      return time(this.#read.from);
    }
    get validTo() {
      return time(this.#read.to);
    }
    #print(hash) {
      return createHash(hash).update(this.#read.der).digest('hex').toUpperCase().match(/../g).join(':');
    }
    get fingerprint() {
      return this.#print('sha1');
    }
    get fingerprint256() {
      return this.#print('sha256');
    }
    get fingerprint512() {
      return this.#print('sha512');
    }
    get keyUsage() {
      return this.#read.usages?.slice();
    }
    get serialNumber() {
      return this.#read.serial.replace(/^(?:00)+(?=..)/, '');
    }
    get raw() {
      return Buffer.from(this.#read.der);
    }
    get publicKey() {
      if (this.#key === undefined) {
        if (this.#read.key === undefined) throw keys.openssl('03000072', 'digital envelope routines', 'decode error', 'ERR_OSSL_EVP_DECODE_ERROR');
        this.#key = keys.asymmetric(this.#read.key);
      }
      return this.#key;
    }
    toString() {
      return pem.write('CERTIFICATE', this.#read.der);
    }
    toJSON() {
      return this.toString();
    }
    get ca() {
      return this.#read.ca;
    }
    #names(kind) {
      return (this.#read.altNames ?? []).filter(([one]) => one === kind).map(([, value]) => value);
    }
    #common(oid, wanted) {
      return wanted.length > 0 ? [] : this.#read.subject.filter(([one]) => one === oid).map(([, value]) => value);
    }
    checkHost(name, options) {
      text(name, 'name');
      if (options !== undefined) object(options, 'options');
      const alternatives = this.#names('DNS');
      const subject = options?.subject ?? 'default';
      const candidates = subject === 'never' ? alternatives : subject === 'always' ? [...alternatives, ...this.#common('2.5.4.3', [])] : [...alternatives, ...this.#common('2.5.4.3', alternatives)];
      return candidates.find((pattern) => fits(pattern.toLowerCase(), name.toLowerCase(), options?.wildcards !== false));
    }
    checkEmail(email, options) {
      text(email, 'email');
      if (options !== undefined) object(options, 'options');
      const alternatives = this.#names('email');
      // The part before the sign is told apart by case, the other is not.
      const even = (one) => one.replace(/@.*$/, (host) => host.toLowerCase());
      return [...alternatives, ...this.#common('1.2.840.113549.1.9.1', alternatives)].find((one) => even(one) === even(email)) === undefined ? undefined : email;
    }
    checkIP(ip) {
      text(ip, 'ip');
      const net = require('net');
      if (!net.isIP(ip)) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'Invalid IP');
      const even = (one) => (one.includes(':') ? new (require('internal/url').URL)(`http://[${one}]`).hostname : one);
      return this.#names('IP Address').some((one) => even(one) === even(ip)) ? ip : undefined;
    }
    checkIssued(otherCert) {
      if (!(otherCert instanceof X509Certificate)) throw typeError('otherCert', 'an instance of X509Certificate', otherCert);
      return asBuffer(this.#read.issuerDer).equals(otherCert.#read.subjectDer);
    }
    checkPrivateKey(pkey) {
      if (!keys.isKeyObject(pkey)) throw typeError('pkey', 'an instance of KeyObject', pkey);
      if (pkey.type !== 'private') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'pkey' is invalid. Received ${require('internal/inspect').inspect(pkey)}`);
      return this.publicKey.equals(keys.createPublicKey(pkey));
    }
    verify(pkey) {
      if (!keys.isKeyObject(pkey)) throw typeError('pkey', 'an instance of KeyObject', pkey);
      if (pkey.type !== 'public') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'pkey' is invalid. Received ${require('internal/inspect').inspect(pkey)}`);
      return native.verify(this.#read.der, keys.insideOf(pkey).handle);
    }
    toLegacyObject() {
      const result = { subject: plain(this.#read.subject), issuer: plain(this.#read.issuer) };
      if (this.#read.altNames !== undefined) result.subjectaltname = this.subjectAltName;
      if (this.#read.access !== undefined) {
        result.infoAccess = Object.create(null);
        for (const [oid, ...name] of this.#read.access) (result.infoAccess[`${methods[oid] ?? oid} - ${name[0]}`] ??= []).push(name[1]);
      }
      result.ca = this.ca;
      const details = this.publicKey.asymmetricKeyDetails;
      const jwk = this.publicKey.asymmetricKeyType === 'rsa' ? this.publicKey.export({ format: 'jwk' }) : undefined;
      if (jwk !== undefined) {
        result.modulus = Buffer.from(jwk.n, 'base64url').toString('hex').toUpperCase();
        result.bits = details.modulusLength;
        result.exponent = `0x${details.publicExponent.toString(16)}`;
        result.pubkey = this.publicKey.export({ type: 'spki', format: 'der' });
      } else if (details.namedCurve !== undefined) {
        result.bits = { prime256v1: 256, secp256k1: 256, secp384r1: 384, secp521r1: 521 }[details.namedCurve];
        const fields = this.publicKey.export({ format: 'jwk' });
        result.pubkey = Buffer.concat([Buffer.from([4]), Buffer.from(fields.x, 'base64url'), Buffer.from(fields.y, 'base64url')]);
        result.asn1Curve = details.namedCurve;
        if (fields.crv.startsWith('P-')) result.nistCurve = fields.crv;
      }
      Object.assign(result, { valid_from: this.validFrom, valid_to: this.validTo, fingerprint: this.fingerprint, fingerprint256: this.fingerprint256, fingerprint512: this.fingerprint512 });
      if (this.keyUsage !== undefined) result.ext_key_usage = this.keyUsage;
      return { ...result, serialNumber: this.serialNumber, raw: this.raw };
    }
    [custom](depth, options) {
      if (depth < 0) return this;
      const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
      const { subject, subjectAltName, issuer, infoAccess, validFrom, validTo, fingerprint, fingerprint256, fingerprint512, keyUsage, serialNumber } = this;
      return `X509Certificate ${require('internal/inspect').inspect({ subject, subjectAltName, issuer, infoAccess, validFrom, validTo, fingerprint, fingerprint256, fingerprint512, keyUsage, serialNumber }, inner)}`;
    }
  }
  // A star stands for one label, the first one.
  function fits(pattern, name, wildcards) {
    if (pattern === name) return true;
    if (!wildcards || !pattern.startsWith('*.') || pattern.split('.').length < 3) return false;
    const at = name.indexOf('.');
    return at > 0 && name.slice(at) === pattern.slice(1);
  }
  exports.X509Certificate = X509Certificate;
}
