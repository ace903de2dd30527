// TransformStream and the transforms that come with it.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const readable = require('internal/webstream_readable');
  const writable = require('internal/webstream_writable');
  const { coded } = require('internal/errors');
  const { deferred, invalid, illegal, inspectable, strategyOf, allowing, isAllowed } = require('internal/webstream_parts');

  class TransformStreamDefaultController {
    #own;
    constructor(own) {
      if (!isAllowed()) throw illegal();
      this.#own = own;
    }
    get desiredSize() {
      return readable.desired(this.#own.readable);
    }
    enqueue(chunk = undefined) {
      const { readable: side } = this.#own;
      if (side.closing || side.kind !== 'readable') throw side.kind === 'errored' ? side.error : invalid('Unable to enqueue');
      readable.enqueue(side, chunk);
      this.#own.pressure();
    }
    error(reason = undefined) {
      this.#own.fail(reason);
    }
    terminate() {
      readable.close(this.#own.readable);
      writable.error(this.#own.writable, invalid('TransformStream has been terminated'));
      this.#own.wake();
    }
  }
  inspectable(TransformStreamDefaultController, () => ({}));

  class TransformStream {
    #readable;
    #writable;
    constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
      transformer ??= {};
      for (const name of ['readableType', 'writableType']) {
        if (transformer[name] !== undefined) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', `The argument 'transformer.${name}' is invalid. Received ${require('internal/inspect').inspect(transformer[name])}`);
      }
      const begun = deferred();
      let room = deferred(); // resolved when the readable side wants more
      let isFull = true;
      const own = {
        fail(error) {
          readable.fail(own.readable, error);
          writable.error(own.writable, error);
          own.wake();
        },
        wake() {
          isFull = false;
          room.resolve();
        },
        pressure() {
          const full = readable.desired(own.readable) <= 0 && !(own.readable.reader?.requests.length > 0);
          if (full && !isFull) {
            isFull = true;
            room = deferred();
          }
        },
      };
      this.#readable = new readable.ReadableStream(
        {
          start: () => begun.promise,
          pull: () => own.wake(),
          cancel(reason) {
            writable.error(own.writable, reason);
            own.wake();
            return transformer.cancel?.(reason);
          },
        },
        strategyOf(readableStrategy, 0),
      );
      this.#writable = new writable.WritableStream(
        {
          start: () => begun.promise,
          async write(chunk) {
            if (isFull) await room.promise;
            if (own.writable.kind === 'erroring') throw own.writable.error;
            try {
              if (transformer.transform === undefined) own.controller.enqueue(chunk);
              else await transformer.transform(chunk, own.controller);
            } catch (error) {
              readable.fail(own.readable, error);
              throw error;
            }
          },
          async close() {
            try {
              await transformer.flush?.(own.controller);
            } catch (error) {
              readable.fail(own.readable, error);
              throw error;
            }
            if (own.readable.kind === 'errored') throw own.readable.error;
            if (!own.readable.closing && own.readable.kind === 'readable') readable.close(own.readable);
          },
          abort(reason) {
            readable.fail(own.readable, reason);
            return transformer.cancel?.(reason);
          },
        },
        strategyOf(writableStrategy, 1),
      );
      own.readable = readable.stateOf(this.#readable);
      own.writable = writable.stateOf(this.#writable);
      own.controller = allowing(() => new TransformStreamDefaultController(own));
      begun.resolve(transformer.start?.(own.controller));
    }
    get readable() {
      return this.#readable;
    }
    get writable() {
      return this.#writable;
    }
  }
  inspectable(TransformStream, (stream) => ({ readable: stream.readable, writable: stream.writable }));

  // A class whose two sides are those of a transform.
  const pairs = new OwnWeakMap();
  function sides(Kind, more = () => ({})) {
    for (const side of ['readable', 'writable']) Object.defineProperty(Kind.prototype, side, { get() { return pairs.get(this)[side]; }, enumerable: true, configurable: true });
    inspectable(Kind, (stream) => ({ ...more(stream), readable: stream.readable, writable: stream.writable }));
  }

  class TextEncoderStream {
    constructor() {
      const encoder = new TextEncoder();
      let high = '';
      pairs.set(this, new TransformStream({
        transform(chunk, controller) {
          let text = high + `${chunk}`;
          high = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
          if (high !== '') text = text.slice(0, -1);
          if (text !== '') controller.enqueue(encoder.encode(text));
        },
        flush(controller) {
          if (high !== '') controller.enqueue(new Uint8Array([0xef, 0xbf, 0xbd]));
        },
      }));
    }
    get encoding() {
      return 'utf-8';
    }
  }
  sides(TextEncoderStream, () => ({ encoding: 'utf-8' }));

  class TextDecoderStream {
    #decoder;
    constructor(encoding = 'utf-8', options = {}) {
      this.#decoder = new TextDecoder(encoding, options);
      const decoder = this.#decoder;
      pairs.set(this, new TransformStream({
        transform(chunk, controller) {
          const text = decoder.decode(chunk, { stream: true });
          if (text !== '') controller.enqueue(text);
        },
        flush(controller) {
          const text = decoder.decode();
          if (text !== '') controller.enqueue(text);
        },
      }));
    }
    get encoding() {
      return this.#decoder.encoding;
    }
    get fatal() {
      return this.#decoder.fatal;
    }
    get ignoreBOM() {
      return this.#decoder.ignoreBOM;
    }
  }
  sides(TextDecoderStream, (stream) => ({ encoding: stream.encoding, fatal: stream.fatal, ignoreBOM: stream.ignoreBOM }));

  // Over the streams of zlib.
  function zipped(makers, format) {
    if (makers[format] === undefined) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' is invalid. Received ${require('internal/inspect').inspect(format)}`);
    const stream = require('zlib')[makers[format]]();
    let failed;
    let controllerOf;
    stream.on('data', (chunk) => controllerOf.enqueue(new Uint8Array(chunk)));
    stream.on('error', (error) => {
      failed = error;
      controllerOf.error(error);
    });
    return new TransformStream({
      start(controller) {
        controllerOf = controller;
      },
      transform: (chunk) => new Promise((resolve, reject) => {
        if (failed !== undefined) return reject(failed);
        stream.write(chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : chunk, (error) => (error ? reject(error) : resolve()));
      }),
      flush: () => new Promise((resolve, reject) => {
        if (failed !== undefined) return reject(failed);
        stream.once('end', resolve);
        stream.once('error', reject);
        stream.end();
      }),
    });
  }
  class CompressionStream {
    constructor(format) {
      pairs.set(this, zipped({ gzip: 'createGzip', deflate: 'createDeflate', 'deflate-raw': 'createDeflateRaw' }, format));
    }
  }
  class DecompressionStream {
    constructor(format) {
      pairs.set(this, zipped({ gzip: 'createGunzip', deflate: 'createInflate', 'deflate-raw': 'createInflateRaw' }, format));
    }
  }
  sides(CompressionStream);
  sides(DecompressionStream);
  Object.assign(exports, { TransformStream, TransformStreamDefaultController, TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream });
}
