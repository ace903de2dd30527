// What the constructors of Intl share: lists of locales, options, and how their classes look from outside.
export default function (exports, _require, _module, internal) {
  const { OwnMap, OwnSet, OwnWeakMap } = internal;
  const native = internal.group('intl');
  exports.native = native;
  const { defineProperty, getPrototypeOf } = Object;

  // What an object of a constructor holds, kept from the script.
  exports.slots = () => new OwnWeakMap();
  const locales = exports.slots(); // Intl.Locale objects and their tags
  exports.localeTags = locales;

  const known = new OwnMap();
  function canonical(tag) {
    let found = known.get(tag);
    if (found === undefined) {
      found = native.canonicalize(tag)?.replace('-ca-islamicc', '-ca-islamic-civil').replace('-ca-gregorian', '-ca-gregory') ?? null;
      if (known.size > 500) known.clear();
      known.set(tag, found);
    }
    if (found === null) throw new RangeError(begins.test(tag) ? `Invalid language tag: ${tag}` : 'Incorrect locale information provided');
    return found;
  }
  // A language, script, region and variants, then nothing or an extension.
  const begins = /^(?:[a-z]{2,3}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*-?(?:$|-[a-z\d](?:-|$))/i;
  exports.canonical = canonical;

  exports.canonicalLocales = (list) => {
    if (list === undefined) return [];
    if (typeof list === 'string') return [canonical(list)];
    if (list === null) throw new TypeError('Cannot convert undefined or null to object');
    if (typeof list === 'object' && locales.has(list)) return [locales.get(list).tag];
    const from = Object(list);
    const seen = [];
    const length = Math.min(Math.max(Math.trunc(Number(from.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
    for (let index = 0; index < length; index++) {
      if (!(index in from)) continue;
      const value = from[index];
      if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) throw new TypeError('Language ID should be string or object.');
      const tag = typeof value === 'object' && locales.has(value) ? locales.get(value).tag : canonical(`${value}`);
      if (!seen.includes(tag)) seen.push(tag);
    }
    return seen;
  };

  // The tag without its -u- part, and that part's keywords.
  function split(tag) {
    const start = tag.indexOf('-u-');
    const secret = tag.indexOf('-x-');
    if (start < 0 || (secret >= 0 && secret < start)) return { plain: tag, keywords: {}, attributes: [] };
    const rest = tag.slice(start + 3).split('-');
    let end = rest.findIndex((part) => part.length === 1);
    if (end < 0) end = rest.length;
    const keywords = {};
    const attributes = [];
    let key;
    for (const part of rest.slice(0, end)) {
      if (part.length === 2) keywords[(key = part)] = '';
      else if (key === undefined) attributes.push(part);
      else keywords[key] = keywords[key] === '' ? part : `${keywords[key]}-${part}`;
    }
    const tail = rest.slice(end);
    return { plain: tag.slice(0, start) + (tail.length > 0 ? `-${tail.join('-')}` : ''), keywords, attributes };
  }
  exports.split = split;

  const strip = (tag) => {
    const { plain } = split(tag);
    const extension = plain.search(/-[a-z0-9]-/);
    return extension < 0 ? plain : plain.slice(0, extension);
  };

  // The first of the locales that is available, or the default one. `relevant`: for each keyword what the option asks for (undefined =
  // nothing) and which values count.
  exports.resolve = (requested, relevant) => {
    let locale = 'en-US';
    let keywords = {};
    for (const tag of requested) {
      const found = native.available(strip(tag));
      if (found === undefined) continue;
      locale = found;
      keywords = split(tag).keywords;
      break;
    }
    const values = {};
    const kept = [];
    for (const key of Object.keys(relevant)) {
      const { option, valid } = relevant[key];
      let value;
      let own = keywords[key];
      if (own === '' && valid('true')) own = 'true';
      if (own !== undefined && valid(own)) {
        value = own;
        kept.push(key);
      }
      if (option !== undefined && valid(option) && option !== value) {
        value = option;
        if (kept[kept.length - 1] === key) kept.pop();
      }
      values[key] = value;
    }
    const tail = kept.sort().map((key) => (keywords[key] === '' ? `-${key}` : `-${key}-${keywords[key]}`));
    return { locale: tail.length > 0 ? `${locale}-u${tail.join('')}` : locale, plain: locale, values };
  };

  exports.option = (options, name, type, values, fallback, service) => {
    let value = options[name];
    if (value === undefined) return fallback;
    if (type === 'boolean') return Boolean(value);
    value = `${value}`;
    if (values !== undefined && !values.includes(value)) throw new RangeError(`Value ${value} out of range for ${service} options property ${name}`);
    return value;
  };
  exports.numberOption = (value, least, most, fallback, name) => {
    if (value === undefined) return fallback;
    const number = Number(value);
    if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
    return Math.floor(number);
  };
  exports.optionsObject = (options) => {
    if (options === undefined) return Object.create(null);
    if ((typeof options !== 'object' && typeof options !== 'function') || options === null) throw new TypeError('invalid_argument');
    return options;
  };
  exports.coerced = (options) => {
    if (options === undefined) return Object.create(null);
    if (options === null) throw new TypeError('Cannot convert undefined or null to object');
    return Object(options);
  };
  exports.matcher = (options, service) => exports.option(options, 'localeMatcher', 'string', ['lookup', 'best fit'], 'best fit', service);

  // A numberingSystem option: well-formed, and one of the systems of digits.
  const type = /^[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*$/i;
  exports.keyword = (options, name, service) => {
    const value = exports.option(options, name, 'string', undefined, undefined, service);
    if (value !== undefined && !type.test(value)) throw new RangeError(`Invalid ${name} : ${value}`);
    return value === undefined ? undefined : value.toLowerCase();
  };
  let systems;
  exports.isDigits = (system) => (systems ??= new OwnSet(native.numberingSystems())).has(system);
  exports.numbering = (locale, asked) => asked ?? native.numbering(locale);

  function receiver(value) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return String(value);
    if (typeof value === 'function') return Function.prototype.toString.call(value);
    if (Array.isArray(value)) return '[object Array]';
    const name = value.constructor?.name;
    return typeof name === 'string' && name !== '' ? `#<${name}>` : '[object Object]';
  }
  exports.incompatible = (method, value) => new TypeError(`Method ${method} called on incompatible receiver ${receiver(value)}`);

  const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });
  exports.hidden = hidden;
  // A constructor of Intl. `make(locales, options)` gives what an object holds; `callable`: works without `new`.
  exports.service = (name, { length = 0, callable = false, slots, make, methods, supported = true }) => {
    const full = `Intl.${name}`;
    const Service = {
      [name]: function (locales, options) {
        if (new.target === undefined && !callable) throw new TypeError(`Constructor ${full} requires 'new'`);
        const target = new.target ?? Service;
        let { prototype } = target;
        if ((typeof prototype !== 'object' && typeof prototype !== 'function') || prototype === null) prototype = Service.prototype;
        const self = Object.create(prototype);
        slots.set(self, make(locales, options, self));
        return self;
      },
    }[name];
    defineProperty(Service, 'length', { value: length, writable: false, enumerable: false, configurable: true });
    defineProperty(Service, 'prototype', { value: Service.prototype, writable: false, enumerable: false, configurable: false });
    defineProperty(Service.prototype, 'constructor', hidden(Service));
    for (const key of Reflect.ownKeys(methods)) {
      const described = Object.getOwnPropertyDescriptor(methods, key);
      described.enumerable = false;
      defineProperty(Service.prototype, key, described);
    }
    defineProperty(Service.prototype, Symbol.toStringTag, { value: full, writable: false, enumerable: false, configurable: true });
    if (supported) {
      const { supportedLocalesOf } = {
        supportedLocalesOf(locales, options) {
          const list = exports.canonicalLocales(locales);
          if (options !== undefined) exports.matcher(exports.coerced(options), `${full}.supportedLocalesOf`);
          return list.filter((tag) => native.available(strip(tag)) !== undefined);
        },
      };
      defineProperty(supportedLocalesOf, 'length', { value: 1, writable: false, enumerable: false, configurable: true });
      defineProperty(Service, 'supportedLocalesOf', hidden(supportedLocalesOf));
    }
    return Service;
  };
  // Looks up what `this` holds.
  exports.holder = (slots) => (self, method) => {
    if (typeof self === 'object' && self !== null && slots.has(self)) return slots.get(self);
    throw exports.incompatible(method, self);
  };
  exports.proto = getPrototypeOf;

  // The text of a range, whose parts lie flat in threes: kind, text, source.
  exports.joined = (flat) => {
    let text = '';
    for (let index = 1; index < flat.length; index += 3) text += flat[index];
    return text;
  };
  // Rows that lie flat in an array, as objects.
  exports.rows = (flat, ...keys) => {
    const out = [];
    for (let index = 0; index < flat.length; index += keys.length) {
      const row = {};
      for (let at = 0; at < keys.length; at++) if (flat[index + at] !== '' || keys[at] === 'value') row[keys[at]] = flat[index + at];
      out.push(row);
    }
    return out;
  };
}
