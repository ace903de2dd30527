export default function (exports, require, module) {
  const { text } = require('internal/errors');

  // `.` and `..` taken out; `above` keeps leading `..`.
  function tidy(path, above) {
    const parts = [];
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue;
      if (part !== '..') parts.push(part);
      else if (parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
      else if (above) parts.push('..');
    }
    return parts.join('/');
  }

  const posix = {
    sep: '/',
    delimiter: ':',
    resolve(...paths) {
      let resolved = '';
      let absolute = false;
      for (let index = paths.length - 1; index >= 0 && !absolute; index--) {
        text(paths[index], `paths[${index}]`);
        if (paths[index] === '') continue;
        resolved = `${paths[index]}/${resolved}`;
        absolute = paths[index].startsWith('/');
      }
      if (!absolute) {
        resolved = `${require('process').cwd()}/${resolved}`;
        absolute = true;
      }
      return `/${tidy(resolved, false)}`;
    },
    normalize(path) {
      text(path, 'path');
      if (path === '') return '.';
      const absolute = path.startsWith('/');
      const trailing = path.endsWith('/');
      const tidied = tidy(path, !absolute);
      if (tidied === '') return absolute ? '/' : trailing ? './' : '.';
      return `${absolute ? '/' : ''}${tidied}${trailing ? '/' : ''}`;
    },
    isAbsolute(path) {
      text(path, 'path');
      return path.startsWith('/');
    },
    join(...paths) {
      for (const path of paths) text(path, 'path');
      const joined = paths.filter((path) => path !== '').join('/');
      return joined === '' ? '.' : posix.normalize(joined);
    },
    relative(from, to) {
      text(from, 'from');
      text(to, 'to');
      const one = posix.resolve(from).split('/').filter(Boolean);
      const other = posix.resolve(to).split('/').filter(Boolean);
      let same = 0;
      while (same < one.length && same < other.length && one[same] === other[same]) same++;
      return [...one.slice(same).map(() => '..'), ...other.slice(same)].join('/');
    },
    toNamespacedPath: (path) => path,
    dirname(path) {
      text(path, 'path');
      if (path === '') return '.';
      const stripped = path.replace(/\/+$/, '');
      if (stripped === '') return '/';
      const at = stripped.lastIndexOf('/');
      if (at < 0) return '.';
      if (at === 0) return '/';
      return at === 1 && path.startsWith('/') ? '//' : stripped.slice(0, at);
    },
    basename(path, suffix) {
      if (suffix !== undefined) text(suffix, 'suffix');
      text(path, 'path');
      const stripped = path.replace(/\/+$/, '');
      const name = stripped.slice(stripped.lastIndexOf('/') + 1);
      if (suffix === path) return '';
      return suffix !== undefined && suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
    },
    extname(path) {
      text(path, 'path');
      const name = posix.basename(path);
      const at = name.lastIndexOf('.');
      return at <= 0 || /^\.+$/.test(name.slice(0, at + 1)) ? '' : name.slice(at);
    },
    format(parts) {
      if (parts === null || typeof parts !== 'object') throw require('internal/errors').typeError('pathObject', 'of type object', parts);
      const folder = parts.dir || parts.root;
      const extension = parts.ext ? `${parts.ext.startsWith('.') ? '' : '.'}${parts.ext}` : '';
      const base = parts.base || `${parts.name || ''}${extension}`;
      if (!folder) return base;
      return folder === parts.root ? `${folder}${base}` : `${folder}/${base}`;
    },
    parse(path) {
      text(path, 'path');
      const root = path.startsWith('/') ? '/' : '';
      const base = posix.basename(path);
      const ext = posix.extname(base);
      const stripped = path.replace(/\/+$/, '');
      const at = stripped.lastIndexOf('/');
      const dir = at < 0 ? root && base === '' ? root : '' : at === 0 ? '/' : stripped.slice(0, at);
      return { root, dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) };
    },
    _makeLong: (path) => path,
  };
  posix.posix = posix;
  posix.win32 = posix;
  module.exports = posix;
}
