// Intl.Collator and String.prototype.localeCompare.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnSet } = internal;
  const base = require('internal/intl/base');
  const { native, option } = base;
  const slots = base.slots();
  const hold = base.holder(slots);
  const collations = new OwnSet(['compat', 'dict', 'emoji', 'eor', 'phonebk', 'phonetic', 'pinyin', 'searchjl', 'stroke', 'trad', 'unihan', 'zhuyin']);
  // The orders that languages have besides the two of all.
  const own = { ar: 'compat', de: 'phonebk', es: 'trad', fi: 'trad', hi: '', ja: 'unihan', kn: 'trad', ko: 'searchjl unihan', ln: 'phonetic', si: 'dict', sv: 'trad', vi: 'trad', zh: 'pinyin stroke unihan zhuyin', yue: 'stroke', bn: 'trad' };
  exports.collations = collations;
  exports.own = own;

  function make(locales, options) {
    const service = 'Intl.Collator';
    const requested = base.canonicalLocales(locales);
    const from = base.coerced(options);
    const usage = option(from, 'usage', 'string', ['sort', 'search'], 'sort', service);
    base.matcher(from, service);
    const collation = base.keyword(from, 'collation', service);
    const numeric = option(from, 'numeric', 'boolean', undefined, undefined, service);
    const caseFirst = option(from, 'caseFirst', 'string', ['upper', 'lower', 'false'], undefined, service);
    const resolved = base.resolve(requested, {
      co: { option: collation, valid: (name) => collations.has(name) },
      kn: { option: numeric === undefined ? undefined : `${numeric}`, valid: (value) => value === 'true' || value === 'false' },
      kf: { option: caseFirst, valid: (value) => value === 'upper' || value === 'lower' || value === 'false' },
    });
    const language = resolved.plain.split('-')[0];
    const { values } = resolved;
    let order = values.co;
    if (order !== undefined && order !== 'emoji' && order !== 'eor' && !(own[language] ?? '').split(' ').includes(order)) order = undefined;
    const sensitivity = option(from, 'sensitivity', 'string', ['base', 'accent', 'case', 'variant'], usage === 'sort' ? 'variant' : 'variant', service);
    const ignorePunctuation = option(from, 'ignorePunctuation', 'boolean', undefined, undefined, service);
    const byNumber = values.kn === 'true';
    const first = values.kf ?? (language === 'da' || language === 'mt' ? 'upper' : 'false');
    let tail = '';
    if (order !== undefined) tail += `-co-${order}`;
    else if (usage === 'search') tail += '-co-search';
    if (values.kf !== undefined) tail += `-kf-${values.kf}`;
    if (byNumber) tail += '-kn';
    // Searches in Chinese and Japanese go by the root's order.
    const orderOf = usage === 'search' && (language === 'zh' || language === 'ja') ? 'und' : resolved.plain;
    const compare = native.collator(tail === '' ? orderOf : `${orderOf}-u${tail}`, sensitivity, ignorePunctuation);
    return { compare, locale: resolved.locale, usage, sensitivity, ignorePunctuation: ignorePunctuation ?? language === 'th', collation: order ?? 'default', numeric: byNumber, caseFirst: first, bound: undefined };
  }

  const methods = {
    resolvedOptions() {
      const { locale, usage, sensitivity, ignorePunctuation, collation, numeric, caseFirst } = hold(this, 'Intl.Collator.prototype.resolvedOptions');
      return { locale, usage, sensitivity, ignorePunctuation, collation, numeric, caseFirst };
    },
    get compare() {
      const self = hold(this, 'get Intl.Collator.prototype.compare');
      if (self.bound === undefined) {
        const { compare } = self;
        self.bound = { '': (x, y) => compare(`${x}`, `${y}`) }[''];
      }
      return self.bound;
    },
  };
  exports.Collator = base.service('Collator', { callable: true, slots, methods, make });

  const plain = new OwnMap();
  exports.compare = (one, other, locales, options) => {
    if (options !== undefined || (locales !== undefined && typeof locales !== 'string')) return make(locales, options).compare(one, other);
    let made = plain.get(locales);
    if (made === undefined) plain.set(locales, (made = make(locales, options).compare));
    return made(one, other);
  };
}
