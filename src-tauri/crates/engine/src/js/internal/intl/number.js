// Intl.NumberFormat: its options and results; digits and patterns are native.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnSet } = internal;
  const base = require('internal/intl/base');
  const { native, option, numberOption, holder } = base;
  const slots = base.slots();
  const hold = holder(slots);
  const toNumber = Number;

  const units = new OwnSet(
    'acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte gram hectare hour inch kilobit kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile mile-scandinavian milliliter millimeter millisecond minute month nanosecond ounce percent petabyte pound second stone terabit terabyte week yard year'.split(' '),
  );
  exports.units = units;
  const isUnit = (unit) => {
    if (units.has(unit)) return true;
    const at = unit.indexOf('-per-');
    return at > 0 && units.has(unit.slice(0, at)) && units.has(unit.slice(at + 5));
  };
  const increments = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000];
  const modes = ['ceil', 'floor', 'expand', 'trunc', 'halfCeil', 'halfFloor', 'halfExpand', 'halfTrunc', 'halfEven'];

  // The digits that are kept. `least` and `most`: digits after the point where nothing is said of them.
  function digitOptions(options, least, most, compact, service) {
    const out = { minimumIntegerDigits: numberOption(options.minimumIntegerDigits, 1, 21, 1, 'minimumIntegerDigits') };
    const { minimumFractionDigits, maximumFractionDigits } = options;
    const { minimumSignificantDigits, maximumSignificantDigits } = options;
    const increment = numberOption(options.roundingIncrement, 1, 5000, 1, 'roundingIncrement');
    if (!increments.includes(increment)) throw new RangeError('roundingIncrement value is out of range.');
    const mode = option(options, 'roundingMode', 'string', modes, 'halfExpand', service);
    const priority = option(options, 'roundingPriority', 'string', ['auto', 'morePrecision', 'lessPrecision'], 'auto', service);
    const trailing = option(options, 'trailingZeroDisplay', 'string', ['auto', 'stripIfInteger'], 'auto', service);
    const bySignificant = minimumSignificantDigits !== undefined || maximumSignificantDigits !== undefined;
    const byFraction = minimumFractionDigits !== undefined || maximumFractionDigits !== undefined;
    let needSignificant = true;
    let needFraction = true;
    if (priority === 'auto') {
      needSignificant = bySignificant;
      if (needSignificant || (!byFraction && compact)) needFraction = false;
    }
    if (needSignificant) {
      if (bySignificant) {
        out.minimumSignificantDigits = numberOption(minimumSignificantDigits, 1, 21, 1, 'minimumSignificantDigits');
        out.maximumSignificantDigits = numberOption(maximumSignificantDigits, out.minimumSignificantDigits, 21, 21, 'maximumSignificantDigits');
      } else {
        out.minimumSignificantDigits = 1;
        out.maximumSignificantDigits = 21;
      }
    }
    if (needFraction) {
      if (byFraction) {
        let low = numberOption(minimumFractionDigits, 0, 20, undefined, 'minimumFractionDigits');
        let high = numberOption(maximumFractionDigits, 0, 20, undefined, 'maximumFractionDigits');
        if (low === undefined) low = Math.min(least, high);
        else if (high === undefined) high = Math.max(most, low);
        else if (low > high) throw new RangeError('maximumFractionDigits value is out of range.');
        out.minimumFractionDigits = low;
        out.maximumFractionDigits = high;
      } else {
        out.minimumFractionDigits = least;
        out.maximumFractionDigits = increment === 1 ? most : least;
      }
    }
    let kind = 'fraction';
    let shown = priority;
    if (!needSignificant && !needFraction) {
      out.minimumFractionDigits = 0;
      out.maximumFractionDigits = 0;
      out.minimumSignificantDigits = 1;
      out.maximumSignificantDigits = 2;
      kind = 'more';
      shown = 'morePrecision';
    } else if (priority === 'morePrecision') kind = 'more';
    else if (priority === 'lessPrecision') kind = 'less';
    else if (bySignificant) kind = 'significant';
    if (increment !== 1) {
      if (kind !== 'fraction') throw new TypeError('roundingIncrement value is invalid.');
      if (out.maximumFractionDigits !== out.minimumFractionDigits) throw new RangeError('roundingIncrement value is out of range.');
    }
    const rounding = {
      kind,
      leastInteger: out.minimumIntegerDigits,
      leastFraction: out.minimumFractionDigits ?? 0,
      mostFraction: out.maximumFractionDigits ?? 0,
      leastSignificant: out.minimumSignificantDigits ?? 1,
      mostSignificant: out.maximumSignificantDigits ?? 21,
      increment,
      mode,
      strip: trailing === 'stripIfInteger',
    };
    return { digits: out, rounding, increment, mode, priority: shown, trailing };
  }
  exports.digitOptions = digitOptions;

  function make(locales, options, service) {
    const requested = base.canonicalLocales(locales);
    const from = base.coerced(options);
    base.matcher(from, service);
    const system = base.keyword(from, 'numberingSystem', service);
    const resolved = base.resolve(requested, { nu: { option: system, valid: base.isDigits } });
    const style = option(from, 'style', 'string', ['decimal', 'percent', 'currency', 'unit'], 'decimal', service);
    let currency = option(from, 'currency', 'string', undefined, undefined, service);
    if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`);
    if (currency === undefined && style === 'currency') throw new TypeError('Currency code is required with currency style.');
    const currencyDisplay = option(from, 'currencyDisplay', 'string', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol', service);
    const currencySign = option(from, 'currencySign', 'string', ['standard', 'accounting'], 'standard', service);
    const unit = option(from, 'unit', 'string', undefined, undefined, service);
    if (unit === undefined) {
      if (style === 'unit') throw new TypeError('Required unit option is missing.'.replace('Required unit option is missing.', 'Invalid unit argument for Intl.NumberFormat() \'\''));
    } else if (!isUnit(unit)) throw new RangeError(`Invalid unit argument for ${service === 'Intl.NumberFormat' ? 'Intl.NumberFormat()' : service} '${unit}'`);
    const unitDisplay = option(from, 'unitDisplay', 'string', ['short', 'narrow', 'long'], 'short', service);
    const notation = option(from, 'notation', 'string', ['standard', 'scientific', 'engineering', 'compact'], 'standard', service);
    if (currency !== undefined) currency = currency.toUpperCase();
    const fraction = style === 'currency' && notation === 'standard' ? native.currencyDigits(currency) : undefined;
    const digits = digitOptions(from, fraction ?? 0, fraction ?? (style === 'percent' ? 0 : style === 'currency' && notation !== 'compact' ? 3 : 3), notation === 'compact', service);
    const compactDisplay = option(from, 'compactDisplay', 'string', ['short', 'long'], 'short', service);
    const grouping = groupingOption(from, notation, service);
    const signDisplay = option(from, 'signDisplay', 'string', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto', service);
    const numberingSystem = base.numbering(resolved.plain, resolved.values.nu);
    const format = native.numberFormat(
      JSON.stringify({
        locale: resolved.plain,
        numberingSystem,
        style,
        currency: style === 'currency' ? currency : undefined,
        currencyDisplay: style === 'currency' ? currencyDisplay : undefined,
        accounting: style === 'currency' && currencySign === 'accounting',
        unit: style === 'unit' ? unit : undefined,
        unitDisplay: style === 'unit' ? unitDisplay : undefined,
        notation,
        long: compactDisplay === 'long',
        sign: signDisplay,
        grouping: `${grouping}`,
        rounding: digits.rounding,
      }),
    );
    return { format, locale: resolved.locale, numberingSystem, style, currency, currencyDisplay, currencySign, unit, unitDisplay, notation, compactDisplay, signDisplay, grouping, digits, bound: undefined };
  }
  exports.make = make;

  function groupingOption(options, notation, service) {
    const fallback = notation === 'compact' ? 'min2' : 'auto';
    const value = options.useGrouping;
    if (value === undefined) return fallback;
    if (value === true) return 'always';
    if (value === false || value === null || value === 0 || value === '' || Number.isNaN(value)) return false;
    const text = `${value}`;
    if (text === 'true' || text === 'false') return fallback;
    if (!['min2', 'auto', 'always'].includes(text)) throw new RangeError(`Value ${text} out of range for ${service} options property useGrouping`);
    return text;
  }

  // A number as decimal text.
  function text(value) {
    if (typeof value === 'number') return value === 0 && 1 / value < 0 ? '-0' : `${value}`.replace('+', '');
    if (typeof value === 'bigint') return `${value}`;
    if (typeof value === 'string') {
      const plain = value.trim();
      if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return plain.replace(/\+/g, '').replace(/^(-?)\./, '$10.').replace(/\.(?=e|$)/i, '').toLowerCase();
      return text(toNumber(value));
    }
    if (typeof value === 'object' && value !== null) {
      const primitive = typeof value[Symbol.toPrimitive] === 'function' ? value[Symbol.toPrimitive]('number') : typeof value.valueOf() === 'object' ? `${value}` : value.valueOf();
      return text(primitive);
    }
    return text(toNumber(value));
  }
  exports.text = text;
  const ends = (start, end) => {
    if (start === undefined) throw new TypeError(`Invalid start : ${start}`);
    if (end === undefined) throw new TypeError(`Invalid end : ${end}`);
    const a = text(start);
    const b = text(end);
    if (a === 'NaN') throw new RangeError(`Invalid start : ${start}`);
    if (b === 'NaN') throw new RangeError(`Invalid end : ${end}`);
    return [a, b];
  };

  const methods = {
    resolvedOptions() {
      const self = hold(this, 'UnwrapNumberFormat');
      const out = { locale: self.locale, numberingSystem: self.numberingSystem, style: self.style };
      if (self.style === 'currency') Object.assign(out, { currency: self.currency, currencyDisplay: self.currencyDisplay, currencySign: self.currencySign });
      if (self.style === 'unit') Object.assign(out, { unit: self.unit, unitDisplay: self.unitDisplay });
      describe(out, self.digits.digits);
      out.useGrouping = self.grouping;
      out.notation = self.notation;
      if (self.notation === 'compact') out.compactDisplay = self.compactDisplay;
      out.signDisplay = self.signDisplay;
      out.roundingMode = self.digits.mode;
      out.roundingIncrement = self.digits.increment;
      out.trailingZeroDisplay = self.digits.trailing;
      out.roundingPriority = self.digits.priority;
      return out;
    },
    formatToParts(number) {
      const { format } = hold(this, 'Intl.NumberFormat.prototype.formatToParts');
      return base.rows(format.parts(text(number)), 'type', 'value');
    },
    get format() {
      const self = hold(this, 'UnwrapNumberFormat');
      if (self.bound === undefined) {
        const { format } = self.format;
        self.bound = { '': (number) => format(text(number)) }[''];
      }
      return self.bound;
    },
    formatRange(start, end) {
      const { format } = hold(this, 'Intl.NumberFormat.prototype.formatRange');
      return base.joined(format.range(...ends(start, end)));
    },
    formatRangeToParts(start, end) {
      const { format } = hold(this, 'Intl.NumberFormat.prototype.formatRangeToParts');
      return base.rows(format.range(...ends(start, end)), 'type', 'value', 'source');
    },
  };
  function describe(out, digits) {
    for (const name of ['minimumIntegerDigits', 'minimumSignificantDigits', 'maximumSignificantDigits', 'minimumFractionDigits', 'maximumFractionDigits']) if (digits[name] !== undefined) out[name] = digits[name];
  }
  exports.describe = describe;

  exports.NumberFormat = base.service('NumberFormat', { callable: true, slots, methods, make: (locales, options) => make(locales, options, 'Intl.NumberFormat') });

  // For Number's own method: formats are kept where nothing but a tag asks for them.
  const plain = new OwnMap();
  exports.show = (number, locales, options, service) => {
    if (options !== undefined || (locales !== undefined && typeof locales !== 'string')) return make(locales, options, service).format.format(text(number));
    let made = plain.get(locales);
    if (made === undefined) plain.set(locales, (made = make(locales, options, service)));
    return made.format.format(text(number));
  };
}
