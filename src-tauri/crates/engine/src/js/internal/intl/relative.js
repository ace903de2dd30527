// Intl.RelativeTimeFormat: the locale's texts, with a number in them.
export default function (exports, require) {
  const base = require('internal/intl/base');
  const number = require('internal/intl/number');
  const { native, option } = base;
  const slots = base.slots();
  const hold = base.holder(slots);
  const units = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

  function make(locales, options) {
    const service = 'Intl.RelativeTimeFormat';
    const requested = base.canonicalLocales(locales);
    const from = base.coerced(options);
    base.matcher(from, service);
    const system = base.keyword(from, 'numberingSystem', service);
    const resolved = base.resolve(requested, { nu: { option: system, valid: base.isDigits } });
    const style = option(from, 'style', 'string', ['long', 'short', 'narrow'], 'long', service);
    const numeric = option(from, 'numeric', 'string', ['always', 'auto'], 'always', service);
    const numberingSystem = base.numbering(resolved.plain, resolved.values.nu);
    const numbers = number.make(resolved.plain, { numberingSystem }, service);
    return { locale: resolved.locale, plain: resolved.plain, style, numeric, numberingSystem, numbers, table: JSON.parse(native.table('relative', resolved.plain)) };
  }

  // Parts of a value in a unit.
  function parts(self, value, unit, method) {
    const amount = Number(value);
    const name = `${unit}`.replace(/s$/, '');
    if (!units.includes(name)) throw new RangeError(`Invalid unit argument for ${method}() '${unit}'`);
    if (!Number.isFinite(amount)) throw new RangeError(`Value need to be finite number for ${method}()`);
    const texts = self.table[self.style === 'long' ? name : `${name}-${self.style}`];
    if (self.numeric === 'auto') {
      const fixed = texts[Object.is(amount, -0) ? '0' : `${amount}`];
      if (fixed !== undefined) return [{ type: 'literal', value: fixed }];
    }
    const past = amount < 0 || Object.is(amount, -0);
    const size = Math.abs(amount);
    const shown = self.numbers.format.parts(number.text(size));
    const category = native.plural(self.plain, false, number.text(size), rounding);
    const pattern = texts[past ? 'past' : 'future'][category] ?? texts[past ? 'past' : 'future'].other;
    const at = pattern.indexOf('{0}');
    if (at < 0) return [{ type: 'literal', value: pattern }];
    const out = [];
    if (at > 0) out.push({ type: 'literal', value: pattern.slice(0, at) });
    for (let index = 0; index < shown.length; index += 2) out.push({ type: shown[index], value: shown[index + 1], unit: name });
    if (at + 3 < pattern.length) out.push({ type: 'literal', value: pattern.slice(at + 3) });
    return out;
  }
  const rounding = JSON.stringify(number.digitOptions({}, 0, 3, false, '').rounding);

  const methods = {
    resolvedOptions() {
      const { locale, style, numeric, numberingSystem } = hold(this, 'Intl.RelativeTimeFormat.prototype.resolvedOptions');
      return { locale, style, numeric, numberingSystem };
    },
    format(value, unit) {
      const name = 'Intl.RelativeTimeFormat.prototype.format';
      return parts(hold(this, name), value, unit, name)
        .map((part) => part.value)
        .join('');
    },
    formatToParts(value, unit) {
      const name = 'Intl.RelativeTimeFormat.prototype.formatToParts';
      return parts(hold(this, name), value, unit, name);
    },
  };
  exports.RelativeTimeFormat = base.service('RelativeTimeFormat', { slots, methods, make });
}
