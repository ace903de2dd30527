export default function (exports, require) {

  function escape(value) {
    if (typeof value !== 'string') value = typeof value === 'object' ? String(value) : `${value}`;
    if (!value.isWellFormed()) throw require('internal/errors').coded(URIError, 'ERR_INVALID_URI', 'URI malformed');
    return encodeURIComponent(value);
  }

  function unescape(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return exports.unescapeBuffer(text).toString();
    }
  }

  exports.unescapeBuffer = (text) => {
    const bytes = [];
    const source = require('buffer').Buffer.from(text);
    for (let index = 0; index < source.length; index++) {
      const pair = source.toString('latin1', index + 1, index + 3);
      if (source[index] === 37 && /^[0-9a-f]{2}$/i.test(pair)) {
        bytes.push(parseInt(pair, 16));
        index += 2;
      } else bytes.push(source[index]);
    }
    return require('buffer').Buffer.from(bytes);
  };

  function primitive(value) {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
    if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`;
    return '';
  }

  exports.stringify = exports.encode = function (object, separator, equals, options) {
    const sep = separator || '&';
    const eq = equals || '=';
    const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : exports.escape;
    if (object === null || typeof object !== 'object') return '';
    return Object.keys(object)
      .flatMap((key) => {
        const name = encode(primitive(key)) + eq;
        return Array.isArray(object[key]) ? object[key].map((value) => name + encode(primitive(value))) : [name + encode(primitive(object[key]))];
      })
      .join(sep);
  };

  exports.parse = exports.decode = function (text, separator, equals, options) {
    const result = { __proto__: null };
    if (typeof text !== 'string' || text === '') return result;
    const sep = separator || '&';
    const eq = equals || '=';
    const decode = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : exports.unescape;
    const limit = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
    let pairs = text.split(sep);
    if (limit > 0) pairs = pairs.slice(0, limit);
    const read = (part) => {
      part = part.replaceAll('+', ' ');
      try {
        return decode(part);
      } catch {
        return unescape(part);
      }
    };
    for (const pair of pairs) {
      if (pair === '') continue;
      const at = pair.indexOf(eq);
      const name = read(at < 0 ? pair : pair.slice(0, at));
      const value = at < 0 ? '' : read(pair.slice(at + eq.length));
      if (!(name in result)) result[name] = value;
      else if (Array.isArray(result[name])) result[name].push(value);
      else result[name] = [result[name], value];
    }
    return result;
  };
  exports.escape = escape;
  exports.unescape = unescape;
}
