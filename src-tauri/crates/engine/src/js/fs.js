// fs: the package read-only, a temporary folder read-write, nothing else.
export default function (exports, require) {
  const { ops } = require('internal/fs_ops');
  const stats = require('internal/fs_stats');
  const { callable } = require('internal/errors');
  const { Buffer } = require('buffer');
  const { refuser } = require('internal/refusing');
  const settle = (done, args) => require('internal/timers').setImmediate(done, ...args);

  // The callback form: what is wrong with arguments is thrown, what is wrong with files is told.
  const called = (name) =>
    function (...args) {
      const at = args.findLastIndex((one) => typeof one === 'function');
      const done = args[at];
      callable(done, 'cb');
      args.length = at;
      let result;
      try {
        result = ops[name](...args);
      } catch (error) {
        if (error.errno === undefined && /^ERR_INVALID|^ERR_OUT_OF/.test(error.code)) throw error;
        settle(done, [error]);
        return;
      }
      settle(done, result === undefined ? [null] : [null, result]);
    };

  for (const name of Object.keys(ops)) {
    const sync = { [`${name}Sync`]: (...args) => ops[name](...args) }[`${name}Sync`];
    exports[`${name}Sync`] = sync;
    if (name !== 'exists') {
      exports[name] = called(name);
      Object.defineProperty(exports[name], 'name', { value: name });
    }
  }

  // These tell more than one thing.
  const buffered = (name, what) => {
    const plain = called(name);
    exports[name] = function (fd, buffer, ...rest) {
      const done = rest.findLast((one) => typeof one === 'function') ?? buffer;
      callable(done, 'cb');
      if (typeof buffer === 'function' || (name === 'read' && !ArrayBuffer.isView(buffer))) {
        const options = typeof buffer === 'function' ? {} : (buffer ?? {});
        buffer = options.buffer ?? Buffer.alloc(16384);
        rest = [options.offset ?? 0, options.length ?? buffer.byteLength, options.position ?? null, done];
      }
      plain(fd, buffer, ...rest.slice(0, rest.lastIndexOf(done)), (error, count) => done(error, count ?? 0, buffer));
    };
    Object.defineProperty(exports[name], 'name', { value: name });
    Object.defineProperty(exports[name], Symbol.for('nodejs.util.promisify.custom'), {
      value: (...args) => new Promise((resolve, reject) => exports[name](...args, (error, count, buffer) => (error ? reject(error) : resolve({ [count === undefined ? 'none' : what[0]]: count, [what[1]]: buffer })))),
      configurable: true,
    });
  };
  buffered('read', ['bytesRead', 'buffer']);
  buffered('readv', ['bytesRead', 'buffers']);
  buffered('write', ['bytesWritten', 'buffer']);
  buffered('writev', ['bytesWritten', 'buffers']);
  exports.exists = function exists(path, done) {
    callable(done, 'cb');
    settle(done, [ops.exists(path)]);
  };
  Object.defineProperty(exports.exists, Symbol.for('nodejs.util.promisify.custom'), { value: async (path) => ops.exists(path), configurable: true });
  for (const name of ['realpath', 'realpathSync']) exports[name].native = exports[name];

  const why = 'files do not change by themselves here';
  for (const name of ['watch', 'watchFile', 'unwatchFile']) exports[name] = refuser(`fs.${name}()`, name, why);
  for (const name of ['lchmod', 'lchmodSync']) exports[name] = undefined;
  exports.openAsBlob = async (path, options) => new Blob([ops.readFile(path)], options);
  Object.assign(exports, { Stats: stats.Stats, Dirent: stats.Dirent, Dir: stats.Dir, constants: stats.constants, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });
  const later = (name, from, own = name) =>
    Object.defineProperty(exports, name, { get: () => require(from)[own], set(value) { Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true }); }, enumerable: true, configurable: true });
  for (const name of ['ReadStream', 'WriteStream', 'createReadStream', 'createWriteStream']) later(name, 'internal/fs_streams');
  later('FileReadStream', 'internal/fs_streams', 'ReadStream');
  later('FileWriteStream', 'internal/fs_streams', 'WriteStream');
  later('promises', 'internal/fs_promises', 'promises');
}
