export default function (exports, require) {
  const { Buffer, encodingName } = require('buffer');
  const { incomplete } = require('internal/encoding');

  function StringDecoder(encoding) {
    const name = encoding === undefined || encoding === null ? 'utf8' : encodingName(encoding);
    if (name === undefined) throw require('internal/errors').coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
    this.encoding = name;
    Object.defineProperty(this, 'rest', { value: Buffer.alloc(0), writable: true });
  }
  StringDecoder.prototype.write = function (chunk) {
    if (typeof chunk === 'string') return chunk;
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.rest.length > 0) bytes = Buffer.concat([this.rest, bytes]);
    let back = 0;
    if (this.encoding === 'utf8') back = incomplete(bytes, 'utf-8');
    else if (this.encoding === 'utf16le') back = incomplete(bytes, 'utf-16le');
    else if (this.encoding === 'base64' || this.encoding === 'base64url') back = bytes.length % 3;
    this.rest = Buffer.from(bytes.subarray(bytes.length - back));
    return bytes.toString(this.encoding, 0, bytes.length - back);
  };
  StringDecoder.prototype.end = function (chunk) {
    let text = chunk === undefined ? '' : this.write(chunk);
    if (this.rest.length > 0) {
      text += this.encoding === 'utf8' ? '\ufffd' : this.rest.toString(this.encoding);
      this.rest = Buffer.alloc(0);
    }
    return text;
  };
  StringDecoder.prototype.text = function (bytes, offset) {
    this.rest = Buffer.alloc(0);
    return this.write(bytes.slice(offset));
  };
  // What is held back, as Node shows it: the bytes, how many are missing, and how many they will be.
  const sizeOf = (decoder) => {
    if (decoder.rest.length === 0) return 0;
    if (decoder.encoding === 'utf8') return decoder.rest[0] >= 0xf0 ? 4 : decoder.rest[0] >= 0xe0 ? 3 : 2;
    if (decoder.encoding === 'utf16le') return decoder.rest.length > 2 || (decoder.rest.length === 2 && (decoder.rest[1] & 0xfc) === 0xd8) ? 4 : 2;
    return 3;
  };
  Object.defineProperties(StringDecoder.prototype, {
    lastChar: { get() { return Buffer.concat([this.rest, Buffer.alloc(4)], 4); }, enumerable: true, configurable: true },
    lastNeed: { get() { return sizeOf(this) - this.rest.length; }, enumerable: true, configurable: true },
    lastTotal: { get() { return sizeOf(this); }, enumerable: true, configurable: true },
  });
  exports.StringDecoder = StringDecoder;
}
