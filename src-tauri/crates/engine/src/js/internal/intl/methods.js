// The locale methods of Number, BigInt, Date, Array and String, by their names: each takes `this` first.
export default function (exports, require) {
  const valueOfNumber = Number.prototype.valueOf;
  const valueOfBigInt = BigInt.prototype.valueOf;
  const getTime = Date.prototype.getTime;
  const { apply } = Reflect;

  function date(name, required, defaults) {
    const full = `Date.prototype.${name}`;
    exports[`Date.${name}`] = (self, locales, options) => {
      let ms;
      try {
        ms = apply(getTime, self, []);
      } catch {
        throw require('internal/intl/base').incompatible(full, self);
      }
      return require('internal/intl/datetime').show(ms, locales, options, required, defaults, full);
    };
  }
  date('toLocaleString', 'any', 'all');
  date('toLocaleDateString', 'date', 'date');
  date('toLocaleTimeString', 'time', 'time');

  function number(name, valueOf) {
    exports[`${name}.toLocaleString`] = (self, locales, options) => {
      let value;
      try {
        value = apply(valueOf, self, []);
      } catch {
        throw new TypeError(`${name}.prototype.toLocaleString requires that 'this' be a ${name}`);
      }
      return require('internal/intl/number').show(value, locales, options, `${name}.prototype.toLocaleString`);
    };
  }
  number('Number', valueOfNumber);
  number('BigInt', valueOfBigInt);

  const text = (self, method) => {
    if (self === undefined || self === null) throw new TypeError(`String.prototype.${method} called on null or undefined`);
    return `${self}`;
  };
  let collator;
  exports['String.localeCompare'] = (self, that, locales, options) => (collator ??= require('internal/intl/collator')).compare(text(self, 'localeCompare'), `${that}`, locales, options);
  exports['String.toLocaleUpperCase'] = (self, locales) => require('internal/intl/casing').upper(text(self, 'toLocaleUpperCase'), locales);
  exports['String.toLocaleLowerCase'] = (self, locales) => require('internal/intl/casing').lower(text(self, 'toLocaleLowerCase'), locales);
  exports['Array.toLocaleString'] = (self, locales, options) => require('internal/intl/casing').list(Object(self), locales, options);
  exports['TypedArray.toLocaleString'] = (self, locales, options) => require('internal/intl/casing').list(self, locales, options);
}
