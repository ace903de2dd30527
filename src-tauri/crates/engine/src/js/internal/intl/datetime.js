// Intl.DateTimeFormat: its options and results; patterns and names are native.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnSet } = internal;
  const base = require('internal/intl/base');
  const { native, option, holder } = base;
  const slots = base.slots();
  const hold = holder(slots);
  const now = Date.now;

  const width = ['narrow', 'short', 'long'];
  const digits = ['2-digit', 'numeric'];
  // The letters of each field's values.
  const fields = {
    weekday: [width, { narrow: 'EEEEE', short: 'EEE', long: 'EEEE' }],
    era: [width, { narrow: 'GGGGG', short: 'GGG', long: 'GGGG' }],
    year: [digits, { '2-digit': 'yy', numeric: 'y' }],
    month: [['2-digit', 'numeric', ...width], { '2-digit': 'MM', numeric: 'M', narrow: 'MMMMM', short: 'MMM', long: 'MMMM' }],
    day: [digits, { '2-digit': 'dd', numeric: 'd' }],
    dayPeriod: [width, { narrow: 'BBBBB', short: 'B', long: 'BBBB' }],
    hour: [digits, undefined],
    minute: [digits, { '2-digit': 'mm', numeric: 'm' }],
    second: [digits, { '2-digit': 'ss', numeric: 's' }],
    fractionalSecondDigits: [undefined, undefined],
    timeZoneName: [['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'], { short: 'z', long: 'zzzz', shortOffset: 'O', longOffset: 'OOOO', shortGeneric: 'v', longGeneric: 'vvvv' }],
  };
  const names = Object.keys(fields);
  const inDate = ['weekday', 'year', 'month', 'day'];
  const inTime = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
  const styles = ['full', 'long', 'medium', 'short'];
  const cycles = ['h11', 'h12', 'h23', 'h24'];
  const calendars = new OwnSet(native.calendars());
  const aliases = { gregorian: 'gregory', islamicc: 'islamic-civil' };
  const isCalendar = (name) => calendars.has(aliases[name] ?? name);

  // `required` and `defaults`: date, time, any or all, as the locale methods of Date ask for.
  function make(locales, options, required, defaults, service) {
    const requested = base.canonicalLocales(locales);
    const from = base.coerced(options);
    base.matcher(from, service);
    const calendar = base.keyword(from, 'calendar', service);
    const system = base.keyword(from, 'numberingSystem', service);
    const hour12 = option(from, 'hour12', 'boolean', undefined, undefined, service);
    let hourCycle = option(from, 'hourCycle', 'string', cycles, undefined, service);
    if (hour12 !== undefined) hourCycle = undefined;
    const resolved = base.resolve(requested, {
      ca: { option: calendar === undefined ? undefined : (aliases[calendar] ?? calendar), valid: isCalendar },
      nu: { option: system, valid: base.isDigits },
      hc: { option: hour12 === undefined ? hourCycle : undefined, valid: (cycle) => cycles.includes(cycle) },
    });
    const { timeZone } = from;
    let zone;
    if (timeZone === undefined) zone = native.defaultZone();
    else {
      zone = native.zone(`${timeZone}`);
      if (zone === undefined) throw new RangeError(`Invalid time zone specified: ${timeZone}`);
    }
    const chosen = {};
    for (const name of names) {
      if (name === 'fractionalSecondDigits') chosen[name] = base.numberOption(from[name], 1, 3, undefined, name);
      else chosen[name] = option(from, name, 'string', fields[name][0], undefined, service);
    }
    option(from, 'formatMatcher', 'string', ['best fit', 'basic'], 'best fit', service);
    const dateStyle = option(from, 'dateStyle', 'string', styles, undefined, service);
    const timeStyle = option(from, 'timeStyle', 'string', styles, undefined, service);
    if (dateStyle !== undefined || timeStyle !== undefined) {
      const given = names.find((name) => chosen[name] !== undefined);
      if (given !== undefined) throw new TypeError(`Can't set option ${given} when ${dateStyle !== undefined ? 'dateStyle' : 'timeStyle'} is used`);
      if (required === 'date' && timeStyle !== undefined) throw new TypeError('Invalid option : timeStyle');
      if (required === 'time' && dateStyle !== undefined) throw new TypeError('Invalid option : dateStyle');
    } else {
      let needed = true;
      if (required !== 'time' && inDate.some((name) => chosen[name] !== undefined)) needed = false;
      if (required !== 'date' && inTime.some((name) => chosen[name] !== undefined)) needed = false;
      if (needed && defaults !== 'time') chosen.year = chosen.month = chosen.day = 'numeric';
      if (needed && defaults !== 'date') chosen.hour = chosen.minute = chosen.second = 'numeric';
    }
    let skeleton = '';
    for (const name of names) {
      if (chosen[name] === undefined || name === 'hour') continue;
      skeleton += name === 'fractionalSecondDigits' ? 'S'.repeat(chosen[name]) : fields[name][1][chosen[name]];
    }
    const shownCalendar = aliases[resolved.values.ca] ?? resolved.values.ca ?? native.calendar(resolved.plain);
    const numberingSystem = base.numbering(resolved.plain, resolved.values.nu);
    const format = native.dateFormat(
      JSON.stringify({
        locale: resolved.plain,
        calendar: shownCalendar,
        numberingSystem,
        timeZone: zone,
        hourCycle: resolved.values.hc,
        hour12,
        dateStyle: dateStyle === undefined ? undefined : styles.indexOf(dateStyle),
        timeStyle: timeStyle === undefined ? undefined : styles.indexOf(timeStyle),
        skeleton,
        hour: chosen.hour === undefined ? 0 : chosen.hour === '2-digit' ? 2 : 1,
      }),
    );
    return { format, locale: resolved.locale, calendar: shownCalendar, numberingSystem, zone, dateStyle, timeStyle, bound: undefined };
  }
  exports.make = make;

  function time(value) {
    const ms = value === undefined ? now() : Number(value);
    if (!(Math.abs(ms) <= 8.64e15)) throw new RangeError('Invalid time value');
    return Math.trunc(ms) + 0;
  }
  const span = (start, end) => {
    if (start === undefined || end === undefined) throw new TypeError('Invalid time value');
    return [time(start), time(end)];
  };

  // What the letters of a pattern mean as options.
  function shown(letters) {
    const out = {};
    for (const text of letters) {
      const letter = text[0];
      const { length } = text;
      const text4 = length === 4 ? 'long' : length === 5 ? 'narrow' : 'short';
      const number = length === 2 ? '2-digit' : 'numeric';
      if (letter === 'E' || letter === 'c' || letter === 'e') out.weekday = text4;
      else if (letter === 'G') out.era = text4;
      else if (letter === 'y' || letter === 'r' || letter === 'U') out.year = number;
      else if (letter === 'M' || letter === 'L') out.month = length < 3 ? number : text4;
      else if (letter === 'd') out.day = number;
      else if (letter === 'B' || letter === 'b') out.dayPeriod = text4;
      else if ('hHkK'.includes(letter)) out.hour = number;
      else if (letter === 'm') out.minute = number;
      else if (letter === 's') out.second = number;
      else if (letter === 'S') out.fractionalSecondDigits = length;
      else if (letter === 'z') out.timeZoneName = length === 4 ? 'long' : 'short';
      else if (letter === 'O') out.timeZoneName = length === 4 ? 'longOffset' : 'shortOffset';
      else if (letter === 'v') out.timeZoneName = length === 4 ? 'longGeneric' : 'shortGeneric';
    }
    return out;
  }

  const methods = {
    resolvedOptions() {
      const self = hold(this, 'UnwrapDateTimeFormat');
      const out = { locale: self.locale, calendar: self.calendar, numberingSystem: self.numberingSystem, timeZone: self.zone };
      const { hourCycle } = self.format;
      if (hourCycle !== undefined && hourCycle !== null) {
        out.hourCycle = hourCycle;
        out.hour12 = hourCycle === 'h11' || hourCycle === 'h12';
      }
      if (self.dateStyle === undefined && self.timeStyle === undefined) {
        const values = shown(self.format.shown);
        for (const name of names) if (values[name] !== undefined) out[name] = values[name];
      }
      if (self.dateStyle !== undefined) out.dateStyle = self.dateStyle;
      if (self.timeStyle !== undefined) out.timeStyle = self.timeStyle;
      return out;
    },
    formatToParts(date) {
      const { format } = hold(this, 'Intl.DateTimeFormat.prototype.formatToParts');
      return base.rows(format.parts(time(date)), 'type', 'value');
    },
    get format() {
      const self = hold(this, 'UnwrapDateTimeFormat');
      if (self.bound === undefined) {
        const { format } = self.format;
        self.bound = { '': (date) => format(time(date)) }[''];
      }
      return self.bound;
    },
    formatRange(startDate, endDate) {
      const { format } = hold(this, 'Intl.DateTimeFormat.prototype.formatRange');
      return base.joined(format.range(...span(startDate, endDate)));
    },
    formatRangeToParts(startDate, endDate) {
      const { format } = hold(this, 'Intl.DateTimeFormat.prototype.formatRangeToParts');
      return base.rows(format.range(...span(startDate, endDate)), 'type', 'value', 'source');
    },
  };
  exports.DateTimeFormat = base.service('DateTimeFormat', {
    callable: true,
    slots,
    methods,
    make: (locales, options) => make(locales, options, 'any', 'date', 'Intl.DateTimeFormat'),
  });

  // For Date's own methods: formats are kept where nothing but a tag asks for them.
  const plain = new OwnMap();
  exports.show = (ms, locales, options, required, defaults, service) => {
    if (Number.isNaN(ms)) return 'Invalid Date';
    if (options !== undefined || (locales !== undefined && typeof locales !== 'string')) return make(locales, options, required, defaults, service).format.format(ms);
    const key = `${defaults} ${locales}`;
    let made = plain.get(key);
    if (made === undefined) plain.set(key, (made = make(locales, options, required, defaults, service)));
    return made.format.format(ms);
  };
}
