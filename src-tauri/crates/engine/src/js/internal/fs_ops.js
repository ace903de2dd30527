// Operations on files, each done at once. The callback and promise forms are made from these.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const { failure, walk, absolute, node, names, childOf, resize, touch, temporary } = require('internal/files');
  const { statsOf, dirent, Dir, constants } = require('internal/fs_stats');
  const { Buffer } = require('buffer');
  const { typeError, valueError, rangeError, systemError } = require('internal/errors');
  const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND } = constants;
  const flagNames = {
    r: O_RDONLY, rs: O_RDONLY, 'r+': O_RDWR, 'rs+': O_RDWR, w: O_TRUNC | O_CREAT | O_WRONLY, wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL, 'w+': O_TRUNC | O_CREAT | O_RDWR, 'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL, a: O_APPEND | O_CREAT | O_WRONLY, ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL, as: O_APPEND | O_CREAT | O_WRONLY, 'a+': O_APPEND | O_CREAT | O_RDWR, 'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL, 'as+': O_APPEND | O_CREAT | O_RDWR,
  };
  const opened = new OwnMap();
  let lastFd = 20;

  const flagsOf = (flags = 'r') => {
    if (typeof flags === 'number') return flags;
    if (flagNames[flags] === undefined) throw valueError('flags', 'is invalid', flags);
    return flagNames[flags];
  };
  const encodingOf = (options) => {
    const encoding = typeof options === 'string' ? options : options?.encoding;
    if (encoding !== undefined && encoding !== null && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw valueError('encoding', 'is invalid encoding', encoding);
    return encoding === 'buffer' || encoding === null ? undefined : encoding;
  };
  const shaped = (text, options) => ((typeof options === 'string' ? options : options?.encoding) === 'buffer' ? Buffer.from(text) : text);
  const bytesOf = (data, encoding, name = 'data') => {
    if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8');
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    throw typeError(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  };
  const there = (at, syscall, shown) => {
    if (at.node === undefined) throw failure('ENOENT', syscall, shown);
    return at.node;
  };
  const find = (value, syscall, follow = true) => {
    const { path, shown } = absolute(value);
    return there(walk(path, syscall, { follow, shown }), syscall, shown);
  };
  // Where something can be made or taken away.
  const spot = (value, syscall, dest) => {
    const { path, shown } = absolute(value);
    const at = walk(path, syscall, { follow: false, shown, dest });
    if (at.parent === undefined || at.parent.entries === undefined) throw failure(at.parent?.closed ? 'EACCES' : 'EROFS', syscall, shown, dest);
    return { ...at, shown };
  };
  const mine = (file, syscall, shown) => {
    if (!file.writable) throw failure('EROFS', syscall, shown);
    return file;
  };
  const descriptor = (fd, syscall) => {
    if (typeof fd !== 'number') throw typeError('fd', 'of type number', fd);
    if (!Number.isInteger(fd) || fd < 0 || fd > 2147483647) throw rangeError('fd', Number.isInteger(fd) ? '>= 0 && <= 2147483647' : 'an integer', fd);
    const found = opened.get(fd);
    if (found === undefined) throw failure('EBADF', syscall);
    return found;
  };
  const open = (value, flags, mode = 0o666) => {
    const wanted = flagsOf(flags);
    const { path, shown } = absolute(value);
    const at = walk(path, 'open', { shown });
    let file = at.node;
    const writes = (wanted & 3) !== O_RDONLY;
    if (file === undefined) {
      if ((wanted & O_CREAT) === 0) throw failure('ENOENT', 'open', shown);
      if (at.parent.entries === undefined) throw failure(at.parent.closed ? 'EACCES' : 'EROFS', 'open', shown);
      file = node('file', mode & ~0o22);
      at.parent.entries.set(at.name, file);
      touch(at.parent);
    } else {
      if ((wanted & O_EXCL) !== 0 && (wanted & O_CREAT) !== 0) throw failure('EEXIST', 'open', shown);
      if (file.kind === 'folder' && writes) throw failure('EISDIR', 'open', shown);
      if (writes) mine(file, 'open', shown);
      if ((wanted & O_TRUNC) !== 0) resize(file, 0);
    }
    const fd = ++lastFd;
    opened.set(fd, { file, flags: wanted, position: 0, path: at.path });
    return fd;
  };
  const readAt = (fd, target, position) => {
    const { file } = fd;
    if (file.kind === 'folder') throw failure('EISDIR', 'read');
    if ((fd.flags & 3) === O_WRONLY) throw failure('EBADF', 'read');
    const from = position ?? fd.position;
    const count = Math.max(0, Math.min(target.length, file.size - from));
    target.set(file.data.subarray(from, from + count));
    if (position === null || position === undefined) fd.position += count;
    file.atime = Date.now();
    return count;
  };
  const writeAt = (fd, bytes, position) => {
    const { file } = fd;
    if ((fd.flags & 3) === O_RDONLY) throw failure('EBADF', 'write');
    const from = (fd.flags & O_APPEND) !== 0 ? file.size : (position ?? fd.position);
    if (from + bytes.length > file.size) resize(file, from + bytes.length);
    file.data.set(bytes, from);
    touch(file);
    if (position === null || position === undefined) fd.position = from + bytes.length;
    return bytes.length;
  };
  // A path or a descriptor, for as long as `run` takes.
  const using = (target, flags, mode, run) => {
    if (Number.isInteger(target)) return run(descriptor(target, 'read'));
    const fd = open(target, flags, mode);
    try {
      return run(opened.get(fd));
    } finally {
      opened.delete(fd);
    }
  };
  const seconds = (value) => (value instanceof Date ? value.getTime() : Number(value) * 1000);
  const place = (position) => (typeof position === 'bigint' ? Number(position) : typeof position === 'number' && position >= 0 ? position : null);

  function remove(folder, name, recursive, fail) {
    const found = folder.entries.get(name);
    if (found.kind === 'folder' && found.entries.size > 0 && !recursive) throw fail('ENOTEMPTY');
    folder.entries.delete(name);
    touch(folder);
  }

  function copyTree(from, to, options, syscall) {
    const source = find(from, syscall, Boolean(options.dereference));
    if (options.filter && !options.filter(from, to)) return;
    if (source.kind === 'folder') {
      if (!options.recursive) throw systemError('ERR_FS_EISDIR', 'Recursive option not enabled, cannot copy a directory', { code: 'EISDIR', message: `${from} is a directory (not copied)`, errno: 21, syscall: 'cp', path: from });
      if (!ops.exists(to)) ops.mkdir(to, { recursive: true });
      for (const name of names(source)) copyTree(`${from}/${name}`, `${to}/${name}`, options, syscall);
    } else if (source.kind === 'link') ops.symlink(source.target, to);
    else if (options.force === false && ops.exists(to)) {
      if (options.errorOnExist) throw systemError('ERR_FS_CP_EEXIST', 'Target already exists', { code: 'EEXIST', message: `${to} already exists`, errno: 17, syscall: 'cp', path: to });
    } else ops.writeFile(to, source.data.subarray(0, source.size), { mode: source.mode });
  }

  // One buffer after the other, up to the first that is not filled or taken whole.
  function each(one, fd, buffers, position) {
    let at = place(position);
    let total = 0;
    for (const buffer of buffers) {
      const count = one(fd, buffer, 0, buffer.byteLength, at);
      total += count;
      if (at !== null) at += count;
      if (count < buffer.byteLength) break;
    }
    return total;
  }

  const ops = {
    access(path, mode = 0) {
      const { shown } = absolute(path);
      const found = find(path, 'access');
      if ((mode & 2) !== 0 && !found.writable) throw failure('EROFS', 'access', shown);
      if ((mode & 1) !== 0 && found.kind === 'file' && (found.mode & 0o111) === 0) throw failure('EACCES', 'access', shown);
    },
    exists(path) {
      try {
        ops.access(path);
        return true;
      } catch {
        return false;
      }
    },
    open,
    close(fd) {
      descriptor(fd, 'close');
      opened.delete(fd);
    },
    read(fd, buffer, offset, length, position) {
      const file = descriptor(fd, 'read');
      if (!ArrayBuffer.isView(buffer)) {
        ({ buffer = Buffer.alloc(16384), offset = 0, length = buffer.byteLength - offset, position = null } = buffer ?? {});
      } else if (offset !== null && typeof offset === 'object') {
        ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
      }
      offset ??= 0;
      length ??= buffer.byteLength - offset;
      if (offset < 0 || offset > buffer.byteLength) throw rangeError('offset', `>= 0 && <= ${buffer.byteLength}`, offset);
      if (length < 0 || length > buffer.byteLength - offset) throw rangeError('length', `>= 0 && <= ${buffer.byteLength - offset}`, length);
      return readAt(file, new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length), place(position));
    },
    readv: (fd, buffers, position) => each(ops.read, fd, buffers, position),
    write(fd, data, offset, length, position) {
      const file = descriptor(fd, 'write');
      if (typeof data === 'string') return writeAt(file, Buffer.from(data, typeof length === 'string' ? length : 'utf8'), place(offset));
      if (offset !== null && typeof offset === 'object') ({ offset = 0, length, position = null } = offset);
      const bytes = bytesOf(data, undefined, 'buffer');
      offset ??= 0;
      length ??= bytes.length - offset;
      if (length > bytes.length - offset) throw rangeError('length', `<= ${bytes.length - offset}`, length);
      return writeAt(file, bytes.subarray(offset, offset + length), place(position));
    },
    writev: (fd, buffers, position) => each(ops.write, fd, buffers, position),
    readFile(target, options) {
      const encoding = encodingOf(options);
      const bytes = using(target, options?.flag ?? 'r', 0o666, (fd) => {
        const whole = Buffer.allocUnsafe(Math.max(0, fd.file.size - fd.position));
        if (fd.file.kind === 'folder') throw failure('EISDIR', 'read');
        readAt(fd, whole, null);
        return whole;
      });
      return encoding === undefined ? bytes : bytes.toString(encoding);
    },
    writeFile(target, data, options) {
      const bytes = bytesOf(data, encodingOf(options));
      using(target, options?.flag ?? 'w', options?.mode ?? 0o666, (fd) => void writeAt(fd, bytes, null));
    },
    appendFile(target, data, options) {
      ops.writeFile(target, data, { flag: 'a', ...(typeof options === 'string' ? { encoding: options } : options) });
    },
    stat(path, options) {
      if (options?.throwIfNoEntry === false) {
        try {
          return statsOf(find(path, 'stat'), options);
        } catch (error) {
          if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
          throw error;
        }
      }
      return statsOf(find(path, 'stat'), options);
    },
    lstat(path, options) {
      if (options?.throwIfNoEntry === false && !ops.exists(path)) return undefined;
      return statsOf(find(path, 'lstat', false), options);
    },
    fstat: (fd, options) => statsOf(descriptor(fd, 'fstat').file, options),
    statfs(path, options) {
      find(path, 'statfs');
      const all = { type: 16914836, bsize: 4096, blocks: 65536, bfree: 65536, bavail: 65536, files: 65536, ffree: 65536 };
      return options?.bigint ? Object.fromEntries(Object.entries(all).map(([key, value]) => [key, BigInt(value)])) : all;
    },
    readdir(path, options) {
      const { shown } = absolute(path);
      const list = (folder, at, prefix) =>
        names(folder).flatMap((name) => {
          const child = childOf(folder, name);
          const found = [options?.withFileTypes ? dirent(name, at, child) : shaped(prefix + name, options)];
          return options?.recursive && child?.kind === 'folder' ? [...found, ...list(child, `${at}/${name}`, `${prefix}${name}/`)] : found;
        });
      const folder = find(path, 'scandir');
      if (folder.kind !== 'folder') throw failure('ENOTDIR', 'scandir', shown);
      return list(folder, shown, '');
    },
    opendir(path, options) {
      const { shown } = absolute(path);
      const folder = find(path, 'opendir');
      if (folder.kind !== 'folder') throw failure('ENOTDIR', 'opendir', shown);
      return new Dir(shown, ops.readdir(path, { ...options, withFileTypes: true }));
    },
    mkdir(path, options) {
      const recursive = typeof options === 'object' && options !== null && options.recursive;
      const mode = (typeof options === 'object' ? options?.mode : options) ?? 0o777;
      const { path: whole, shown } = absolute(path);
      if (recursive) {
        let first;
        let at = '';
        for (const part of whole.split('/').filter(Boolean)) {
          at += `/${part}`;
          const found = walk(at, 'mkdir', { shown });
          if (found.node === undefined) {
            ops.mkdir(at, { mode });
            first ??= at;
          } else if (found.node.kind !== 'folder') throw failure(at === whole ? 'EEXIST' : 'ENOTDIR', 'mkdir', shown);
        }
        return first;
      }
      const { node: found } = walk(whole, 'mkdir', { shown });
      if (found !== undefined) throw failure('EEXIST', 'mkdir', shown);
      const at = spot(path, 'mkdir');
      at.parent.entries.set(at.name, node('folder', mode & ~0o22));
      touch(at.parent);
      return undefined;
    },
    mkdtemp(prefix, options) {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
      const { shown } = absolute(prefix, 'prefix');
      const path = shown + Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
      try {
        ops.mkdir(path, 0o700);
      } catch (error) {
        throw failure(error.code, 'mkdtemp', `${shown}XXXXXX`);
      }
      return shaped(path, options);
    },
    rmdir(path, options) {
      const at = spot(path, 'rmdir');
      const found = there(at, 'rmdir', at.shown);
      if (found.kind !== 'folder') throw failure('ENOTDIR', 'rmdir', at.shown);
      remove(at.parent, at.name, options?.recursive, (code) => failure(code, 'rmdir', at.shown));
    },
    rm(path, options) {
      const { path: whole, shown } = absolute(path);
      const { node: found } = walk(whole, 'lstat', { follow: false, shown });
      if (found === undefined) {
        if (options?.force) return;
        throw failure('ENOENT', 'lstat', shown);
      }
      if (found.kind === 'folder' && !options?.recursive) throw systemError('ERR_FS_EISDIR', 'Path is a directory', { code: 'EISDIR', message: 'is a directory', errno: 21, syscall: 'rm', path: shown });
      const at = spot(path, 'rm');
      remove(at.parent, at.name, true);
    },
    unlink(path) {
      const at = spot(path, 'unlink');
      if (there(at, 'unlink', at.shown).kind === 'folder') throw failure('EISDIR', 'unlink', at.shown);
      at.node.links--;
      remove(at.parent, at.name, true);
    },
    rename(from, to) {
      const { shown } = absolute(to, 'newPath');
      const source = spot(from, 'rename', shown);
      if (source.node === undefined) throw failure('ENOENT', 'rename', source.shown, shown);
      const target = spot(to, 'rename');
      if (target.node?.kind === 'folder') {
        if (source.node.kind !== 'folder') throw failure('EISDIR', 'rename', source.shown, shown);
        if (target.node.entries.size > 0) throw failure('ENOTEMPTY', 'rename', source.shown, shown);
      } else if (target.node !== undefined && source.node.kind === 'folder') throw failure('ENOTDIR', 'rename', source.shown, shown);
      if (`${target.path}/`.startsWith(`${source.path}/`) && target.path !== source.path) throw failure('EINVAL', 'rename', source.shown, shown);
      source.parent.entries.delete(source.name);
      target.parent.entries.set(target.name, source.node);
    },
    copyFile(from, to, mode = 0) {
      const { shown } = absolute(from, 'src');
      const { shown: dest } = absolute(to, 'dest');
      let source;
      try {
        source = find(from, 'copyfile');
      } catch (error) {
        throw failure(error.code, 'copyfile', shown, dest);
      }
      if (source.kind === 'folder') throw failure('EISDIR', 'copyfile', shown, dest);
      try {
        ops.writeFile(to, source.data.subarray(0, source.size), { flag: (mode & 1) !== 0 ? 'wx' : 'w' });
      } catch (error) {
        throw failure(error.code, 'copyfile', shown, dest);
      }
    },
    cp: (from, to, options = {}) => copyTree(absolute(from, 'src').shown, absolute(to, 'dest').shown, options, 'cp'),
    link(from, to) {
      const { shown } = absolute(to, 'newPath');
      const source = find(from, 'link', false);
      const at = spot(to, 'link');
      if (at.node !== undefined) throw failure('EEXIST', 'link', absolute(from).shown, shown);
      if (!source.writable) throw failure('EXDEV', 'link', absolute(from).shown, shown);
      source.links++;
      at.parent.entries.set(at.name, source);
    },
    symlink(target, path) {
      const at = spot(path, 'symlink');
      if (at.node !== undefined) throw failure('EEXIST', 'symlink', absolute(target, 'target').shown, at.shown);
      const made = node('link', 0o777);
      made.target = absolute(target, 'target').shown;
      made.size = made.target.length;
      at.parent.entries.set(at.name, made);
    },
    readlink(path, options) {
      const found = find(path, 'readlink', false);
      if (found.kind !== 'link') throw failure('EINVAL', 'readlink', absolute(path).shown);
      return shaped(found.target, options);
    },
    realpath(path, options) {
      const { path: whole, shown } = absolute(path);
      const at = walk(whole, 'realpath', { shown });
      const found = there(at, 'realpath', shown);
      return shaped(found.real === undefined ? at.path || '/' : `/var/task${found.real === '' ? '' : `/${found.real}`}`, options);
    },
    truncate(path, length = 0) {
      using(path, 'r+', 0o666, (fd) => resize(fd.file, length));
    },
    ftruncate(fd, length = 0) {
      const found = descriptor(fd, 'ftruncate');
      if ((found.flags & 3) === O_RDONLY) throw failure('EINVAL', 'ftruncate');
      resize(found.file, length);
    },
    chmod(path, mode) {
      mine(find(path, 'chmod'), 'chmod', absolute(path).shown).mode = (typeof mode === 'string' ? Number.parseInt(mode, 8) : mode) & 0o7777;
    },
    fchmod(fd, mode) {
      mine(descriptor(fd, 'fchmod').file, 'fchmod').mode = mode & 0o7777;
    },
    chown: (path) => void mine(find(path, 'chown'), 'chown', absolute(path).shown),
    lchown: (path) => void mine(find(path, 'lchown', false), 'lchown', absolute(path).shown),
    fchown: (fd) => void mine(descriptor(fd, 'fchown').file, 'fchown'),
    utimes(path, atime, mtime) {
      Object.assign(mine(find(path, 'utime'), 'utime', absolute(path).shown), { atime: seconds(atime), mtime: seconds(mtime) });
    },
    lutimes(path, atime, mtime) {
      Object.assign(mine(find(path, 'lutime', false), 'lutime', absolute(path).shown), { atime: seconds(atime), mtime: seconds(mtime) });
    },
    futimes(fd, atime, mtime) {
      Object.assign(mine(descriptor(fd, 'futime').file, 'futime'), { atime: seconds(atime), mtime: seconds(mtime) });
    },
    fsync: (fd) => void descriptor(fd, 'fsync'),
    fdatasync: (fd) => void descriptor(fd, 'fdatasync'),
  };
  exports.ops = ops;
  exports.temporary = temporary;
  exports.bytesOf = bytesOf;
  exports.encodingOf = encodingOf;
}
