// TextEncoder and TextDecoder.
export default function (exports, require, _module, internal) {
  const text = internal.group('text');
  const { coded } = require('internal/errors');

  class TextEncoder {
    get encoding() {
      return 'utf-8';
    }
    encode(input = '') {
      return text.utf8(`${input}`);
    }
    encodeInto(source, target) {
      let read = 0;
      let written = 0;
      for (const letter of `${source}`) {
        const bytes = text.utf8(letter);
        if (written + bytes.length > target.length) break;
        target.set(bytes, written);
        written += bytes.length;
        read += letter.length;
      }
      return { read, written };
    }
    get [Symbol.toStringTag]() {
      return 'TextEncoder';
    }
  }

  function view(input) {
    if (input === undefined) return new Uint8Array(0);
    if (input instanceof ArrayBuffer || input instanceof SharedArrayBuffer) return new Uint8Array(input);
    if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    throw require('internal/errors').typeError('list', 'an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView', input);
  }
  exports.view = view;

  // How many bytes at the end are the beginning of a character still to come.
  function incomplete(bytes, encoding) {
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      let rest = bytes.length % 2;
      const last = bytes.length - rest;
      if (last >= 2) {
        const high = encoding === 'utf-16le' ? bytes[last - 1] : bytes[last - 2];
        if (high >= 0xd8 && high <= 0xdb) rest += 2;
      }
      return rest;
    }
    if (encoding !== 'utf-8') return 0;
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back];
      if (byte >= 0xc0) {
        const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return length > back ? back : 0;
      }
      if (byte < 0x80) return 0;
    }
    return 0;
  }
  exports.incomplete = incomplete;

  class TextDecoder {
    #encoding;
    #fatal;
    #ignoreBOM;
    #rest = new Uint8Array(0);
    #begun = false;
    constructor(label = 'utf-8', options = {}) {
      const encoding = text.label(`${label}`);
      if (encoding === undefined || encoding === null || encoding === 'replacement') {
        throw coded(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
      }
      this.#encoding = encoding;
      this.#fatal = Boolean(options?.fatal);
      this.#ignoreBOM = Boolean(options?.ignoreBOM);
    }
    get encoding() {
      return this.#encoding;
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#ignoreBOM;
    }
    decode(input, options) {
      let bytes = view(input);
      if (this.#rest.length > 0) {
        const joined = new Uint8Array(this.#rest.length + bytes.length);
        joined.set(this.#rest);
        joined.set(bytes, this.#rest.length);
        bytes = joined;
        this.#rest = new Uint8Array(0);
      }
      if (options?.stream) {
        const rest = incomplete(bytes, this.#encoding);
        this.#rest = bytes.slice(bytes.length - rest);
        bytes = bytes.subarray(0, bytes.length - rest);
      }
      try {
        const result = text.decodeLabel(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), this.#encoding, this.#fatal, this.#ignoreBOM || this.#begun);
        this.#begun = Boolean(options?.stream) && (this.#begun || bytes.length > 0);
        return result;
      } catch (error) {
        this.#begun = false;
        throw coded(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', error.message);
      }
    }
    get [Symbol.toStringTag]() {
      return 'TextDecoder';
    }
  }

  exports.TextEncoder = TextEncoder;
  exports.TextDecoder = TextDecoder;

  exports.btoa = function btoa(input) {
    input = `${input}`;
    for (let index = 0; index < input.length; index++) {
      if (input.charCodeAt(index) > 255) throw new DOMException('Invalid character', 'InvalidCharacterError');
    }
    const bytes = text.encode(input, 'latin1');
    return text.decode(bytes, 0, bytes.length, 'base64');
  };
  exports.atob = function atob(input) {
    input = `${input}`.replace(/[\t\n\f\r ]/g, '');
    if (input.length % 4 === 0) input = input.replace(/==?$/, '');
    if (input.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(input)) throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
    const bytes = text.encode(input, 'base64');
    return text.decode(bytes, 0, bytes.length, 'latin1');
  };
}
