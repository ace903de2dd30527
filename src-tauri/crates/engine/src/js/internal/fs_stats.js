// What fs tells of files: Stats, Dirent, Dir.
export default function (exports, require) {
  const { numbers } = require('internal/constants');
  const constants = numbers('fs');
  const types = { file: constants.S_IFREG, folder: constants.S_IFDIR, link: constants.S_IFLNK };
  const kinds = { File: 'S_IFREG', Directory: 'S_IFDIR', SymbolicLink: 'S_IFLNK', BlockDevice: 'S_IFBLK', CharacterDevice: 'S_IFCHR', FIFO: 'S_IFIFO', Socket: 'S_IFSOCK' };
  const dirents = { File: 'FILE', Directory: 'DIR', SymbolicLink: 'LINK', BlockDevice: 'BLOCK', CharacterDevice: 'CHAR', FIFO: 'FIFO', Socket: 'SOCKET' };

  function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
    Object.assign(this, { dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs });
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(Number(this[`${name}Ms`]));
  }
  for (const [name, constant] of Object.entries(kinds)) {
    Stats.prototype[`is${name}`] = function () {
      return (Number(this.mode) & constants.S_IFMT) === constants[constant];
    };
  }
  class BigIntStats extends Stats {}

  exports.statsOf = function (node, options) {
    const size = node.size ?? 0;
    const all = [1, types[node.kind] | node.mode, node.links ?? 1, 1000, 1000, 0, 4096, node.ino, node.kind === 'folder' ? 4096 : size, Math.ceil(size / 512), node.atime, node.mtime, node.ctime, node.birthtime];
    if (!options?.bigint) return new Stats(...all);
    const big = new BigIntStats(...all.map((value) => BigInt(Math.trunc(value))));
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) big[`${name}Ns`] = big[`${name}Ms`] * 1_000_000n;
    return big;
  };

  const kindOf = Symbol('type');
  class Dirent {
    constructor(name, path, kind) {
      this.name = name;
      this.parentPath = path;
      this.path = path;
      this[kindOf] = kind;
      Object.defineProperty(this, 'parentPath', { enumerable: true });
    }
  }
  for (const [name, constant] of Object.entries(dirents)) {
    Dirent.prototype[`is${name}`] = function () {
      return this[kindOf] === constants[`UV_DIRENT_${constant}`];
    };
  }
  exports.dirent = (name, path, node) => new Dirent(name, path, constants[`UV_DIRENT_${{ file: 'FILE', folder: 'DIR', link: 'LINK' }[node?.kind] ?? 'UNKNOWN'}`]);

  const { coded } = require('internal/errors');
  class Dir {
    #path;
    #left;
    #closed = false;
    constructor(path, entries) {
      this.#path = path;
      this.#left = entries;
    }
    get path() {
      return this.#path;
    }
    #open() {
      if (this.#closed) throw coded(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed');
    }
    readSync() {
      this.#open();
      return this.#left.shift() ?? null;
    }
    read(done) {
      if (typeof done !== 'function') return Promise.resolve().then(() => this.readSync());
      const next = this.readSync();
      setImmediate(done, null, next);
      return undefined;
    }
    closeSync() {
      this.#open();
      this.#closed = true;
    }
    close(done) {
      if (typeof done !== 'function') return Promise.resolve().then(() => this.closeSync());
      this.closeSync();
      setImmediate(done, null);
      return undefined;
    }
    async *entries() {
      try {
        for (;;) {
          const next = await this.read();
          if (next === null) return;
          yield next;
        }
      } finally {
        if (!this.#closed) await this.close();
      }
    }
    [Symbol.asyncIterator]() {
      return this.entries();
    }
  }
  Object.assign(exports, { Stats, Dirent, Dir, constants });
}
