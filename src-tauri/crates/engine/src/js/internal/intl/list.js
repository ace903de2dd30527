// Intl.ListFormat.
export default function (exports, require) {
  const base = require('internal/intl/base');
  const { native, option } = base;
  const slots = base.slots();
  const hold = base.holder(slots);
  const names = { conjunction: 'standard', disjunction: 'or', unit: 'unit' };

  function make(locales, options) {
    const service = 'Intl.ListFormat';
    const requested = base.canonicalLocales(locales);
    const from = base.optionsObject(options);
    base.matcher(from, service);
    const { locale, plain } = base.resolve(requested, {});
    const type = option(from, 'type', 'string', ['conjunction', 'disjunction', 'unit'], 'conjunction', service);
    const style = option(from, 'style', 'string', ['long', 'short', 'narrow'], 'long', service);
    const table = JSON.parse(native.table('lists', plain));
    const key = names[type];
    const [start, middle, end, two] = table[style === 'long' ? key : `${key}-${style}`] ?? table[key];
    return { locale, type, style, start, middle, end, two, language: plain.split('-')[0] };
  }

  function strings(list) {
    if (list === undefined) return [];
    const out = [];
    for (const item of list) {
      if (typeof item !== 'string') throw new TypeError(`Iterable yielded ${typeof item === 'object' && item !== null ? '#<Object>' : String(item)} which is not a string`);
      out.push(item);
    }
    return out;
  }

  // Before a like sound, "y" becomes "e" and "o" becomes "u"; before Latin letters, Hebrew joins with a hyphen.
  function sounded(self, pattern, after) {
    if (self.language === 'es') {
      if (pattern.includes('{0} y {1}') && /^(?:i|hi(?!a|e))/i.test(after)) return pattern.replace(' y ', ' e ');
      if (pattern.includes('{0} o {1}') && /^(?:o|ho|8|11(?:[.,\s]|\D|$)|11$)/i.test(after)) return pattern.replace(' o ', ' u ');
    }
    if (self.language === 'he' && pattern.includes('ו{1}') && !/^[\u0590-\u05ff]/.test(after)) return pattern.replace('ו{1}', 'ו-{1}');
    return pattern;
  }

  const element = (value) => ({ type: 'element', value });
  // Puts parts into both places of a pattern.
  function joined(pattern, first, second) {
    const out = [];
    const add = (parts) => {
      for (const part of parts) {
        if (part.type === 'literal' && part.value === '') continue;
        const last = out[out.length - 1];
        if (part.type === 'literal' && last?.type === 'literal') last.value += part.value;
        else out.push(part);
      }
    };
    for (const piece of pattern.split(/(\{[01]\})/)) add(piece === '{0}' ? first : piece === '{1}' ? second : [{ type: 'literal', value: piece }]);
    return out;
  }
  function parts(self, list) {
    const items = strings(list).map((value) => [element(value)]);
    if (items.length === 0) return [];
    if (items.length === 1) return items[0];
    const last = items[items.length - 1];
    if (items.length === 2) return joined(sounded(self, self.two, last[0].value), items[0], last);
    let made = joined(sounded(self, self.end, last[0].value), items[items.length - 2], last);
    for (let index = items.length - 3; index > 0; index--) made = joined(self.middle, items[index], made);
    return joined(self.start, items[0], made);
  }

  const methods = {
    resolvedOptions() {
      const { locale, type, style } = hold(this, 'Intl.ListFormat.prototype.resolvedOptions');
      return { locale, type, style };
    },
    format(list) {
      return parts(hold(this, 'Intl.ListFormat.prototype.format'), list)
        .map((part) => part.value)
        .join('');
    },
    formatToParts(list) {
      return parts(hold(this, 'Intl.ListFormat.prototype.formatToParts'), list);
    },
  };
  exports.ListFormat = base.service('ListFormat', { slots, methods, make });
}
