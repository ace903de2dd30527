export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const text = internal.group('text');
  const contents = new OwnWeakMap();

  function join(parts) {
    const pieces = [];
    for (const part of parts) {
      if (contents.has(part)) pieces.push(contents.get(part));
      else if (part instanceof ArrayBuffer) pieces.push(new Uint8Array(part));
      else if (ArrayBuffer.isView(part)) pieces.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
      else pieces.push(text.utf8(`${part}`));
    }
    const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  class Blob {
    #type;
    constructor(parts = [], options = {}) {
      if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function') throw require('internal/errors').typeError('sources', 'a sequence', parts);
      contents.set(this, join(parts));
      const type = `${options?.type ?? ''}`;
      this.#type = /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
    }
    get size() {
      return contents.get(this).length;
    }
    get type() {
      return this.#type;
    }
    async arrayBuffer() {
      return contents.get(this).slice().buffer;
    }
    async bytes() {
      return contents.get(this).slice();
    }
    async text() {
      return text.decodeLabel(contents.get(this), 'utf-8', false, false);
    }
    slice(start = 0, end = this.size, type = '') {
      return new Blob([contents.get(this).slice(start, end)], { type });
    }
    stream() {
      const { Source } = require('internal/body');
      return require('internal/webstream').readable({ source: Source.of(contents.get(this).slice()), used: false });
    }
    get [Symbol.toStringTag]() {
      return 'Blob';
    }
    [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
      return depth < 0 ? '[Blob]' : `${this.constructor.name} ${inspect({ size: this.size, type: this.type }, options)}`;
    }
  }

  class File extends Blob {
    #name;
    #lastModified;
    constructor(parts, name, options = {}) {
      if (arguments.length < 2) throw require('internal/errors').coded(TypeError, 'ERR_MISSING_ARGS', 'The "sources" and "fileName" arguments must be specified');
      super(parts, options);
      this.#name = `${name}`;
      this.#lastModified = options?.lastModified ?? Date.now();
    }
    get name() {
      return this.#name;
    }
    get lastModified() {
      return this.#lastModified;
    }
    get [Symbol.toStringTag]() {
      return 'File';
    }
  }
  exports.Blob = Blob;
  exports.File = File;
  // Content never changes: a copy shares it.
  exports.copy = (blob) => (blob instanceof File ? new File([blob], blob.name, { type: blob.type, lastModified: blob.lastModified }) : new Blob([blob], { type: blob.type }));
  exports.bytesOf = (blob) => contents.get(blob);
}
