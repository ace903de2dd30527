// The Intl object: each constructor loads when it is touched, then stands there as a plain property.
export default function (exports, require, module) {
  const { defineProperty } = Object;
  const base = require('internal/intl/base');
  const Intl = {};
  const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });
  const { getCanonicalLocales, supportedValuesOf } = {
    getCanonicalLocales(locales) {
      return base.canonicalLocales(locales);
    },
    supportedValuesOf(key) {
      return require('internal/intl/values').supportedValuesOf(key);
    },
  };
  defineProperty(Intl, 'getCanonicalLocales', hidden(getCanonicalLocales));
  defineProperty(Intl, 'supportedValuesOf', hidden(supportedValuesOf));
  const files = { DateTimeFormat: 'datetime', NumberFormat: 'number', Collator: 'collator', PluralRules: 'plural', RelativeTimeFormat: 'relative', ListFormat: 'list', Locale: 'locale', DisplayNames: 'displaynames', Segmenter: 'segmenter' };
  for (const name of Object.keys(files)) {
    const define = (value) => defineProperty(Intl, name, hidden(value));
    defineProperty(Intl, name, {
      get() {
        const value = require(`internal/intl/${files[name]}`)[name];
        define(value);
        return value;
      },
      set: define,
      enumerable: false,
      configurable: true,
    });
  }
  defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', writable: false, enumerable: false, configurable: true });
  module.exports = Intl;
}
