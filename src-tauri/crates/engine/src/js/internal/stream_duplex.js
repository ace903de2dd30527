export default function (exports, require) {
  const readable = require('internal/stream_readable');
  const writable = require('internal/stream_writable');
  const { Stream, construct } = require('internal/stream_base');
  const { Readable } = readable;
  const { Writable } = writable;
  const { coded } = require('internal/errors');

  function Duplex(options) {
    if (!(this instanceof Duplex)) return new Duplex(options);
    Stream.call(this, options);
    readable.init(this, options);
    writable.init(this, options);
    this.allowHalfOpen = options?.allowHalfOpen !== false;
    if (options?.readable === false) {
      Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
    }
    if (options?.writable === false) {
      Object.assign(this._writableState, { writable: false, ending: true, ended: true, finished: true });
    }
    construct(this, () => {
      this.cork();
      this.uncork();
      this.read(0);
    });
  }
  Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
  Object.setPrototypeOf(Duplex, Readable);
  for (const name of ['_write', 'write', 'end', 'cork', 'uncork', 'setDefaultEncoding']) Duplex.prototype[name] = Writable.prototype[name];
  writable.getters(Duplex.prototype);

  Duplex.from = (source) => {
    if (source !== null && typeof source === 'object' && (source.readable || source.writable) && !source.pipe) {
      const duplex = new Duplex({
        objectMode: true,
        read() {},
        write: (chunk, encoding, done) => (source.writable.write(chunk, encoding) ? done() : source.writable.once('drain', done)),
        final: (done) => source.writable.end(done),
      });
      source.readable?.on('data', (chunk) => duplex.push(chunk));
      source.readable?.on('end', () => duplex.push(null));
      return duplex;
    }
    return Readable.from(source);
  };

  function Transform(options) {
    if (!(this instanceof Transform)) return new Transform(options);
    Duplex.call(this, options);
    this._readableState.sync = false;
    if (typeof options?.transform === 'function') this._transform = options.transform;
    if (typeof options?.flush === 'function') this._flush = options.flush;
    this._held = null;
  }
  Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
  Object.setPrototypeOf(Transform, Duplex);
  Object.assign(Transform.prototype, {
    _transform() {
      throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
    },
    _write(chunk, encoding, done) {
      const state = this._readableState;
      const before = state.length;
      this._transform(chunk, encoding, (error, result) => {
        if (error) return done(error);
        if (result !== null && result !== undefined) this.push(result);
        if (state.ended || before === state.length || state.length < state.highWaterMark) done();
        else this._held = done;
        return undefined;
      });
    },
    _read() {
      this._readableState.reading = false;
      const held = this._held;
      if (held !== null) {
        this._held = null;
        held();
      }
    },
    _final(done) {
      if (typeof this._flush !== 'function' || this.destroyed) {
        this.push(null);
        done();
        return;
      }
      this._flush((error, result) => {
        if (error) return done(error);
        if (result !== null && result !== undefined) this.push(result);
        this.push(null);
        return done();
      });
    },
  });

  function PassThrough(options) {
    if (!(this instanceof PassThrough)) return new PassThrough(options);
    Transform.call(this, options);
  }
  Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
  Object.setPrototypeOf(PassThrough, Transform);
  PassThrough.prototype._transform = function (chunk, encoding, done) {
    done(null, chunk);
  };
  Object.assign(exports, { Duplex, Transform, PassThrough });
}
