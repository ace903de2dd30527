// RFC 3492.
export default function (exports) {
  const base = 36;
  const low = 1;
  const high = 26;

  function adapt(delta, count, first) {
    delta = first ? Math.floor(delta / 700) : delta >> 1;
    delta += Math.floor(delta / count);
    let k = 0;
    for (; delta > ((base - low) * high) >> 1; k += base) delta = Math.floor(delta / (base - low));
    return Math.floor(k + ((base - low + 1) * delta) / (delta + 38));
  }
  const threshold = (k, bias) => (k <= bias ? low : k >= bias + high ? high : k - bias);
  const digit = (value) => String.fromCharCode(value + (value < 26 ? 97 : 22));
  const invalid = () => new RangeError('Invalid input');

  exports.ucs2 = {
    decode: (text) => Array.from(text, (letter) => letter.codePointAt(0)),
    encode: (codes) => String.fromCodePoint(...codes),
  };

  exports.encode = function (text) {
    const codes = exports.ucs2.decode(text);
    const basic = codes.filter((code) => code < 128);
    let out = String.fromCharCode(...basic);
    let handled = basic.length;
    if (handled > 0) out += '-';
    let n = 128;
    let delta = 0;
    let bias = 72;
    while (handled < codes.length) {
      const next = Math.min(...codes.filter((code) => code >= n));
      delta += (next - n) * (handled + 1);
      if (delta > 2147483647) throw new RangeError('Overflow: input needs wider integers to process');
      n = next;
      for (const code of codes) {
        if (code < n) delta++;
        if (code !== n) continue;
        let q = delta;
        for (let k = base; ; k += base) {
          const t = threshold(k, bias);
          if (q < t) break;
          out += digit(t + ((q - t) % (base - t)));
          q = Math.floor((q - t) / (base - t));
        }
        out += digit(q);
        bias = adapt(delta, handled + 1, handled === basic.length);
        delta = 0;
        handled++;
      }
      delta++;
      n++;
    }
    return out;
  };

  exports.decode = function (text) {
    const out = [];
    const dash = text.lastIndexOf('-');
    for (let index = 0; index < Math.max(0, dash); index++) {
      if (text.charCodeAt(index) >= 128) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
      out.push(text.charCodeAt(index));
    }
    let n = 128;
    let i = 0;
    let bias = 72;
    for (let at = dash > 0 ? dash + 1 : 0; at < text.length; ) {
      const before = i;
      for (let weight = 1, k = base; ; k += base) {
        if (at >= text.length) throw invalid();
        const code = text.charCodeAt(at++);
        const value = code >= 48 && code < 58 ? code - 22 : code >= 65 && code < 91 ? code - 65 : code >= 97 && code < 123 ? code - 97 : base;
        if (value >= base) throw invalid();
        i += value * weight;
        const t = threshold(k, bias);
        if (value < t) break;
        weight *= base - t;
        if (i > 2147483647 || weight > 2147483647) throw new RangeError('Overflow: input needs wider integers to process');
      }
      bias = adapt(i - before, out.length + 1, before === 0);
      n += Math.floor(i / (out.length + 1));
      i %= out.length + 1;
      if (n > 0x10ffff) throw invalid();
      out.splice(i++, 0, n);
    }
    return String.fromCodePoint(...out);
  };

  const each = (domain, change) => {
    const [user, host] = domain.includes('@') ? domain.split('@') : [undefined, domain];
    const done = host.replace(/[\u3002\uff0e\uff61]/g, '.').split('.').map(change).join('.');
    return user === undefined ? done : `${user}@${done}`;
  };
  exports.toASCII = (domain) => each(domain, (part) => (/[^\0-\x7f]/.test(part) ? `xn--${exports.encode(part)}` : part));
  exports.toUnicode = (domain) => each(domain, (part) => (part.startsWith('xn--') ? exports.decode(part.slice(4).toLowerCase()) : part));
  exports.version = '2.1.0';
}
