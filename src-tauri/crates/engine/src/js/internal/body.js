// What Request and Response have in common: a body that can be read once.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const text = internal.group('text');

  // A body as it arrives: chunks, an end or an error, and who waits for them.
  class Source {
    constructor() {
      this.chunks = [];
      this.state = 'open'; // open, done, failed
      this.error = undefined;
      this.waiting = [];
    }
    push(chunk) {
      this.chunks.push(chunk);
      this.#wake();
    }
    end() {
      if (this.state === 'open') this.state = 'done';
      this.#wake();
    }
    fail(error) {
      if (this.state !== 'open') return;
      this.state = 'failed';
      this.error = error;
      this.#wake();
    }
    #wake() {
      for (const wake of this.waiting.splice(0)) wake();
    }
    // The next chunk; undefined = the end.
    async next() {
      for (;;) {
        if (this.chunks.length > 0) return this.chunks.shift();
        if (this.state === 'done') return undefined;
        if (this.state === 'failed') throw this.error;
        await new Promise((resolve) => this.waiting.push(resolve));
      }
    }
    async all() {
      while (this.state === 'open') await new Promise((resolve) => this.waiting.push(resolve));
      if (this.state === 'failed') throw this.error;
      const chunks = this.chunks.splice(0);
      if (chunks.length === 1) return chunks[0];
      const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      return whole;
    }
    static of(bytes) {
      const source = new Source();
      source.push(bytes);
      source.end();
      return source;
    }
  }
  exports.Source = Source;

  // The bytes of a body init and the content type it implies.
  exports.extract = function (init) {
    if (typeof init === 'string') return { bytes: text.utf8(init), type: 'text/plain;charset=UTF-8' };
    if (init instanceof Uint8Array) return { bytes: new Uint8Array(init) };
    if (ArrayBuffer.isView(init)) return { bytes: new Uint8Array(init.buffer.slice(init.byteOffset, init.byteOffset + init.byteLength)) };
    if (init instanceof ArrayBuffer) return { bytes: new Uint8Array(init.slice(0)) };
    const tag = Object.prototype.toString.call(init);
    if (tag === '[object URLSearchParams]') return { bytes: text.utf8(init.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    if (tag === '[object FormData]') return require('internal/formdata').encode(init);
    if (tag === '[object Blob]' || tag === '[object File]') return { bytes: require('internal/blob').bytesOf(init), type: init.type === '' ? undefined : init.type };
    if (init !== null && typeof init === 'object' && (typeof init[Symbol.asyncIterator] === 'function' || tag === '[object ReadableStream]')) return { stream: init };
    return { bytes: text.utf8(`${init}`), type: 'text/plain;charset=UTF-8' };
  };

  // A stream given as a body: read when it is asked for, piece by piece.
  class Pulled extends Source {
    #pieces;
    constructor(stream) {
      super();
      this.#pieces = stream[Symbol.asyncIterator]();
    }
    async next() {
      if (this.state === 'failed') throw this.error;
      if (this.state === 'done') return undefined;
      try {
        const { done, value } = await this.#pieces.next();
        if (!done) return typeof value === 'string' ? text.utf8(value) : bytesOf(value);
        this.end();
        return undefined;
      } catch (error) {
        this.fail(error);
        throw error;
      }
    }
    async all() {
      const whole = new Source();
      for (;;) {
        const chunk = await this.next();
        if (chunk === undefined) break;
        whole.push(chunk);
      }
      whole.end();
      return whole.all();
    }
    stop() {
      this.#pieces.return?.();
    }
  }
  exports.Pulled = Pulled;

  function bytesOf(value) {
    if (value instanceof Uint8Array) return value;
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    throw new TypeError('Received non-Uint8Array chunk');
  }

  const states = new OwnWeakMap(); // object → { source, used, stream }
  exports.stateOf = (object) => states.get(object);
  exports.give = (object, source) => states.set(object, { source, used: false, stream: undefined });

  async function consume(object) {
    const state = states.get(object);
    if (state === undefined) throw new TypeError('Illegal invocation');
    if (state.used) throw new TypeError('Body is unusable: Body has already been read');
    if (state.source === null) return new Uint8Array(0);
    state.used = true;
    return state.source.all();
  }
  exports.consume = consume;

  const utf8 = (bytes) => text.decodeLabel(bytes, 'utf-8', false, false);

  exports.install = function (proto) {
    const methods = {
      async text() {
        return utf8(await consume(this));
      },
      async json() {
        return JSON.parse(utf8(await consume(this)));
      },
      async arrayBuffer() {
        const bytes = await consume(this);
        return bytes.buffer.byteLength === bytes.byteLength ? bytes.buffer : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      },
      async bytes() {
        return consume(this);
      },
      async blob() {
        const bytes = await consume(this);
        return new (require('internal/blob').Blob)([bytes], { type: this.headers.get('content-type') ?? '' });
      },
      async formData() {
        const type = this.headers.get('content-type') ?? '';
        return require('internal/formdata').decode(await consume(this), type);
      },
    };
    for (const name of Object.keys(methods)) Object.defineProperty(proto, name, { value: methods[name], writable: true, enumerable: true, configurable: true });
    Object.defineProperty(proto, 'bodyUsed', {
      get() {
        return states.get(this).used;
      },
      enumerable: true,
      configurable: true,
    });
    Object.defineProperty(proto, 'body', {
      get() {
        const state = states.get(this);
        if (state.source === null) return null;
        state.stream ??= require('internal/webstream').readable(state);
        return state.stream;
      },
      enumerable: true,
      configurable: true,
    });
  };
}
