// Errors as Node prints them.
export default function (exports, require) {
  exports.errorText = function (error, name, tag, keys, state) {
    let text;
    try {
      text = error.stack ? String(error.stack) : Error.prototype.toString.call(error);
    } catch {
      text = Error.prototype.toString.call(error);
    }
    const own = error.name === undefined || error.name === null ? 'Error' : String(error.name);
    let length = own.length;
    if (name === null || (own.endsWith('Error') && text.startsWith(own) && (text.length === length || text[length] === ':' || text[length] === '\n'))) {
      let fallback = 'Error';
      if (name === null) {
        const first = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(text) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(text);
        fallback = first?.[1] ?? '';
        length = fallback.length;
        fallback ||= 'Error';
      }
      const prefix = require('internal/shapes').prefix(name, tag, fallback).slice(0, -1);
      if (own !== prefix) {
        if (!prefix.includes(own)) text = `${prefix} [${own}]${text.slice(length)}`;
        else text = length === 0 ? `${prefix}: ${text}` : prefix + text.slice(length);
      }
    }
    const message = error.message ? text.indexOf(error.message) : -1;
    const from = message >= 0 ? message + error.message.length : 0;
    if (text.indexOf('\n    at', from) === -1) text = `[${text}]`;
    if (state.indent > 0) text = text.replaceAll('\n', `\n${' '.repeat(state.indent)}`);
    return text;
  };

  exports.errorKeys = function (error, text, keys) {
    const kept = keys.filter((key) => {
      if (key !== 'name' && key !== 'message' && key !== 'stack') return true;
      const value = String(error[key]);
      return !text.includes(value);
    });
    if (Object.prototype.hasOwnProperty.call(error, 'cause') && !kept.includes('cause')) kept.push('cause');
    if (Array.isArray(error.errors) && Object.prototype.hasOwnProperty.call(error, 'errors') && !kept.includes('errors')) kept.push('errors');
    return kept;
  };
}
