// zlib: deflate, its wrappings and brotli, as functions and as streams.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const native = internal.group('zlib');
  const { Buffer } = require('buffer');
  const { Transform } = require('stream');
  const { coded, typeError, rangeError, callable } = require('internal/errors');
  const { constants, codes } = require('internal/zlib_constants');
  const flushed = new OwnWeakMap(); // empty chunks that stand for a flush, and which
  const nothing = Buffer.alloc(0);

  function number(value, name, low, high, otherwise) {
    if (value === undefined || Number.isNaN(value)) return otherwise;
    if (typeof value !== 'number') throw typeError(name, 'of type number', value);
    if (!Number.isFinite(value)) throw rangeError(name, 'a finite number', value);
    if (value < low || value > high) throw rangeError(name, high === Infinity ? `>= ${low}` : `>= ${low} and <= ${high}`, value);
    return value;
  }

  const isBuffer = (value) => value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);
  function bytesOf(value, name, expected) {
    if (ArrayBuffer.isView(value)) return value instanceof Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (isBuffer(value)) return new Uint8Array(value);
    throw typeError(name, expected, value);
  }
  const views = 'an instance of Buffer, TypedArray, DataView, or ArrayBuffer';

  function failure(result) {
    const error = new Error(result[3]);
    error.errno = result[4];
    error.code = result[5];
    return error;
  }
  const closed = () => coded(Error, 'ERR_INTERNAL_ASSERTION', 'zlib binding closed\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals.\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n');
  const tooLarge = (limit) => coded(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${limit} bytes`);

  // --- streams ---
  function ZlibBase(options, defaults) {
    let chunkSize = constants.Z_DEFAULT_CHUNK;
    let flush = defaults.flush;
    let finish = defaults.finish;
    let maxOutput = require('buffer').kMaxLength;
    if (options) {
      chunkSize = number(options.chunkSize, 'options.chunkSize', constants.Z_MIN_CHUNK, Infinity, chunkSize);
      flush = number(options.flush, 'options.flush', 0, defaults.last, flush);
      finish = number(options.finishFlush, 'options.finishFlush', 0, defaults.last, finish);
      maxOutput = number(options.maxOutputLength, 'options.maxOutputLength', 1, maxOutput, maxOutput);
      if (options.encoding || options.objectMode || options.writableObjectMode) options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
    }
    Transform.call(this, { autoDestroy: true, ...options });
    this.bytesWritten = 0;
    this._handle = defaults.open();
    this._chunkSize = chunkSize;
    this._defaultFlushFlag = flush;
    this._finishFlushFlag = finish;
    this._defaultFullFlushFlag = defaults.full;
    this._info = Boolean(options?.info);
    this._maxOutputLength = maxOutput;
  }
  Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
  Object.setPrototypeOf(ZlibBase, Transform);

  function release(stream) {
    if (stream._handle === null) return;
    native.close(stream._handle);
    stream._handle = null;
  }

  Object.defineProperty(ZlibBase.prototype, '_closed', {
    get() {
      return this._handle === null;
    },
    enumerable: true,
    configurable: true,
  });
  Object.defineProperty(ZlibBase.prototype, 'bytesRead', {
    get() {
      return this.bytesWritten;
    },
    set(value) {
      this.bytesWritten = value;
    },
    enumerable: true,
    configurable: true,
  });
  Object.assign(ZlibBase.prototype, {
    reset() {
      if (this._handle === null) throw closed();
      native.reset(this._handle);
    },
    flush(kind, done) {
      if (typeof kind === 'function' || (kind === undefined && !done)) {
        done = kind;
        kind = this._defaultFullFlushFlag;
      }
      if (this.writableFinished) {
        if (done) process.nextTick(done);
      } else if (this.writableEnded) {
        if (done) this.once('end', done);
      } else {
        const mark = Buffer.alloc(0);
        flushed.set(mark, kind);
        this.write(mark, '', done);
      }
    },
    close(done) {
      if (done) require('stream').finished(this, done);
      this.destroy();
    },
    _destroy(error, done) {
      release(this);
      done(error);
    },
    _flush(done) {
      this._transform(nothing, '', done);
    },
    _transform(chunk, encoding, done) {
      let kind = this._defaultFlushFlag;
      if (flushed.has(chunk)) kind = flushed.get(chunk);
      else if (this.writableEnded && this.writableLength === chunk.byteLength) kind = this._finishFlushFlag;
      work(this, chunk, kind, done);
    },
    _processChunk(chunk, kind, done) {
      if (typeof done === 'function') work(this, chunk, kind, done);
      else return whole(this, chunk, kind);
    },
  });

  // One step a turn of the loop, so that others have theirs; no further than the reader has room.
  function work(stream, chunk, kind, done) {
    if (stream._handle === null) return process.nextTick(done);
    const input = bytesOf(chunk, 'chunk', views);
    let from = 0;
    function step() {
      if (stream.destroyed || stream._handle === null) return done();
      let result;
      try {
        result = native.step(stream._handle, kind, input, from, input.byteLength, stream._chunkSize);
      } catch (error) {
        return stream.destroy(error);
      }
      from += result[1];
      stream.bytesWritten += result[1];
      if (result[3] !== undefined) return stream.destroy(failure(result));
      const output = result[0];
      const full = output.byteLength > 0 && !stream.push(Buffer.from(output.buffer, 0, output.byteLength));
      if (stream.destroyed) return done();
      // More input, and room that nothing was put in: what follows the end is no part of it.
      const over = result[2] && result[1] === 0 && from < input.byteLength;
      if (over) {
        stream.push(null);
        return done();
      }
      if (result[2] && from >= input.byteLength) return done();
      if (!full) return next();
      const read = stream._read;
      stream._read = function (size) {
        stream._read = read;
        next();
        return read.call(stream, size);
      };
    }
    const next = () => setImmediate(step);
    next();
  }

  // All at once.
  function whole(stream, chunk, kind) {
    const input = bytesOf(chunk, 'chunk', views);
    const parts = [];
    let from = 0;
    let size = 0;
    for (;;) {
      const result = native.step(stream._handle, kind, input, from, input.byteLength, stream._chunkSize);
      from += result[1];
      stream.bytesWritten += result[1];
      if (result[3] !== undefined) {
        release(stream);
        throw failure(result);
      }
      const output = result[0];
      if (output.byteLength > 0) {
        parts.push(output);
        size += output.byteLength;
        if (size > stream._maxOutputLength) {
          release(stream);
          throw tooLarge(stream._maxOutputLength);
        }
      }
      if (result[2] && (from >= input.byteLength || result[1] === 0)) break;
    }
    release(stream);
    return parts.length === 1 ? Buffer.from(parts[0].buffer, 0, size) : Buffer.concat(parts, size);
  }

  function Zlib(options, mode) {
    const decodes = mode === 'inflate' || mode === 'gunzip' || mode === 'unzip';
    let windowBits = constants.Z_DEFAULT_WINDOWBITS;
    let level = constants.Z_DEFAULT_COMPRESSION;
    let memLevel = constants.Z_DEFAULT_MEMLEVEL;
    let strategy = constants.Z_DEFAULT_STRATEGY;
    let dictionary;
    const defaults = { flush: constants.Z_NO_FLUSH, finish: constants.Z_FINISH, full: constants.Z_FULL_FLUSH, last: constants.Z_BLOCK, open: () => native.open(mode, windowBits, level, memLevel, strategy, dictionary) };
    if (options) {
      if ((options.windowBits === undefined || options.windowBits === null || options.windowBits === 0) && decodes) windowBits = 0;
      else windowBits = number(options.windowBits ?? undefined, 'options.windowBits', mode === 'gzip' ? 9 : constants.Z_MIN_WINDOWBITS, constants.Z_MAX_WINDOWBITS, windowBits);
      level = number(options.level, 'options.level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL, level);
      memLevel = number(options.memLevel, 'options.memLevel', constants.Z_MIN_MEMLEVEL, constants.Z_MAX_MEMLEVEL, memLevel);
      strategy = number(options.strategy, 'options.strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, strategy);
      if (options.dictionary !== undefined) dictionary = bytesOf(options.dictionary, 'options.dictionary', views);
    }
    ZlibBase.call(this, options, defaults);
    this._level = level;
    this._strategy = strategy;
  }
  Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
  Object.setPrototypeOf(Zlib, ZlibBase);
  Zlib.prototype.params = function params(level, strategy, done) {
    number(level, 'level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL);
    number(strategy, 'strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED);
    if (this._level === level && this._strategy === strategy) return process.nextTick(done);
    this.flush(constants.Z_SYNC_FLUSH, () => {
      if (this._handle === null) throw closed();
      native.params(this._handle, level, strategy);
      if (!this.destroyed) {
        this._level = level;
        this._strategy = strategy;
        if (done) done();
      }
    });
  };

  function Brotli(options, encode) {
    const pairs = [];
    for (const key of options?.params ? Object.keys(options.params) : []) {
      const which = +key;
      const last = encode ? constants.BROTLI_PARAM_NDIRECT : constants.BROTLI_DECODER_PARAM_LARGE_WINDOW;
      if (Number.isNaN(which) || which < 0 || which > last || pairs.some((pair) => pair[0] === which)) throw coded(RangeError, 'ERR_BROTLI_INVALID_PARAM', `${key} is not a valid Brotli parameter`);
      const value = options.params[key];
      if (typeof value !== 'number' && typeof value !== 'boolean') throw typeError('options.params[key]', 'of type number', value);
      pairs.push([which, Number(value) >>> 0]);
    }
    ZlibBase.call(this, options, {
      flush: constants.BROTLI_OPERATION_PROCESS,
      finish: constants.BROTLI_OPERATION_FINISH,
      full: constants.BROTLI_OPERATION_FLUSH,
      last: constants.BROTLI_OPERATION_EMIT_METADATA,
      open: () => native.brotli(encode, pairs),
    });
  }
  Object.setPrototypeOf(Brotli.prototype, Zlib.prototype);
  Object.setPrototypeOf(Brotli, Zlib);

  // --- classes and functions of each format ---
  const formats = {
    Deflate: 'deflate',
    Inflate: 'inflate',
    Gzip: 'gzip',
    Gunzip: 'gunzip',
    DeflateRaw: 'deflateraw',
    InflateRaw: 'inflateraw',
    Unzip: 'unzip',
    BrotliCompress: true,
    BrotliDecompress: false,
  };

  function input(value) {
    if (typeof value === 'string') return Buffer.from(value);
    return bytesOf(value, 'buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer');
  }

  function collect(stream, value, done) {
    callable(done, 'callback');
    const chunk = typeof value === 'string' ? Buffer.from(value) : isBuffer(value) ? Buffer.from(value) : value;
    if (!ArrayBuffer.isView(chunk)) throw typeError('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', value);
    const parts = [];
    let size = 0;
    let over = false;
    const end = (error, result) => {
      if (over) return;
      over = true;
      done(error, result);
    };
    stream.on('data', (part) => {
      size += part.length;
      parts.push(part);
      if (size > stream._maxOutputLength) {
        stream.close();
        end(tooLarge(stream._maxOutputLength));
      }
    });
    stream.on('error', end);
    stream.on('end', () => {
      const buffer = size === 0 ? Buffer.alloc(0) : parts.length === 1 ? parts[0] : Buffer.concat(parts, size);
      end(null, stream._info ? { buffer, engine: stream } : buffer);
    });
    stream.end(chunk);
  }

  exports.crc32 = function crc32(data, value = 0) {
    if (typeof data === 'string') data = Buffer.from(data);
    else if (!ArrayBuffer.isView(data)) throw typeError('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    if (typeof value !== 'number') throw typeError('value', 'of type number', value);
    if (!Number.isInteger(value)) throw rangeError('value', 'an integer', value);
    if (value < 0 || value > 4294967295) throw rangeError('value', '>= 0 && <= 4294967295', value);
    return native.crc32(bytesOf(data), value);
  };
  const makers = {};
  for (const [name, mode] of Object.entries(formats)) {
    const Base = typeof mode === 'boolean' ? Brotli : Zlib;
    const Made = {
      [name]: function (options) {
        if (!(this instanceof Made)) return new Made(options);
        Base.call(this, options, mode);
      },
    }[name];
    Object.setPrototypeOf(Made.prototype, Base.prototype);
    Object.setPrototypeOf(Made, Base);
    makers[name] = exports[name] = Made;
  }
  // In Node's order.
  for (const name of ['Deflate', 'Gzip', 'DeflateRaw', 'Unzip', 'Inflate', 'Gunzip', 'InflateRaw', 'BrotliCompress', 'BrotliDecompress']) {
    const Made = makers[name];
    const short = name[0].toLowerCase() + name.slice(1);
    exports[short] = {
      [short](buffer, options, callback) {
        if (typeof options === 'function') {
          callback = options;
          options = {};
        }
        collect(new Made(options), buffer, callback);
      },
    }[short];
    exports[`${short}Sync`] = {
      [`${short}Sync`](buffer, options) {
        const stream = new Made(options);
        const result = whole(stream, input(buffer), stream._finishFlushFlag);
        return stream._info ? { buffer: result, engine: stream } : result;
      },
    }[`${short}Sync`];
  }
  for (const name of ['Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip', 'BrotliCompress', 'BrotliDecompress']) {
    const Made = makers[name];
    exports[`create${name}`] = {
      [`create${name}`](options) {
        return new Made(options);
      },
    }[`create${name}`];
  }
  for (const key of Object.keys(constants)) if (!key.startsWith('BROTLI')) Object.defineProperty(exports, key, { value: constants[key], enumerable: false, writable: false, configurable: false });
  Object.defineProperty(exports, 'constants', { value: constants, enumerable: true, writable: false, configurable: false });
  Object.defineProperty(exports, 'codes', { value: codes, enumerable: true, writable: false, configurable: false });
}
