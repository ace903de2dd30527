// console.table.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const { inspect } = require('internal/inspect');
  const shapes = require('internal/shapes');

  const cell = (value) => inspect(value, { depth: value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });

  function width(text) {
    let total = 0;
    for (const letter of text) {
      const code = letter.codePointAt(0);
      if (code >= 0x300 && code <= 0x36f) continue;
      total += (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) || (code >= 0x1f300 && code <= 0x1faff) ? 2 : 1;
    }
    return total;
  }

  function draw(head, columns) {
    const rows = Math.max(0, ...columns.map((column) => column.length));
    const widths = head.map((title, index) => Math.max(width(title), ...columns[index].map((text) => width(text ?? ''))) + 2);
    const bar = widths.map((size) => '─'.repeat(size));
    const pad = (text, size) => ` ${text}${' '.repeat(size - width(text) - 1)}`;
    const row = (texts) => `│${texts.map((text, index) => pad(text ?? '', widths[index])).join('│')}│`;
    const lines = [`┌${bar.join('┬')}┐`, row(head), `├${bar.join('┼')}┤`];
    for (let index = 0; index < rows; index++) lines.push(row(columns.map((column) => column[index])));
    lines.push(`└${bar.join('┴')}┘`);
    return lines.join('\n');
  }

  exports.table = function (data, properties) {
    let indexTitle = '(index)';
    let rows; // [index, value]
    if (data instanceof Map) {
      const entries = [...shapes.entries(data)];
      return draw(['(iteration index)', 'Key', 'Values'], [entries.map((_, index) => `${index}`), entries.map(([key]) => cell(key)), entries.map(([, value]) => cell(value))]);
    }
    if (data instanceof Set) {
      indexTitle = '(iteration index)';
      rows = [...shapes.values(data)].map((value, index) => [`${index}`, value]);
    } else {
      rows = Object.keys(data).map((key) => [key, data[key]]);
    }
    const columns = new OwnMap();
    const plain = [];
    let hasPlain = false;
    rows.forEach(([, value], at) => {
      const primitive = value === null || (typeof value !== 'function' && typeof value !== 'object');
      if (primitive) {
        hasPlain = true;
        plain[at] = cell(value);
        return;
      }
      for (const key of properties ?? Object.keys(value)) {
        if (!columns.has(key)) columns.set(key, []);
        if (Object.prototype.hasOwnProperty.call(value, key)) columns.get(key)[at] = cell(value[key]);
      }
    });
    const head = [indexTitle, ...columns.keys()];
    const body = [rows.map(([index]) => index), ...columns.values()];
    if (hasPlain) {
      head.push('Values');
      body.push(plain);
    }
    return draw(head, body.map((column) => Array.from({ length: rows.length }, (_, index) => column[index])));
  };
}
