// Intl.Locale.
export default function (exports, require) {
  const base = require('internal/intl/base');
  const { native, option } = base;
  const slots = base.localeTags;
  const hold = base.holder(slots);
  const wrong = () => new RangeError('Incorrect locale information provided');

  // A tag in its pieces.
  function parse(tag) {
    const { plain, keywords, attributes } = base.split(tag);
    const parts = plain.split('-');
    const end = parts.findIndex((part, index) => index > 0 && part.length === 1);
    const id = end < 0 ? parts : parts.slice(0, end);
    const script = id.find((part, index) => index > 0 && /^[A-Z][a-z]{3}$/.test(part));
    const region = id.find((part, index) => index > 0 && /^(?:[A-Z]{2}|\d{3})$/.test(part));
    return { tag, baseName: id.join('-'), language: id[0], script, region, variants: id.slice(1).filter((part) => part !== script && part !== region), rest: end < 0 ? [] : parts.slice(end), keywords, attributes };
  }
  function build({ language, script, region, variants, rest, keywords, attributes }) {
    const keys = Object.keys(keywords).sort();
    const extension = keys.length + attributes.length === 0 ? [] : ['u', ...attributes, ...keys.flatMap((key) => (keywords[key] === '' || keywords[key] === 'true' ? [key] : [key, keywords[key]]))];
    return [language, script, region, ...variants, ...extension, ...rest].filter((part) => part !== undefined).join('-');
  }

  function make(tag, options) {
    const service = 'Intl.Locale';
    if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) throw new TypeError("First argument to Intl.Locale constructor can't be empty or missing");
    const text = typeof tag === 'object' && slots.has(tag) ? slots.get(tag).tag : `${tag}`;
    if (text === '') throw new RangeError("First argument to Intl.Locale constructor can't be empty or missing");
    let known;
    try {
      known = base.canonical(text);
    } catch {
      throw wrong();
    }
    const parsed = parse(known);
    const from = base.coerced(options);
    const subtag = (name, valid) => {
      const value = option(from, name, 'string', undefined, undefined, service);
      if (value === undefined) return;
      if (!valid.test(value)) throw wrong();
      parsed[name] = value;
    };
    subtag('language', /^(?:[a-z]{2,3}|[a-z]{5,8})$/i);
    subtag('script', /^[a-z]{4}$/i);
    subtag('region', /^(?:[a-z]{2}|\d{3})$/i);
    const keyword = (key, name, values) => {
      const value = option(from, name, 'string', values, undefined, service);
      if (value === undefined) return;
      if (values === undefined && !/^[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*$/i.test(value)) throw wrong();
      parsed.keywords[key] = value.toLowerCase();
    };
    keyword('ca', 'calendar');
    keyword('co', 'collation');
    keyword('hc', 'hourCycle', ['h11', 'h12', 'h23', 'h24']);
    keyword('kf', 'caseFirst', ['upper', 'lower', 'false']);
    const numeric = option(from, 'numeric', 'boolean', undefined, undefined, service);
    if (numeric !== undefined) parsed.keywords.kn = numeric ? 'true' : 'false';
    keyword('nu', 'numberingSystem');
    return parse(base.canonical(build(parsed)));
  }

  const key = (name) => (self) => self.keywords[name];
  const describe = {
    language: (self) => self.language,
    script: (self) => self.script,
    region: (self) => self.region,
    baseName: (self) => self.baseName,
    calendar: key('ca'),
    caseFirst: key('kf'),
    collation: key('co'),
    hourCycle: key('hc'),
    numeric: (self) => self.keywords.kn !== undefined && self.keywords.kn !== 'false',
    numberingSystem: key('nu'),
    calendars: (self) => (self.keywords.ca ? [self.keywords.ca] : native.localeCalendars(self.baseName)),
    collations: (self) => (self.keywords.co ? [self.keywords.co] : ['emoji', 'eor', ...(require('internal/intl/collator').own[self.language] ?? '').split(' ').filter(Boolean)].sort()),
    hourCycles: (self) => [self.keywords.hc ?? native.hourCycle(self.baseName)],
    numberingSystems: (self) => [self.keywords.nu ?? native.numbering(self.baseName)],
    textInfo: (self) => ({ direction: native.rightToLeft(self.baseName) ? 'rtl' : 'ltr' }),
    timeZones: (self) => (self.region === undefined ? undefined : native.regionZones(self.region)),
    weekInfo: (self) => {
      const [firstDay, minimalDays, ...weekend] = native.week(self.baseName);
      return { firstDay, weekend, minimalDays };
    },
  };
  const methods = {
    toString() {
      return hold(this, 'Intl.Locale.prototype.toString').tag;
    },
    maximize() {
      return new Locale(native.maximize(hold(this, 'Intl.Locale.prototype.maximize').tag));
    },
    minimize() {
      return new Locale(native.minimize(hold(this, 'Intl.Locale.prototype.minimize').tag));
    },
  };
  for (const name of Object.keys(describe)) {
    const { get } = Object.getOwnPropertyDescriptor(
      {
        get [name]() {
          return describe[name](hold(this, `Intl.Locale.prototype.${name}`));
        },
      },
      name,
    );
    Object.defineProperty(methods, name, { get, set: undefined, enumerable: true, configurable: true });
  }
  const Locale = base.service('Locale', { length: 1, slots, methods, make, supported: false });
  exports.Locale = Locale;
}
