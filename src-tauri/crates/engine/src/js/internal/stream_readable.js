export default function (exports, require, _module, internal) {
  const { OwnSet } = internal;
  const { Stream, install, later, construct } = require('internal/stream_base');
  const { Buffer } = require('buffer');
  const { coded } = require('internal/errors');

  function Readable(options) {
    if (!(this instanceof Readable)) return new Readable(options);
    Stream.call(this, options);
    init(this, options);
    construct(this, () => maybeRead(this));
  }
  Object.setPrototypeOf(Readable.prototype, Stream.prototype);
  Object.setPrototypeOf(Readable, Stream);

  function init(stream, options = {}) {
    const objectMode = Boolean(options.objectMode || options.readableObjectMode);
    stream._readableState = {
      objectMode,
      highWaterMark: options.readableHighWaterMark ?? options.highWaterMark ?? (objectMode ? 16 : 16384),
      buffer: [],
      length: 0,
      pipes: [],
      flowing: null,
      ended: false,
      endEmitted: false,
      reading: false,
      sync: true,
      needReadable: false,
      readableListening: false,
      scheduled: false,
      destroyed: false,
      errored: null,
      closed: false,
      constructed: true,
      emitClose: options.emitClose !== false,
      autoDestroy: options.autoDestroy !== false,
      encoding: null,
      decoder: null,
      didRead: false,
      awaitDrain: new OwnSet(),
    };
    if (options.encoding) stream.setEncoding(options.encoding);
    if (typeof options.read === 'function') stream._read = options.read;
    if (typeof options.destroy === 'function') stream._destroy = options.destroy;
    if (typeof options.construct === 'function') stream._construct = options.construct;
    if (options.signal) require('stream').addAbortSignal(options.signal, stream);
  }
  exports.init = init;
  install(Readable.prototype);

  const sizeOf = (state, chunk) => (state.objectMode ? 1 : chunk.length);

  function add(stream, chunk, encoding, front) {
    const state = stream._readableState;
    if (chunk === null) {
      state.reading = false;
      if (state.ended) return false;
      if (state.decoder !== null) {
        const rest = state.decoder.end();
        if (rest !== '') {
          state.buffer.push(rest);
          state.length += sizeOf(state, rest);
        }
      }
      state.ended = true;
      announce(stream);
      return false;
    }
    if (!state.objectMode) {
      if (typeof chunk === 'string') {
        encoding ||= 'utf8';
        if (state.encoding !== encoding) chunk = Buffer.from(chunk, encoding);
      } else if (chunk instanceof Uint8Array) {
        if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      } else if (chunk !== undefined) {
        stream.destroy(require('internal/errors').typeError('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk));
        return false;
      }
      if (chunk === undefined || chunk.length === 0) {
        state.reading = false;
        maybeRead(stream);
        return state.length < state.highWaterMark;
      }
    }
    if (state.ended && !front) {
      stream.destroy(coded(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
      return false;
    }
    if (state.endEmitted && front) {
      stream.destroy(coded(Error, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event'));
      return false;
    }
    if (state.destroyed || state.errored) return false;
    state.reading = false;
    if (state.decoder !== null && typeof chunk !== 'string' && !front) {
      chunk = state.decoder.write(chunk);
      if (chunk.length === 0) {
        maybeRead(stream);
        return true;
      }
    }
    if (state.flowing && state.length === 0 && !state.sync && !front && stream.listenerCount('data') > 0) {
      state.didRead = true;
      stream.emit('data', chunk);
    } else {
      if (front) state.buffer.unshift(chunk);
      else state.buffer.push(chunk);
      state.length += sizeOf(state, chunk);
      announce(stream);
    }
    maybeRead(stream);
    return !state.ended && (state.length < state.highWaterMark || state.length === 0);
  }

  // Tells of data or of the end, soon.
  function announce(stream) {
    const state = stream._readableState;
    if (state.scheduled) return;
    state.scheduled = true;
    later(() => {
      state.scheduled = false;
      if (state.destroyed || state.errored) return;
      if (state.readableListening && (state.length > 0 || state.ended)) stream.emit('readable');
      if (state.flowing) flow(stream);
      else if (state.ended && state.length === 0 && state.readableListening) finish(stream);
    });
  }

  function maybeRead(stream) {
    const state = stream._readableState;
    if (state.moreScheduled || state.constructed === false) return;
    state.moreScheduled = true;
    later(() => {
      state.moreScheduled = false;
      while (!state.reading && !state.ended && !state.destroyed && !state.errored && (state.length < state.highWaterMark || (state.flowing && state.length === 0)) && (state.flowing !== null || state.readableListening || state.wanted)) {
        const before = state.length;
        fill(stream);
        if (state.length === before) break;
      }
    });
  }

  function fill(stream) {
    const state = stream._readableState;
    if (state.reading || state.ended || state.destroyed || state.errored || state.constructed === false) return;
    state.reading = true;
    state.sync = true;
    try {
      stream._read(state.highWaterMark);
    } catch (error) {
      stream.destroy(error);
    }
    state.sync = false;
  }

  function finish(stream) {
    const state = stream._readableState;
    if (state.endEmitted || state.length > 0 || !state.ended || state.finishing) return;
    state.finishing = true;
    later(() => {
      if (state.errored || state.endEmitted || state.length > 0) return;
      state.endEmitted = true;
      stream.readable = false;
      stream.emit('end');
      const other = stream._writableState;
      if (other && stream.allowHalfOpen === false) stream.end();
      else if (state.autoDestroy && (!other || (other.autoDestroy && (other.finished || other.writable === false)))) stream.destroy();
    });
  }

  function take(state, count) {
    if (state.length === 0) return null;
    let chunk;
    if (state.objectMode || (count === undefined && state.flowing)) chunk = state.buffer.shift();
    else if (count === undefined || count >= state.length) {
      if (state.encoding !== null) chunk = state.buffer.join('');
      else chunk = state.buffer.length === 1 ? state.buffer[0] : Buffer.concat(state.buffer, state.length);
      state.buffer = [];
    } else {
      const whole = state.encoding !== null ? state.buffer.join('') : Buffer.concat(state.buffer, state.length);
      chunk = whole.slice(0, count);
      state.buffer = [whole.slice(count)];
    }
    state.length -= sizeOf(state, chunk);
    return chunk;
  }

  function flow(stream) {
    const state = stream._readableState;
    while (state.flowing && stream.read() !== null);
  }

  Object.assign(Readable.prototype, {
    push(chunk, encoding) {
      return add(this, chunk, encoding, false);
    },
    unshift(chunk, encoding) {
      return add(this, chunk, encoding, true);
    },
    _read() {
      throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
    },
    read(count) {
      const state = this._readableState;
      if (count !== undefined) count = Number.isNaN(count) ? undefined : Math.trunc(count);
      state.wanted = true;
      if (count === 0) {
        if (state.ended && state.length === 0) finish(this);
        else fill(this);
        return null;
      }
      if (state.ended && state.length === 0) {
        finish(this);
        return null;
      }
      if (state.length < state.highWaterMark || state.length === 0 || (count !== undefined && count > state.length)) fill(this);
      if (count !== undefined && count > state.length && !state.ended && !state.objectMode) {
        state.needReadable = true;
        return null;
      }
      const chunk = take(state, count);
      if (chunk === null) state.needReadable = true;
      if (state.length === 0 && state.ended) finish(this);
      if (chunk !== null && !state.errored && !state.destroyed) {
        state.didRead = true;
        this.emit('data', chunk);
        maybeRead(this);
      }
      return chunk;
    },
    setEncoding(encoding) {
      const { StringDecoder } = require('string_decoder');
      const state = this._readableState;
      state.decoder = new StringDecoder(encoding);
      state.encoding = state.decoder.encoding;
      const text = state.buffer.map((chunk) => state.decoder.write(chunk)).join('');
      state.buffer = text === '' ? [] : [text];
      state.length = text.length;
      return this;
    },
    on(name, listener) {
      Stream.prototype.on.call(this, name, listener);
      const state = this._readableState;
      if (name === 'data') {
        if (state.flowing !== false && !state.readableListening) this.resume();
      } else if (name === 'readable' && !state.readableListening) {
        state.readableListening = true;
        state.flowing = false;
        if (state.length > 0 || state.ended) announce(this);
        else if (!state.reading) later(() => this.read(0));
      }
      return this;
    },
    removeListener(name, listener) {
      Stream.prototype.removeListener.call(this, name, listener);
      if (name === 'readable') {
        later(() => {
          const state = this._readableState;
          state.readableListening = this.listenerCount('readable') > 0;
          if (!state.readableListening && this.listenerCount('data') > 0) this.resume();
        });
      }
      return this;
    },
    resume() {
      const state = this._readableState;
      if (!state.flowing) {
        state.flowing = !state.readableListening;
        later(() => {
          if (state.destroyed) return;
          if (!state.reading) this.read(0);
          this.emit('resume');
          flow(this);
          if (state.flowing && !state.reading) this.read(0);
        });
      }
      state.paused = false;
      return this;
    },
    pause() {
      const state = this._readableState;
      if (state.flowing !== false) {
        state.flowing = false;
        this.emit('pause');
      }
      state.paused = true;
      return this;
    },
    isPaused() {
      return this._readableState.paused === true || this._readableState.flowing === false;
    },
    pipe(target, options) {
      const source = this;
      const state = this._readableState;
      state.pipes.push(target);
      const ends = options?.end !== false && target !== process.stdout && target !== process.stderr;
      const onEnd = () => target.end();
      const onData = (chunk) => {
        if (target.write(chunk) === false) {
          state.awaitDrain.add(target);
          source.pause();
        }
      };
      const onDrain = () => {
        state.awaitDrain.delete(target);
        if (state.awaitDrain.size === 0 && source.listenerCount('data') > 0) {
          state.flowing = false;
          source.resume();
        }
      };
      const onClose = () => source.unpipe(target);
      const onError = (error) => {
        source.unpipe(target);
        if (target.listenerCount('error') === 0) target.emit('error', error);
      };
      const unpiped = (from) => {
        if (from !== source) return;
        target.removeListener('drain', onDrain);
        target.removeListener('close', onClose);
        target.removeListener('error', onError);
        target.removeListener('unpipe', unpiped);
        source.removeListener('data', onData);
        source.removeListener('end', onEnd);
        if (state.awaitDrain.delete(target) && state.awaitDrain.size === 0) source.resume();
      };
      target.on('unpipe', unpiped);
      target.on('drain', onDrain);
      target.prependListener('error', onError);
      target.once('close', onClose);
      if (ends) {
        if (state.endEmitted) later(onEnd);
        else source.once('end', onEnd);
      }
      source.on('data', onData);
      target.emit('pipe', source);
      if (!state.flowing) source.resume();
      return target;
    },
    unpipe(target) {
      const state = this._readableState;
      const targets = target === undefined ? state.pipes.splice(0) : state.pipes.includes(target) ? [target] : [];
      if (target !== undefined) state.pipes = state.pipes.filter((one) => one !== target);
      if (state.pipes.length === 0) this.pause();
      for (const one of targets) one.emit('unpipe', this, { hasUnpiped: false });
      return this;
    },
    wrap(old) {
      old.on('data', (chunk) => {
        if (!this.push(chunk) && old.pause) old.pause();
      });
      old.on('end', () => this.push(null));
      old.on('error', (error) => this.destroy(error));
      old.on('close', () => this.destroy());
      this._read = () => old.resume?.();
      return this;
    },
    iterator(options) {
      return iterate(this, options);
    },
    [Symbol.asyncIterator]() {
      return iterate(this);
    },
  });
  Readable.prototype.addListener = Readable.prototype.on;
  Readable.prototype.off = Readable.prototype.removeListener;
  require('internal/stream_operators').attach(Readable);

  async function* iterate(stream, options) {
    const { finished } = require('internal/stream_pipeline');
    let wake;
    let ended;
    const next = () => {
      const waiting = wake;
      wake = undefined;
      waiting?.();
    };
    stream.on('readable', next);
    finished(stream, { writable: false }, (error) => {
      ended = { error };
      next();
    });
    try {
      for (;;) {
        const chunk = stream.destroyed ? null : stream.read();
        if (chunk !== null) yield chunk;
        else if (ended !== undefined) {
          if (ended.error) throw ended.error;
          return;
        } else {
          await new Promise((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      stream.removeListener('readable', next);
      // One that ended by itself goes by itself, if it is one that does.
      const goes = ended === undefined ? options?.destroyOnReturn !== false : (ended.error || options?.destroyOnReturn !== false) && stream._readableState.autoDestroy;
      if (goes && !stream.destroyed) stream.destroy();
    }
  }

  for (const [name, get] of Object.entries({
    readableFlowing: (state) => state.flowing,
    readableLength: (state) => state.length,
    readableHighWaterMark: (state) => state.highWaterMark,
    readableObjectMode: (state) => state.objectMode,
    readableEnded: (state) => state.endEmitted,
    readableEncoding: (state) => state.encoding,
    readableDidRead: (state) => state.didRead,
    readableAborted: (state) => (state.destroyed || Boolean(state.errored)) && !state.endEmitted,
  })) {
    Object.defineProperty(Readable.prototype, name, {
      get() {
        return get(this._readableState);
      },
      configurable: true,
    });
  }
  Object.defineProperty(Readable.prototype, 'readable', {
    get() {
      const state = this._readableState;
      return state !== undefined && state.readable !== false && !state.destroyed && !state.errored && !state.endEmitted;
    },
    set(value) {
      if (this._readableState) this._readableState.readable = Boolean(value);
    },
    configurable: true,
  });

  Readable.from = function (source, options) {
    if (typeof source === 'string' || source instanceof Uint8Array) {
      return new Readable({
        objectMode: true,
        ...options,
        read() {
          this.push(source);
          this.push(null);
        },
      });
    }
    const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]();
    let busy = false;
    return new Readable({
      objectMode: true,
      highWaterMark: 1,
      ...options,
      read() {
        if (busy) return;
        busy = true;
        (async () => {
          try {
            for (;;) {
              const { value, done } = await iterator.next();
              if (done) {
                this.push(null);
                return;
              }
              if (!this.push(await value)) break;
            }
            busy = false;
          } catch (error) {
            this.destroy(error);
          }
        })();
      },
      destroy(error, done) {
        Promise.resolve(iterator.return?.()).then(
          () => done(error),
          (failure) => done(error ?? failure),
        );
      },
    });
  };
  exports.Readable = Readable;
}
