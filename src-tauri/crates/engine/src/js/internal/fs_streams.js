// Streams of files.
export default function (exports, require) {
  const { Readable, Writable } = require('stream');
  const { Buffer } = require('buffer');
  const { ops } = require('internal/fs_ops');
  const { typeError, rangeError } = require('internal/errors');

  const taken = (options) => {
    if (options === undefined || options === null) return {};
    if (typeof options === 'string') return { encoding: options };
    if (typeof options !== 'object') throw typeError('options', 'of type string or an instance of Object', options);
    return options;
  };
  const number = (options, name) => {
    const value = options[name];
    if (value !== undefined && typeof value !== 'number') throw typeError(name, 'of type number', value);
    if (value !== undefined && value !== Infinity && (!Number.isInteger(value) || value < 0)) throw rangeError(name, Number.isInteger(value) ? `>= 0 && <= ${Number.MAX_SAFE_INTEGER}` : 'an integer', value);
  };

  // What both kinds do with their descriptor.
  const opening = {
    _construct(done) {
      if (typeof this.fd === 'number') return done();
      setImmediate(() => {
        try {
          this.fd = ops.open(this.path, this.flags, this.mode);
        } catch (error) {
          return done(error);
        }
        done();
        this.emit('open', this.fd);
        this.emit('ready');
      });
    },
    _destroy(error, done) {
      if (typeof this.fd === 'number' && (this.autoClose || error === null)) {
        try {
          ops.close(this.fd);
        } catch {
          // Closed before.
        }
        this.fd = null;
      }
      done(error);
    },
    close(done) {
      if (typeof done === 'function') {
        if (this.closed) process.nextTick(done);
        else this.once('close', done);
      }
      if (typeof this.end === 'function' && !this.writableFinished) this.end();
      else this.destroy();
    },
  };

  function ReadStream(path, options) {
    if (!(this instanceof ReadStream)) return new ReadStream(path, options);
    options = { ...taken(options) };
    for (const name of ['start', 'end']) number(options, name);
    options.highWaterMark ??= 65536;
    this.fd = options.fd?.fd ?? options.fd ?? null;
    this.path = path;
    this.flags = options.flags ?? 'r';
    this.mode = options.mode ?? 0o666;
    this.start = options.start;
    this.end = options.end ?? Infinity;
    if (this.start !== undefined && this.start > this.end) throw rangeError('start', `<= "end" (here: ${this.end})`, this.start);
    this.pos = this.start;
    this.bytesRead = 0;
    this.autoClose = options.autoClose ?? true;
    Readable.call(this, { ...options, autoDestroy: this.autoClose });
  }
  Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
  Object.setPrototypeOf(ReadStream, Readable);
  Object.assign(ReadStream.prototype, opening, {
    close(done) {
      if (typeof done === 'function') this.once('close', done);
      this.destroy();
    },
    _read(size) {
      const left = this.pos === undefined ? Math.min(size, this.end - this.bytesRead + 1) : Math.min(size, this.end - this.pos + 1);
      if (left <= 0) return void this.push(null);
      const buffer = Buffer.allocUnsafeSlow(left);
      setImmediate(() => {
        if (this.destroyed) return;
        let count;
        try {
          count = ops.read(this.fd, buffer, 0, left, this.pos ?? null);
        } catch (error) {
          return void this.destroy(error);
        }
        if (this.pos !== undefined) this.pos += count;
        this.bytesRead += count;
        this.push(count > 0 ? buffer.subarray(0, count) : null);
      });
    },
  });

  function WriteStream(path, options) {
    if (!(this instanceof WriteStream)) return new WriteStream(path, options);
    options = { ...taken(options), decodeStrings: true };
    number(options, 'start');
    this.fd = options.fd?.fd ?? options.fd ?? null;
    this.path = path;
    this.flags = options.flags ?? 'w';
    this.mode = options.mode ?? 0o666;
    this.start = options.start;
    this.pos = options.start;
    this.bytesWritten = 0;
    this.autoClose = options.autoClose ?? true;
    Writable.call(this, { ...options, autoDestroy: this.autoClose });
    if (options.encoding) this.setDefaultEncoding(options.encoding);
  }
  Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
  Object.setPrototypeOf(WriteStream, Writable);
  Object.assign(WriteStream.prototype, opening, {
    _write(chunk, _encoding, done) {
      setImmediate(() => {
        let count;
        try {
          count = ops.write(this.fd, chunk, 0, chunk.length, this.pos ?? null);
        } catch (error) {
          return done(error);
        }
        if (this.pos !== undefined) this.pos += count;
        this.bytesWritten += count;
        done();
      });
    },
    destroySoon() {
      this.end();
    },
  });
  for (const Kind of [ReadStream, WriteStream]) {
    Object.defineProperty(Kind.prototype, 'pending', {
      get() {
        return this.fd === null;
      },
      configurable: true,
    });
    // Both take part as `new` and without, and tell whether they close by themselves.
    Kind.prototype.open = function () {};
    Kind.prototype.autoClose = true;
  }

  exports.ReadStream = ReadStream;
  exports.WriteStream = WriteStream;
  exports.createReadStream = (path, options) => new ReadStream(path, options);
  exports.createWriteStream = (path, options) => new WriteStream(path, options);
}
