// Intl.PluralRules.
export default function (exports, require) {
  const base = require('internal/intl/base');
  const number = require('internal/intl/number');
  const { native, option } = base;
  const slots = base.slots();
  const hold = base.holder(slots);

  function make(locales, options) {
    const service = 'Intl.PluralRules';
    const requested = base.canonicalLocales(locales);
    const from = base.coerced(options);
    base.matcher(from, service);
    const type = option(from, 'type', 'string', ['cardinal', 'ordinal'], 'cardinal', service);
    const digits = number.digitOptions(from, 0, 3, false, service);
    const { locale, plain } = base.resolve(requested, {});
    // Rules are a language's, but for Portugal's.
    const shown = plain === 'pt-PT' ? plain : plain.split('-')[0];
    return { type, digits, rounding: JSON.stringify(digits.rounding), locale: locale.replace(plain, shown), plain };
  }
  const select = (self, value) => {
    const shown = Number(value);
    return native.plural(self.plain, self.type === 'ordinal', number.text(shown), self.rounding);
  };
  const methods = {
    resolvedOptions() {
      const self = hold(this, 'Intl.PluralRules.prototype.resolvedOptions');
      const out = { locale: self.locale, type: self.type };
      number.describe(out, self.digits.digits);
      out.pluralCategories = native.pluralCategories(self.plain, self.type === 'ordinal');
      return out;
    },
    select(value) {
      const self = hold(this, 'Intl.PluralRules.prototype.select');
      if (typeof value === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
      return select(self, value);
    },
    selectRange(start, end) {
      const self = hold(this, 'Intl.PluralRules.prototype.selectRange');
      if (start === undefined) throw new TypeError(`Invalid startRange : ${start}`);
      if (end === undefined) throw new TypeError(`Invalid endRange : ${end}`);
      const [a, b] = [Number(start), Number(end)];
      if (Number.isNaN(a)) throw new RangeError(`Invalid startRange : ${start}`);
      if (Number.isNaN(b)) throw new RangeError(`Invalid endRange : ${end}`);
      return native.pluralRange(self.plain, select(self, a), select(self, b));
    },
  };
  exports.PluralRules = base.service('PluralRules', { slots, methods, make });
}
