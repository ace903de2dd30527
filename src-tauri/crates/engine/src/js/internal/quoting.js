// Strings and keys as Node prints them.
export default function (exports) {
  const short = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

  exports.quote = function (text) {
    let mark = "'";
    if (text.includes("'")) {
      if (!text.includes('"')) mark = '"';
      else if (!text.includes('`') && !text.includes('${')) mark = '`';
    }
    if (!/[\x00-\x1f\x27\x5c\x7f-\x9f\ud800-\udfff]/.test(text)) return mark + text + mark;
    let out = '';
    for (let index = 0; index < text.length; index++) {
      const letter = text[index];
      const code = text.charCodeAt(index);
      if (letter === mark) out += `\\${letter}`;
      else if (short[letter] !== undefined) out += short[letter];
      else if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) out += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
      else if (code >= 0xd800 && code <= 0xdfff) {
        const next = text.charCodeAt(index + 1);
        if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
          out += letter + text[index + 1];
          index++;
        } else {
          out += `\\u${code.toString(16)}`;
        }
      } else out += letter;
    }
    return mark + out + mark;
  };

  exports.keyText = function (key) {
    if (typeof key === 'symbol') return `[${Symbol.prototype.toString.call(key)}]`;
    if (key === '__proto__') return "['__proto__']";
    if (/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key)) return key;
    return exports.quote(key);
  };
}
