// The files a function sees: its package, read-only, and a temporary folder of its own that lives in memory and ends with the call.
export default function (exports, require, _module, internal) {
  const { control, OwnMap } = internal;
  const { root } = internal.modules;
  const { numbers } = require('internal/constants');
  const errno = numbers('os.errno');
  const sentences = {
    EACCES: 'permission denied',
    EBADF: 'bad file descriptor',
    EEXIST: 'file already exists',
    EINVAL: 'invalid argument',
    EISDIR: 'illegal operation on a directory',
    ELOOP: 'too many symbolic links encountered',
    ENOENT: 'no such file or directory',
    ENOTDIR: 'not a directory',
    ENOTEMPTY: 'directory not empty',
    EPERM: 'operation not permitted',
    EROFS: 'read-only file system',
    EXDEV: 'cross-device link not permitted',
  };
  const temporary = '/tmp';
  exports.temporary = temporary;

  exports.failure = function (code, syscall, path, dest) {
    let message = `${code}: ${sentences[code]}, ${syscall}`;
    if (path !== undefined) message += ` '${path}'`;
    if (dest !== undefined) message += ` -> '${dest}'`;
    const error = new Error(message);
    Object.assign(error, { errno: -errno[code], code, syscall });
    if (path !== undefined) error.path = path;
    if (dest !== undefined) error.dest = dest;
    return error;
  };

  let lastNode = 100;
  const node = (kind, mode) => {
    const now = Date.now();
    return { kind, mode, ino: ++lastNode, atime: now, mtime: now, ctime: now, birthtime: now, data: new Uint8Array(0), size: 0, entries: kind === 'folder' ? new OwnMap() : undefined, target: undefined, links: 1, writable: true };
  };
  exports.node = node;

  // --- the package, looked up piece by piece ---
  const known = new OwnMap();
  function packaged(path) {
    if (known.has(path)) return known.get(path);
    const group = internal.group('files');
    const [kind, real] = group.entry(path);
    let found;
    if (kind === 'file' || kind === 'folder') {
      found = { kind, mode: kind === 'file' ? 0o644 : 0o755, ino: ++lastNode, atime: born, mtime: born, ctime: born, birthtime: born, links: 1, writable: false, real };
      if (kind === 'file') {
        found.size = group.size(real);
        Object.defineProperty(found, 'data', {
          get() {
            const data = group.read(real);
            Object.defineProperty(found, 'data', { value: data });
            return data;
          },
          configurable: true,
        });
      } else {
        found.size = 4096;
        found.names = () => group.list(real);
        found.child = (name) => packaged(real === '' ? name : `${real}/${name}`);
      }
    } else found = kind === 'outside' ? 'EACCES' : undefined;
    known.set(path, found);
    return found;
  }

  // Folders above the two, which hold nothing else.
  const above = (names) => ({ kind: 'folder', mode: 0o755, ino: 2, size: 4096, atime: born, mtime: born, ctime: born, birthtime: born, links: 1, writable: false, names: () => names, closed: true });
  // They are made with the first path: what is loaded may be older than the call.
  let born;
  let temp;
  let top;
  let between;
  function begin() {
    born = Math.floor(control.origin());
    temp = node('folder', 0o700);
    top = above(['tmp', 'var']);
    between = above(['task']);
  }

  // Walks an absolute path to { node, parent, name, path }; node undefined = not there. Throws what stands in the way.
  exports.walk = function (path, syscall, { follow = true, shown = path, dest } = {}) {
    if (top === undefined) begin();
    let links = 0;
    let parts = path.split('/').filter((part) => part !== '' && part !== '.');
    const fail = (code) => exports.failure(code, syscall, shown, dest);
    let at = { node: top, parent: undefined, name: '', path: '' };
    const trail = [at];
    while (parts.length > 0) {
      const [name, ...rest] = parts;
      parts = rest;
      if (at.node === undefined) throw fail('ENOENT');
      if (at.node.kind !== 'folder') throw fail('ENOTDIR');
      if (name === '..') {
        if (trail.length > 1) trail.pop();
        at = trail[trail.length - 1];
        continue;
      }
      const child = step(at.node, name);
      if (child === 'EACCES') throw fail('EACCES');
      const next = { node: child, parent: at.node, name, path: `${at.path}/${name}` };
      if (child?.kind === 'link' && (follow || parts.length > 0)) {
        if (++links > 40) throw fail('ELOOP');
        const target = child.target.split('/').filter((part) => part !== '' && part !== '.');
        parts = [...target, ...parts];
        if (child.target.startsWith('/')) {
          trail.length = 1;
          at = trail[0];
        }
        continue;
      }
      at = next;
      trail.push(at);
    }
    return at;
  };

  function step(folder, name) {
    if (folder === top) return name === 'tmp' ? temp : name === 'var' ? between : 'EACCES';
    if (folder === between) return name === 'task' ? packaged('') : 'EACCES';
    return folder.entries !== undefined ? folder.entries.get(name) : folder.child(name);
  }

  exports.names = (folder) => (folder.entries !== undefined ? [...folder.entries.keys()] : folder.names()).sort();
  exports.childOf = step;

  // Makes room in a file; what is between the old end and the new one is zeros.
  exports.resize = function (file, size) {
    if (size > file.data.length) {
      const data = new Uint8Array(Math.max(size, Math.min(file.data.length * 2, file.data.length + (4 << 20)), 64));
      data.set(file.data.subarray(0, file.size));
      file.data = data;
    } else if (size < file.size) file.data.fill(0, size, file.size);
    file.size = size;
    exports.touch(file);
  };
  exports.touch = (file) => {
    file.mtime = file.ctime = Date.now();
  };

  // A path as given by a script, absolute: relative ones begin in the package.
  exports.absolute = function (value, name = 'path') {
    if (value !== null && typeof value === 'object' && value.href !== undefined && value.protocol !== undefined) value = require('url').fileURLToPath(value);
    else if (value instanceof Uint8Array) value = require('buffer').Buffer.from(value).toString();
    if (typeof value !== 'string') throw require('internal/errors').typeError(name, 'of type string or an instance of Buffer or URL', value);
    if (value.includes('\0')) throw require('internal/errors').valueError(name, 'must be a string, Uint8Array, or URL without null bytes', value);
    return { shown: value, path: value.startsWith('/') ? value : `${root}/${value}` };
  };
}
