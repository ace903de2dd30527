export default function (exports, require) {
  const { Stream, install, later, construct } = require('internal/stream_base');
  const { Buffer } = require('buffer');
  const { coded, typeError } = require('internal/errors');

  function Writable(options) {
    if (!(this instanceof Writable) && !this?._writableState) return new Writable(options);
    Stream.call(this, options);
    init(this, options);
    construct(this, () => pump(this));
  }
  Object.setPrototypeOf(Writable.prototype, Stream.prototype);
  Object.setPrototypeOf(Writable, Stream);

  function init(stream, options = {}) {
    const objectMode = Boolean(options.objectMode || options.writableObjectMode);
    stream._writableState = {
      objectMode,
      highWaterMark: options.writableHighWaterMark ?? options.highWaterMark ?? (objectMode ? 16 : 16384),
      queue: [],
      length: 0,
      writing: false,
      ending: false,
      ended: false,
      finished: false,
      prefinished: false,
      needDrain: false,
      corked: 0,
      decodeStrings: options.decodeStrings !== false,
      defaultEncoding: options.defaultEncoding ?? 'utf8',
      destroyed: false,
      errored: null,
      closed: false,
      constructed: true,
      emitClose: options.emitClose !== false,
      autoDestroy: options.autoDestroy !== false,
    };
    if (typeof options.write === 'function') stream._write = options.write;
    if (typeof options.writev === 'function') stream._writev = options.writev;
    if (typeof options.destroy === 'function') stream._destroy = options.destroy;
    if (typeof options.final === 'function') stream._final = options.final;
    if (typeof options.construct === 'function') stream._construct = options.construct;
  }
  exports.init = init;
  install(Writable.prototype);

  function pump(stream) {
    const state = stream._writableState;
    if (state.writing || state.corked > 0 || state.destroyed || state.errored || state.constructed === false) return;
    if (state.queue.length === 0) {
      complete(stream);
      return;
    }
    const batch = state.queue.length > 1 && typeof stream._writev === 'function' ? state.queue.splice(0) : [state.queue.shift()];
    const size = batch.reduce((sum, entry) => sum + entry.size, 0);
    state.writing = true;
    let sync = true;
    let called = false;
    const done = (error) => {
      if (called) {
        stream.destroy(coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
        return;
      }
      called = true;
      state.writing = false;
      state.length -= size;
      const after = () => {
        if (error) {
          for (const entry of batch) entry.done(error);
          stream.destroy(error);
          return;
        }
        for (const entry of batch) entry.done(null);
        if (state.needDrain && state.length === 0 && !state.ending && !state.destroyed) {
          state.needDrain = false;
          stream.emit('drain');
        }
        pump(stream);
      };
      if (sync) later(after);
      else after();
    };
    try {
      if (batch.length > 1 || (typeof stream._writev === 'function' && stream._write === Writable.prototype._write)) stream._writev(batch.map(({ chunk, encoding }) => ({ chunk, encoding })), done);
      else stream._write(batch[0].chunk, batch[0].encoding, done);
    } catch (error) {
      done(error);
    }
    sync = false;
  }

  function complete(stream) {
    const state = stream._writableState;
    if (!state.ending || state.finished || state.finalCalled || state.length > 0 || state.destroyed || state.errored) return;
    state.finalCalled = true;
    const finish = (error) => {
      if (error) {
        stream.destroy(error);
        return;
      }
      later(() => {
        if (state.destroyed || state.errored) return;
        state.prefinished = true;
        stream.emit('prefinish');
        state.finished = true;
        stream.emit('finish');
        const other = stream._readableState;
        if (state.autoDestroy && (!other || (other.autoDestroy && (other.endEmitted || other.readable === false)))) stream.destroy();
      });
    };
    if (typeof stream._final === 'function') {
      try {
        stream._final(finish);
      } catch (error) {
        finish(error);
      }
    } else finish();
  }

  Object.assign(Writable.prototype, {
    _write(chunk, encoding, done) {
      if (typeof this._writev === 'function') this._writev([{ chunk, encoding }], done);
      else throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
    },
    write(chunk, encoding, done) {
      const state = this._writableState;
      if (typeof encoding === 'function') {
        done = encoding;
        encoding = undefined;
      }
      encoding ||= state.defaultEncoding;
      done ??= () => {};
      if (chunk === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
      if (!state.objectMode) {
        if (typeof chunk === 'string') {
          if (state.decodeStrings) {
            chunk = Buffer.from(chunk, encoding);
            encoding = 'buffer';
          }
        } else if (chunk instanceof Uint8Array) {
          if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
          encoding = 'buffer';
        } else throw typeError('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
      }
      let error;
      if (state.ending) error = coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      else if (state.destroyed) error = coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      if (error !== undefined) {
        later(done, error);
        if (state.destroyed) return false;
        this.destroy(error);
        return false;
      }
      const size = state.objectMode ? 1 : chunk.length;
      state.length += size;
      const room = state.length < state.highWaterMark;
      if (!room) state.needDrain = true;
      state.queue.push({ chunk, encoding, size, done });
      pump(this);
      return room && !state.errored && !state.destroyed;
    },
    end(chunk, encoding, done) {
      const state = this._writableState;
      if (typeof chunk === 'function') {
        done = chunk;
        chunk = undefined;
      } else if (typeof encoding === 'function') {
        done = encoding;
        encoding = undefined;
      }
      if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
      state.corked = 0;
      if (typeof done === 'function') {
        if (state.finished) later(done);
        else if (state.errored || state.destroyed) later(done, coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call end after a stream was destroyed'));
        else {
          this.once('finish', done);
          this.once('error', () => this.removeListener('finish', done));
        }
      }
      if (!state.ending) {
        state.ending = true;
        state.ended = true;
        pump(this);
      }
      return this;
    },
    cork() {
      this._writableState.corked++;
    },
    uncork() {
      const state = this._writableState;
      if (state.corked > 0) {
        state.corked--;
        pump(this);
      }
    },
    setDefaultEncoding(encoding) {
      this._writableState.defaultEncoding = encoding;
      return this;
    },
    pipe() {
      this.destroy(coded(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
    },
  });

  const getters = {
    writableLength: (state) => state.length,
    writableHighWaterMark: (state) => state.highWaterMark,
    writableObjectMode: (state) => state.objectMode,
    writableEnded: (state) => state.ending,
    writableFinished: (state) => state.finished,
    writableCorked: (state) => state.corked,
    writableNeedDrain: (state) => !state.destroyed && !state.ending && state.needDrain,
    writableAborted: (state) => (state.destroyed || Boolean(state.errored)) && !state.finished,
  };
  exports.getters = function (proto) {
    for (const [name, get] of Object.entries(getters)) {
      Object.defineProperty(proto, name, {
        get() {
          return this._writableState === undefined ? undefined : get(this._writableState);
        },
        configurable: true,
      });
    }
    Object.defineProperty(proto, 'writable', {
      get() {
        const state = this._writableState;
        return state !== undefined && state.writable !== false && !state.destroyed && !state.errored && !state.ending;
      },
      set(value) {
        if (this._writableState) this._writableState.writable = Boolean(value);
      },
      configurable: true,
    });
  };
  exports.getters(Writable.prototype);
  Object.defineProperty(Writable, Symbol.hasInstance, {
    value(object) {
      return Function.prototype[Symbol.hasInstance].call(this, object) || (this === Writable && object?._writableState !== undefined && typeof object.write === 'function');
    },
  });
  exports.Writable = Writable;
}
