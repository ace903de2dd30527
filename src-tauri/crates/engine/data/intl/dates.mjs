// Dates: names and patterns of the calendars, names of fields and zones.
const widths = { a: 'abbreviated', w: 'wide', n: 'narrow', s: 'short' };
const styles = ['full', 'long', 'medium', 'short'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

// Without the variants that only some use.
function plain(object) {
  const out = {};
  for (const [key, value] of Object.entries(object ?? {})) if (!key.includes('-alt-') && !key.includes('-count-')) out[key] = value;
  return out;
}

function named(kinds, order) {
  const out = {};
  for (const [short, width] of Object.entries(widths)) {
    if (kinds?.[width] === undefined) continue;
    const table = plain(kinds[width]);
    out[short] = order === undefined ? table : (order === true ? Object.keys(table) : order).map((key) => table[key] ?? kinds[width][key]);
  }
  return out;
}

function patterns(calendar) {
  const text = (value) => (typeof value === 'object' ? value._value : value);
  const { appendItems, availableFormats, intervalFormats } = calendar.dateTimeFormats;
  const intervals = {};
  for (const [skeleton, value] of Object.entries(intervalFormats)) intervals[skeleton] = typeof value === 'string' ? value : plain(value);
  return {
    D: styles.map((style) => text(calendar.dateFormats[style])),
    av: plain(availableFormats),
    ap: appendItems,
    iv: intervals,
  };
}

function calendarNames(calendar) {
  const eras = calendar.eras ?? {};
  const list = (table) => {
    const out = {};
    for (const [key, value] of Object.entries(table ?? {})) if (!key.includes('-alt-')) out[key] = value;
    return out;
  };
  return {
    mf: named(calendar.months?.format, true),
    ms: named(calendar.months?.['stand-alone'], true),
    ml: calendar.months && Object.keys(calendar.months.format.wide),
    er: { a: list(eras.eraAbbr), w: list(eras.eraNames), n: list(eras.eraNarrow) },
  };
}

export function dates(read) {
  const calendarOf = (pack, tag, name) => {
    let at = tag;
    for (;;) {
      const found = read(pack, at, `ca-${name}`) ?? (at === 'und' ? read(pack, 'root', `ca-${name}`) : undefined);
      if (found !== undefined) return found.dates.calendars[name];
      if (at === 'und') return undefined;
      at = at.includes('-') ? at.slice(0, at.lastIndexOf('-')) : 'und';
    }
  };
  const others = [
    // Whether months have names of their own, and where patterns do: older packages are asked only for the languages that count so.
    ['buddhist', false, (tag) => /^th\b/.test(tag)],
    ['japanese', false, (tag) => /^ja\b/.test(tag)],
    ['roc', false, () => false],
    ['persian', true, (tag) => /^fa\b/.test(tag)],
    ['hebrew', true, () => true],
    ['islamic', true, () => true],
  ];
  return {
    dates(tag) {
      const gregorian = calendarOf('cldr-dates-full', tag, 'gregorian');
      const fields = read('cldr-dates-full', tag, 'dateFields').dates.fields;
      const fieldNames = {};
      for (const [key, value] of Object.entries(fields)) if (value.displayName !== undefined) fieldNames[key] = value.displayName;
      return {
        ...calendarNames(gregorian),
        df: named(gregorian.days.format, days),
        ds: named(gregorian.days['stand-alone'], days),
        pf: named(gregorian.dayPeriods.format),
        ps: named(gregorian.dayPeriods['stand-alone']),
        T: styles.map((style) => gregorian.timeFormats[style]._value ?? gregorian.timeFormats[style]),
        ...patterns(gregorian),
        // What joins a date and a time, of any calendar: in a range, and else.
        G: styles.map((style) => gregorian.dateTimeFormats[style]),
        A: styles.map((style) => gregorian['dateTimeFormats-atTime'].standard[style]),
        names: fieldNames,
      };
    },
    calendars(tag) {
      const out = { generic: patterns(calendarOf('cldr-dates-full', tag, 'generic')) };
      for (const [name, months, shaped] of others) {
        const calendar = calendarOf(`cldr-cal-${name}-full`, tag, name);
        if (calendar === undefined) continue;
        const { er, ...rest } = calendarNames(calendar);
        const own = shaped(tag) ? patterns(calendar) : {};
        out[name] = { er, ...(months ? rest : {}), ...(JSON.stringify(own) === JSON.stringify(out.generic) ? {} : own) };
      }
      return out;
    },
    zones(tag) {
      const all = read('cldr-dates-full', tag, 'timeZoneNames').dates.timeZoneNames;
      const triple = (table) => table && [table.generic ?? null, table.standard ?? null, table.daylight ?? null];
      const zone = {};
      const walk = (table, prefix) => {
        for (const [key, value] of Object.entries(table)) {
          if (value._type === 'zone' || value.exemplarCity !== undefined || value.long !== undefined || value.short !== undefined) {
            zone[prefix + key] = { ...(value.exemplarCity && { c: value.exemplarCity }), ...(value.long && { l: triple(value.long) }), ...(value.short && { s: triple(value.short) }) };
          } else if (typeof value === 'object') walk(value, `${prefix}${key}/`);
        }
      };
      walk(all.zone, '');
      const meta = {};
      for (const [key, value] of Object.entries(all.metazone ?? {})) meta[key] = { ...(value.long && { l: triple(value.long) }), ...(value.short && { s: triple(value.short) }) };
      return {
        hour: all.hourFormat,
        gmt: all.gmtFormat,
        zero: all.gmtZeroFormat,
        region: [all.regionFormat, all['regionFormat-type-standard'], all['regionFormat-type-daylight']],
        fallback: all.fallbackFormat,
        zone,
        meta,
      };
    },
    relative(tag) {
      const fields = read('cldr-dates-full', tag, 'dateFields').dates.fields;
      const out = {};
      for (const [key, value] of Object.entries(fields)) {
        const [unit, width] = key.split('-');
        if (!['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'].includes(unit)) continue;
        const made = { past: {}, future: {} };
        for (const [name, text] of Object.entries(value)) {
          if (name.startsWith('relative-type-')) made[name.slice('relative-type-'.length)] = text;
          if (!name.startsWith('relativeTime-type-')) continue;
          for (const [count, pattern] of Object.entries(text)) made[name.slice('relativeTime-type-'.length)][count.slice('relativeTimePattern-count-'.length)] = pattern;
        }
        out[width === undefined ? unit : `${unit}-${width}`] = made;
      }
      return out;
    },
  };
}
