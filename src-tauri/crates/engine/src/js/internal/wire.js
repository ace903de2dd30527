// V8's serialization format, version 15: tags, then values.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const { Buffer } = require('buffer');
  const version = 15;
  const views = () => [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, DataView, Buffer, BigInt64Array, BigUint64Array];
  const viewTags = { Int8Array: 'b', Uint8Array: 'B', Uint8ClampedArray: 'C', Int16Array: 'w', Uint16Array: 'W', Int32Array: 'd', Uint32Array: 'D', Float32Array: 'f', Float64Array: 'F', DataView: '?', BigInt64Array: 'q', BigUint64Array: 'Q' };
  const errors = { E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };
  const flagLetters = 'gimyusdv'; // by bit
  const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
  const code = (tag) => tag.charCodeAt(0);

  class Serializer {
    #bytes = new Uint8Array(64);
    #size = 0;
    #seen = new OwnMap();
    #transferred = new OwnMap();
    #viewsAsHost = false;
    #room(count) {
      if (this.#size + count <= this.#bytes.length) return;
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + count));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    #byte(value) {
      this.#room(1);
      this.#bytes[this.#size++] = value;
    }
    #tag(letter) {
      this.#byte(code(letter));
    }
    #varint(value) {
      while (value > 127) {
        this.#byte((value % 128) | 128);
        value = Math.floor(value / 128);
      }
      this.#byte(value);
    }
    #double(value) {
      this.#room(8);
      new DataView(this.#bytes.buffer).setFloat64(this.#size, value, true);
      this.#size += 8;
    }
    #bigint(value) {
      const negative = value < 0n;
      let rest = negative ? -value : value;
      const digits = [];
      while (rest > 0n) {
        digits.push(rest & 0xffffffffffffffffn);
        rest >>= 64n;
      }
      this.#varint(digits.length * 16 + (negative ? 1 : 0));
      for (const digit of digits) for (let shift = 0n; shift < 64n; shift += 8n) this.#byte(Number((digit >> shift) & 255n));
    }
    #text(text) {
      if (!/[^\u0000-\u00ff]/.test(text)) {
        this.#tag('"');
        this.#varint(text.length);
        this.#room(text.length);
        for (let index = 0; index < text.length; index++) this.#bytes[this.#size++] = text.charCodeAt(index);
        return;
      }
      let width = 1;
      for (let rest = text.length * 2; rest > 127; rest = Math.floor(rest / 128)) width++;
      if ((this.#size + 1 + width) % 2 === 1) this.#byte(0);
      this.#tag('c');
      this.#varint(text.length * 2);
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index);
        this.#byte(unit & 255);
        this.#byte(unit >> 8);
      }
    }
    #number(value) {
      if (Number.isInteger(value) && !Object.is(value, -0) && value >= -2147483648 && value <= 2147483647) {
        this.#tag('I');
        this.#varint(value >= 0 ? value * 2 : -value * 2 - 1);
      } else {
        this.#tag('N');
        this.#double(value);
      }
    }
    #members(object, keys) {
      let count = 0;
      for (const key of keys) {
        if (!Object.prototype.hasOwnProperty.call(object, key)) continue;
        if (/^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4294967295) this.#number(Number(key));
        else this.#text(key);
        this.writeValue(object[key]);
        count++;
      }
      return count;
    }
    #fail(value) {
      const text = typeof value === 'function' || typeof value === 'symbol' ? String(value) : `#<${value.constructor?.name ?? 'Object'}>`;
      const Failure = typeof this._getDataCloneError === 'function' ? this._getDataCloneError : Error;
      return new Failure(`${text} could not be cloned.`);
    }
    writeHeader() {
      this.#byte(255);
      this.#byte(version);
    }
    writeValue(value) {
      switch (typeof value) {
        case 'undefined':
          this.#tag('_');
          return true;
        case 'boolean':
          this.#tag(value ? 'T' : 'F');
          return true;
        case 'number':
          this.#number(value);
          return true;
        case 'bigint':
          this.#tag('Z');
          this.#bigint(value);
          return true;
        case 'string':
          this.#text(value);
          return true;
        case 'object':
          if (value === null) this.#tag('0');
          else this.#object(value);
          return true;
        default:
          throw this.#fail(value);
      }
    }
    #object(value) {
      if (this.#seen.has(value)) {
        this.#tag('^');
        this.#varint(this.#seen.get(value));
        return;
      }
      if (ArrayBuffer.isView(value) && !this.#viewsAsHost) {
        if (!this.#seen.has(value.buffer)) this.#object(value.buffer);
        this.#seen.set(value, this.#seen.size);
        this.#tag('V');
        this.#tag(viewTags[kindOf(value)]);
        for (const part of [value.byteOffset, value.byteLength, 0]) this.#varint(part);
        return;
      }
      this.#seen.set(value, this.#seen.size);
      if (Array.isArray(value)) return this.#array(value);
      if (ArrayBuffer.isView(value)) return this.#host(value);
      switch (kindOf(value)) {
        case 'Date':
          this.#tag('D');
          return this.#double(value.getTime());
        case 'Boolean':
          return this.#tag(value.valueOf() ? 'y' : 'x');
        case 'Number':
          this.#tag('n');
          return this.#double(value.valueOf());
        case 'BigInt':
          this.#tag('z');
          return this.#bigint(value.valueOf());
        case 'String':
          this.#tag('s');
          return this.#text(value.valueOf());
        case 'RegExp':
          this.#tag('R');
          this.#text(value.source);
          return this.#varint([...value.flags].reduce((bits, letter) => bits | (1 << flagLetters.indexOf(letter)), 0));
        case 'Map':
          this.#tag(';');
          for (const [key, item] of [...value]) {
            this.writeValue(key);
            this.writeValue(item);
          }
          this.#tag(':');
          return this.#varint(value.size * 2);
        case 'Set':
          this.#tag("'");
          for (const item of [...value]) this.writeValue(item);
          this.#tag(',');
          return this.#varint(value.size);
        case 'ArrayBuffer':
          if (this.#transferred.has(value)) {
            this.#tag('t');
            return this.#varint(this.#transferred.get(value));
          }
          this.#tag('B');
          this.#varint(value.byteLength);
          return this.writeRawBytes(new Uint8Array(value));
        case 'Error':
          return this.#error(value);
        case 'SharedArrayBuffer':
          if (typeof this._getSharedArrayBufferId !== 'function') throw this.#fail(value);
          this.#tag('u');
          return this.#varint(this._getSharedArrayBufferId(value));
        case 'Promise':
        case 'WeakMap':
        case 'WeakSet':
        case 'WeakRef':
        case 'Symbol':
        case 'Generator':
          throw this.#fail(value);
        default:
          this.#tag('o');
          {
            const count = this.#members(value, Object.keys(value));
            this.#tag('{');
            return this.#varint(count);
          }
      }
    }
    #array(value) {
      const { length } = value;
      let dense = true;
      for (let index = 0; index < length && dense; index++) dense = index in value;
      this.#tag(dense ? 'A' : 'a');
      this.#varint(length);
      if (dense) for (let index = 0; index < length; index++) this.writeValue(value[index]);
      const count = this.#members(value, Object.keys(value).filter((key) => !dense || !(Number(key) < length && /^\d+$/.test(key))));
      this.#tag(dense ? '$' : '@');
      this.#varint(count);
      this.#varint(length);
    }
    #error(value) {
      this.#tag('r');
      const letter = Object.keys(errors).find((one) => errors[one].name === value.name);
      if (letter !== undefined) this.#tag(letter);
      const message = Object.getOwnPropertyDescriptor(value, 'message');
      if (message !== undefined) {
        this.#tag('m');
        this.#text(String(message.value));
      }
      if (Object.prototype.hasOwnProperty.call(value, 'cause')) {
        this.#tag('c');
        this.writeValue(value.cause);
      }
      if (typeof value.stack === 'string') {
        this.#tag('s');
        this.#text(value.stack);
      }
      this.#tag('.');
    }
    #host(value) {
      this.#tag('\\');
      if (typeof this._writeHostObject !== 'function') throw this.#fail(value);
      this._writeHostObject(value);
    }
    writeUint32(value) {
      this.#varint(value);
    }
    writeUint64(high, low) {
      let whole = (BigInt(high) << 32n) | BigInt(low >>> 0);
      while (whole > 127n) {
        this.#byte(Number(whole & 127n) | 128);
        whole >>= 7n;
      }
      this.#byte(Number(whole));
    }
    writeDouble(value) {
      this.#double(value);
    }
    writeRawBytes(bytes) {
      const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.#room(view.length);
      this.#bytes.set(view, this.#size);
      this.#size += view.length;
    }
    transferArrayBuffer(id, buffer) {
      this.#transferred.set(buffer, id);
    }
    releaseBuffer() {
      const released = Buffer.from(this.#bytes.buffer, 0, this.#size);
      this.#bytes = new Uint8Array(64);
      this.#size = 0;
      return released;
    }
    _setTreatArrayBufferViewsAsHostObjects(value) {
      this.#viewsAsHost = Boolean(value);
    }
  }

  class Deserializer {
    #bytes;
    #at = 0;
    #version = 0;
    #made = [];
    #transferred = new OwnMap();
    constructor(bytes) {
      if (!ArrayBuffer.isView(bytes)) throw require('internal/errors').coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'buffer must be a TypedArray or a DataView');
      this.buffer = bytes;
      this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    #fail() {
      return new Error('Unable to deserialize cloned data.');
    }
    #byte() {
      if (this.#at >= this.#bytes.length) throw this.#fail();
      return this.#bytes[this.#at++];
    }
    #varint() {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = this.#byte();
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    }
    #double() {
      const { buffer, byteOffset } = this.#bytes;
      if (this.#at + 8 > this.#bytes.length) throw this.#fail();
      const value = new DataView(buffer, byteOffset).getFloat64(this.#at, true);
      this.#at += 8;
      return value;
    }
    #take(count) {
      if (this.#at + count > this.#bytes.length) throw this.#fail();
      this.#at += count;
      return this.#bytes.subarray(this.#at - count, this.#at);
    }
    #bigint() {
      const field = this.#varint();
      let value = 0n;
      const digits = this.#take(field >> 1);
      for (let index = digits.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(digits[index]);
      return field & 1 ? -value : value;
    }
    #tag() {
      let byte = this.#byte();
      while (byte === 0) byte = this.#byte();
      return String.fromCharCode(byte);
    }
    #keep(value) {
      this.#made.push(value);
      return value;
    }
    readHeader() {
      this.#version = this.#bytes[0] === 255 ? this.#bytes[1] : undefined;
      this.#at += 2;
      if (!(this.#version <= version)) throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
      return true;
    }
    getWireFormatVersion() {
      return this.#version;
    }
    readValue() {
      const value = this.#value(this.#tag());
      if (ArrayBuffer.isView(value) || !(value instanceof ArrayBuffer) || this.#at >= this.#bytes.length || this.#bytes[this.#at] !== code('V')) return value;
      this.#at++;
      const letter = this.#tag();
      const [offset, length] = [this.#varint(), this.#varint()];
      if (this.#version >= 14) this.#varint();
      const Kind = globalThis[Object.keys(viewTags).find((name) => viewTags[name] === letter)];
      if (Kind === undefined) throw this.#fail();
      return this.#keep(new Kind(value, offset, Kind === DataView ? length : length / Kind.BYTES_PER_ELEMENT));
    }
    #value(tag) {
      switch (tag) {
        case '_':
          return undefined;
        case '0':
          return null;
        case 'T':
          return true;
        case 'F':
          return false;
        case 'I': {
          const value = this.#varint();
          return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
        }
        case 'U':
          return this.#varint();
        case 'N':
          return this.#double();
        case 'Z':
          return this.#bigint();
        case '"': {
          const bytes = this.#take(this.#varint());
          return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
        }
        case 'c': {
          const bytes = this.#take(this.#varint());
          return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf16le');
        }
        case 'S': {
          const bytes = this.#take(this.#varint());
          return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
        }
        case '^': {
          const id = this.#varint();
          if (id >= this.#made.length) throw this.#fail();
          return this.#made[id];
        }
        case 'o': {
          const made = this.#keep({});
          this.#members(made, '{');
          this.#varint();
          return made;
        }
        case 'A': {
          const length = this.#varint();
          if (length > this.#bytes.length - this.#at) throw this.#fail();
          const made = this.#keep(new Array(length));
          for (let index = 0; index < length; index++) {
            const next = this.#tag();
            if (next !== '-') {
              this.#at--;
              made[index] = this.readValue();
            }
          }
          return this.#ended(made, '$');
        }
        case 'a':
          return this.#ended(this.#keep(new Array(this.#varint())), '@');
        case 'D':
          return this.#keep(new Date(this.#double()));
        case 'y':
          return this.#keep(Object(true));
        case 'x':
          return this.#keep(Object(false));
        case 'n':
          return this.#keep(Object(this.#double()));
        case 'z':
          return this.#keep(Object(this.#bigint()));
        case 's':
          return this.#keep(Object(this.#value(this.#tag())));
        case 'R': {
          const id = this.#made.push(undefined) - 1;
          const source = this.#value(this.#tag());
          const bits = this.#varint();
          return (this.#made[id] = new RegExp(source, [...flagLetters].filter((_, bit) => bits & (1 << bit)).join('')));
        }
        case ';': {
          const made = this.#keep(new Map());
          this.#until(':', () => made.set(this.readValue(), this.readValue()));
          this.#varint();
          return made;
        }
        case "'": {
          const made = this.#keep(new Set());
          this.#until(',', () => made.add(this.readValue()));
          this.#varint();
          return made;
        }
        case 'B':
          return this.#keep(this.#take(this.#varint()).slice().buffer);
        case 't': {
          const found = this.#transferred.get(this.#varint());
          if (found === undefined) throw this.#fail();
          return this.#keep(found);
        }
        case 'r':
          return this.#error();
        case '\\':
          if (typeof this._readHostObject !== 'function') throw this.#fail();
          {
            const id = this.#made.push(undefined) - 1;
            return (this.#made[id] = this._readHostObject());
          }
        default:
          throw this.#fail();
      }
    }
    #until(end, each) {
      while (this.#tag() !== end) {
        this.#at--;
        each();
      }
    }
    #members(object, end) {
      this.#until(end, () => {
        const key = this.readValue();
        const value = this.readValue();
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      });
    }
    #ended(made, end) {
      this.#members(made, end);
      this.#varint();
      this.#varint();
      return made;
    }
    #error() {
      const id = this.#made.push(undefined) - 1;
      const found = {};
      let Kind = Error;
      for (let tag = this.#tag(); tag !== '.'; tag = this.#tag()) {
        if (errors[tag] !== undefined) Kind = errors[tag];
        else if (tag === 'm') found.message = this.#value(this.#tag());
        else if (tag === 'c') found.cause = this.readValue();
        else if (tag === 's') found.stack = this.#value(this.#tag());
        else throw this.#fail();
      }
      const made = found.message === undefined ? new Kind() : new Kind(found.message);
      for (const key of ['cause', 'stack']) if (key in found) Object.defineProperty(made, key, { value: found[key], writable: true, enumerable: false, configurable: true });
      return (this.#made[id] = made);
    }
    readUint32() {
      return this.#varint();
    }
    readUint64() {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = this.#byte();
        value |= BigInt(byte & 127) << shift;
        if (byte < 128) return [Number(value >> 32n), Number(value & 0xffffffffn)];
      }
    }
    readDouble() {
      return this.#double();
    }
    _readRawBytes(length) {
      this.#take(length);
      return this.#at - length;
    }
    readRawBytes(length) {
      const bytes = this.#take(length);
      return Buffer.from(bytes.buffer, bytes.byteOffset, length);
    }
    transferArrayBuffer(id, buffer) {
      this.#transferred.set(id, buffer);
    }
  }

  class DefaultSerializer extends Serializer {
    constructor() {
      super();
      this._setTreatArrayBufferViewsAsHostObjects(true);
    }
    _writeHostObject(view) {
      const kinds = views();
      this.writeUint32(Buffer.isBuffer(view) ? 10 : kinds.findIndex((Kind) => Kind.name === kindOf(view)));
      this.writeUint32(view.byteLength);
      this.writeRawBytes(view);
    }
  }
  class DefaultDeserializer extends Deserializer {
    _readHostObject() {
      const Kind = views()[this.readUint32()];
      const bytes = this.readRawBytes(this.readUint32());
      if (Kind === Buffer) return Buffer.from(bytes);
      const { buffer } = new Uint8Array(bytes);
      return new Kind(buffer);
    }
  }
  Object.assign(exports, { Serializer, Deserializer, DefaultSerializer, DefaultDeserializer });
}
