// Capital and small letters as a language has them, and lists in words of their items.
export default function (exports, require, _module, internal) {
  const { OwnSet } = internal;
  const base = require('internal/intl/base');
  const { toUpperCase, toLowerCase } = String.prototype;
  const { apply } = Reflect;
  // Languages with rules of their own.
  const special = (locales) => {
    const list = base.canonicalLocales(locales);
    const language = list.length > 0 ? list[0].split('-')[0] : 'en';
    return ['az', 'el', 'lt', 'tr'].includes(language) ? language : undefined;
  };
  exports.upper = (text, locales) => {
    const language = locales === undefined ? undefined : special(locales);
    return language === undefined ? apply(toUpperCase, text, []) : base.native.upper(text, language);
  };
  exports.lower = (text, locales) => {
    const language = locales === undefined ? undefined : special(locales);
    return language === undefined ? apply(toLowerCase, text, []) : base.native.lower(text, language);
  };

  const under = new OwnSet();
  exports.list = (array, locales, options) => {
    // An array within itself shows as nothing.
    if (under.has(array)) return '';
    under.add(array);
    try {
      let out = '';
      for (let index = 0; index < array.length; index++) {
        if (index > 0) out += ',';
        const item = array[index];
        if (item !== undefined && item !== null) out += `${item.toLocaleString(locales, options)}`;
      }
      return out;
    } finally {
      under.delete(array);
    }
  };
}
