// fs/promises and its file handles.
export default function (exports, require) {
  const EventEmitter = require('events');
  const { ops, bytesOf, encodingOf } = require('internal/fs_ops');
  const { constants } = require('internal/fs_stats');
  const { refuser } = require('internal/refusing');
  const { abortError } = require('internal/abort');
  const { Buffer } = require('buffer');

  class FileHandle extends EventEmitter {
    #fd;
    constructor(fd) {
      super();
      this.#fd = fd;
    }
    get fd() {
      return this.#fd;
    }
    getAsyncId() {
      return 1;
    }
    async close() {
      if (this.#fd < 0) return;
      const fd = this.#fd;
      this.#fd = -1;
      ops.close(fd);
      this.emit('close');
    }
    async read(buffer, ...rest) {
      if (!ArrayBuffer.isView(buffer)) {
        const { buffer: own = Buffer.alloc(16384), offset = 0, length = own.byteLength - offset, position = null } = buffer ?? {};
        return { bytesRead: ops.read(this.#fd, own, offset, length, position), buffer: own };
      }
      return { bytesRead: ops.read(this.#fd, buffer, ...rest), buffer };
    }
    async readv(buffers, position) {
      return { bytesRead: ops.readv(this.#fd, buffers, position), buffers };
    }
    async write(buffer, ...rest) {
      return { bytesWritten: ops.write(this.#fd, buffer, ...rest), buffer };
    }
    async writev(buffers, position) {
      return { bytesWritten: ops.writev(this.#fd, buffers, position), buffers };
    }
    async readFile(options) {
      return ops.readFile(this.#fd, options);
    }
    async *readLines(options) {
      yield* require('readline').createInterface({ input: this.createReadStream({ autoClose: false, ...options }), crlfDelay: Infinity });
    }
    readableWebStream() {
      return require('stream').Readable.toWeb(this.createReadStream({ autoClose: false }));
    }
    createReadStream(options) {
      return require('fs').createReadStream('', { ...options, fd: this.#fd });
    }
    createWriteStream(options) {
      return require('fs').createWriteStream('', { ...options, fd: this.#fd });
    }
    async [Symbol.asyncDispose ?? Symbol('asyncDispose')]() {
      await this.close();
    }
  }
  const handled = { stat: 'fstat', sync: 'fsync', datasync: 'fdatasync', truncate: 'ftruncate', utimes: 'futimes', chmod: 'fchmod', chown: 'fchown', writeFile: 'writeFile', appendFile: 'appendFile' };
  for (const [name, op] of Object.entries(handled)) {
    Object.defineProperty(FileHandle.prototype, name, {
      value: {
        async [name](...args) {
          return ops[op](this.fd, ...args);
        },
      }[name],
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }

  const target = (path) => (path instanceof FileHandle ? path.fd : path);
  const promises = {};
  for (const name of 'access appendFile chmod chown copyFile cp lchown link lstat lutimes mkdir mkdtemp opendir readFile readdir readlink realpath rename rm rmdir stat statfs symlink truncate unlink utimes writeFile'.split(' ')) {
    promises[name] = {
      async [name](...args) {
        const signal = args.find((one) => one?.signal !== undefined)?.signal;
        if (signal?.aborted) throw abortError(signal);
        args[0] = target(args[0]);
        if (name === 'writeFile' || name === 'appendFile') args[1] = await collected(args[1], args[2]);
        // Files are looked at when the event loop comes round, as on Node.
        await new Promise((done) => setImmediate(done));
        if (signal?.aborted) throw abortError(signal);
        return ops[name](...args);
      },
    }[name];
  }

  // Data given as a stream or an iterable of pieces.
  async function collected(data, options) {
    if (typeof data === 'string' || ArrayBuffer.isView(data) || data === null || typeof data !== 'object') return data;
    if (typeof data[Symbol.asyncIterator] !== 'function' && typeof data[Symbol.iterator] !== 'function') return data;
    const pieces = [];
    for await (const piece of data) pieces.push(bytesOf(piece, encodingOf(options)));
    return Buffer.concat(pieces);
  }
  promises.open = async function open(path, flags, mode) {
    await new Promise((done) => setImmediate(done));
    return new FileHandle(ops.open(path, flags, mode));
  };
  const why = 'files do not change by themselves here';
  promises.watch = refuser('fs.promises.watch()', 'watch', why);
  promises.lchmod = async () => {
    throw require('internal/errors').coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The lchmod() method is not implemented');
  };
  promises.constants = constants;
  exports.promises = promises;
  exports.FileHandle = FileHandle;
}
