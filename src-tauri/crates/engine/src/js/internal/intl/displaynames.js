// Intl.DisplayNames.
export default function (exports, require) {
  const base = require('internal/intl/base');
  const { native, option } = base;
  const slots = base.slots();
  const hold = base.holder(slots);
  const fields = { era: 'era', year: 'year', quarter: 'quarter', month: 'month', weekOfYear: 'week', weekday: 'weekday', day: 'day', dayPeriod: 'dayperiod', hour: 'hour', minute: 'minute', second: 'second', timeZoneName: 'zone' };

  function make(locales, options) {
    const service = 'Intl.DisplayNames';
    const requested = base.canonicalLocales(locales);
    if (options === undefined) throw new TypeError('invalid_argument');
    const from = base.optionsObject(options);
    base.matcher(from, service);
    const style = option(from, 'style', 'string', ['narrow', 'short', 'long'], 'long', service);
    const type = option(from, 'type', 'string', ['language', 'region', 'script', 'currency', 'calendar', 'dateTimeField'], undefined, service);
    if (type === undefined) throw new TypeError('invalid_argument');
    const fallback = option(from, 'fallback', 'string', ['code', 'none'], 'code', service);
    const languageDisplay = option(from, 'languageDisplay', 'string', ['dialect', 'standard'], 'dialect', service);
    const { locale, plain } = base.resolve(requested, {});
    const table = type === 'currency' || type === 'dateTimeField' ? undefined : JSON.parse(native.table('names', plain));
    return { locale, plain, style, type, fallback, languageDisplay, table };
  }

  const named = (self, kind, code) => (self.style === 'long' ? undefined : self.table[kind][`${code}+`]) ?? self.table[kind][code];
  const invalid = () => new RangeError('invalid_argument');

  // Of the subtags as many as have a name together, the rest in brackets.
  function language(self, tag) {
    const [head, ...rest] = tag.split('-');
    let script = rest.find((part) => part.length === 4 && /^[A-Z]/.test(part));
    let region = rest.find((part) => /^(?:[A-Z]{2}|\d{3})$/.test(part));
    const variants = rest.filter((part) => part !== script && part !== region);
    let name;
    if (self.languageDisplay === 'dialect') {
      // A name for all that is there, or for the language alone.
      const found = script === undefined && region === undefined ? undefined : named(self, 'language', [head, script, region].filter((part) => part !== undefined).join('-'));
      if (found !== undefined) {
        name = found;
        script = undefined;
        region = undefined;
      }
    }
    let known = name !== undefined;
    if (name === undefined) {
      name = named(self, 'language', head);
      known = name !== undefined;
      name ??= head;
    }
    const details = [];
    if (script !== undefined) details.push(self.table.script[script] ?? script);
    if (region !== undefined) details.push(named(self, 'region', region) ?? region);
    for (const variant of variants) details.push(self.table.variant[variant.toUpperCase()] ?? variant.toUpperCase());
    if (details.length === 0) return known ? name : undefined;
    const [pattern, separator] = self.table.pattern;
    const joined = details.reduce((before, next) => separator.replace('{0}', () => before).replace('{1}', () => next));
    // Brackets within brackets are square.
    const [open, close] = pattern.includes('（') ? ['［', '］'] : ['[', ']'];
    const inner = joined.replace(/[（(]/g, open).replace(/[）)]/g, close);
    return pattern.replace('{0}', () => name.replace(/[（(]/g, open).replace(/[）)]/g, close)).replace('{1}', () => inner);
  }

  function of(self, code) {
    const text = `${code}`;
    if (self.type === 'language') {
      if (!/^[a-z]{2,3}(?:-|$)|^[a-z]{5,8}(?:-|$)/i.test(text) || /-[a-z0-9]-/i.test(text)) throw invalid();
      let tag;
      try {
        tag = base.canonical(text);
      } catch {
        throw invalid();
      }
      return [language(self, tag), tag];
    }
    if (self.type === 'region') {
      if (!/^(?:[a-z]{2}|\d{3})$/i.test(text)) throw invalid();
      return [/^[A-Z\d]+$/.test(text) ? named(self, 'region', text) : undefined, text];
    }
    if (self.type === 'script') {
      if (!/^[a-z]{4}$/i.test(text)) throw invalid();
      return [self.table.script[text], text];
    }
    if (self.type === 'currency') {
      if (!/^[a-z]{3}$/i.test(text)) throw invalid();
      const upper = text.toUpperCase();
      const name = native.currencyName(self.plain, upper, 'name');
      return [name === upper ? undefined : name, upper];
    }
    if (self.type === 'calendar') {
      if (!/^[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*$/i.test(text)) throw invalid();
      const lower = text.toLowerCase();
      return [self.table.calendar[lower === 'gregory' ? 'gregorian' : lower === 'ethioaa' ? 'ethiopic-amete-alem' : lower], text];
    }
    if (!Object.hasOwn(fields, text)) throw invalid();
    return [native.fieldName(self.plain, self.style === 'long' ? fields[text] : `${fields[text]}-${self.style}`, fields[text]), text];
  }

  const methods = {
    resolvedOptions() {
      const { locale, style, type, fallback, languageDisplay } = hold(this, 'Intl.DisplayNames.prototype.resolvedOptions');
      const out = { locale, style, type, fallback };
      if (type === 'language') out.languageDisplay = languageDisplay;
      return out;
    },
    of(code) {
      const self = hold(this, 'Intl.DisplayNames.prototype.of');
      const [name, plain] = of(self, code);
      return name ?? (self.fallback === 'code' ? plain : undefined);
    },
  };
  exports.DisplayNames = base.service('DisplayNames', { length: 2, slots, methods, make });
}
