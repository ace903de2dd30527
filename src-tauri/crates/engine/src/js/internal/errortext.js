// Errors as Node prints them.
export default function (exports, _require) {
  exports.errorText = function (error, name, tag, keys, state) {
    let text;
    try {
      text = error.stack ? String(error.stack) : Error.prototype.toString.call(error);
    } catch {
      text = Error.prototype.toString.call(error);
    }
    // A class named otherwise than the error's name is told as well.
    const own = typeof error.name === 'string' ? error.name : 'Error';
    if (name !== null && own !== name && !text.startsWith(name) && text.startsWith(own)) {
      if (own === 'Error' && name.endsWith('Error')) text = name + text.slice(own.length);
      else if (!text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')).includes(name)) text = `${own} [${name}]${text.slice(own.length)}`;
    }
    if (error.code !== undefined && typeof error.code === 'string' && /^ERR_/.test(error.code) && text.startsWith(own) && !text.includes(`[${error.code}]`)) {
      text = `${own} [${error.code}]${text.slice(own.length)}`;
    }
    if (name === null) text = `[${own}: null prototype]${text.slice(own.length)}`;
    if (tag !== '' && tag !== name) text += ` [${tag}]`;
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
