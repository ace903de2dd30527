// What holds for all locales: regions, zones, digits, currencies.
export function supplement(core, require, locales) {
  const zones = {};
  for (const value of Object.values(require('cldr-bcp47/bcp47/timezone.json').keyword.u.tz)) {
    if (typeof value !== 'object' || value._alias === undefined) continue;
    const [first, ...rest] = value._alias.split(' ');
    zones[first] = rest;
  }
  const zoneRegion = {};
  for (const [code, value] of Object.entries(require('cldr-bcp47/bcp47/timezone.json').keyword.u.tz)) {
    if (typeof value !== 'object' || value._alias === undefined) continue;
    const region = value._region ?? (/^(?:utc|gmt|unk)/.test(code) ? undefined : code.slice(0, 2).toUpperCase());
    if (region !== undefined) zoneRegion[value._alias.split(' ')[0]] = region;
  }
  const meta = {};
  const walk = (table, prefix) => {
    for (const [key, value] of Object.entries(table)) {
      if (Array.isArray(value)) meta[prefix + key] = value.map(({ usesMetazone: use }) => [use._mzone, use._from ?? '', use._to ?? '']);
      else walk(value, `${prefix}${key}/`);
    }
  };
  const metaZones = core('metaZones').metaZones;
  walk(metaZones.metazoneInfo.timezone, '');
  const golden = {};
  for (const { mapZone } of metaZones.metazones) (golden[mapZone._other] ??= {})[mapZone._territory] = mapZone._type;

  const hours = {};
  for (const [region, value] of Object.entries(core('timeData').timeData)) hours[region] = [value._preferred, value._allowed];
  const digits = {};
  for (const [system, value] of Object.entries(core('numberingSystems').numberingSystems)) if (value._type === 'numeric') digits[system] = value._digits;
  const fractions = {};
  for (const [code, value] of Object.entries(core('currencyData').currencyData.fractions)) fractions[code] = Number(value._digits);
  // The currencies that some region pays with, or did not long ago; El Salvador's by law; and two units of account.
  const current = new Set(['SVC', 'XDR', 'XSU']);
  for (const list of Object.values(core('currencyData').currencyData.region)) {
    for (const entry of list) for (const [code, value] of Object.entries(entry)) if (value._tender !== 'false' && (value._to === undefined || value._to >= '2019')) current.add(code);
  }
  const ranges = {};
  for (const [language, table] of Object.entries(core('pluralRanges').plurals)) {
    ranges[language] = {};
    for (const [key, category] of Object.entries(table)) {
      const [, start, end] = /^pluralRange-start-([a-z]+)-end-([a-z]+)$/.exec(key);
      ranges[language][`${start} ${end}`] = category;
    }
  }
  const periods = {};
  for (const [language, rules] of Object.entries(core('dayPeriods').dayPeriodRuleSet)) {
    periods[language] = Object.entries(rules).map(([name, rule]) => [name, rule._at ?? rule._from, rule._at === undefined ? rule._before : null]);
  }
  const week = core('weekData').weekData;
  const clean = (table) => Object.fromEntries(Object.entries(table).filter(([key]) => !key.includes('-alt-')));
  return {
    zones,
    zoneRegion,
    primary: core('primaryZones').primaryZones,
    meta,
    golden,
    hours,
    digits,
    fractions,
    currencies: [...current].sort(),
    ranges,
    periods,
    parents: core('parentLocales').parentLocales.parentLocale,
    calendars: core('calendarPreferenceData').calendarPreferenceData,
    week: { min: week.minDays, first: clean(week.firstDay), start: clean(week.weekendStart), end: clean(week.weekendEnd) },
    locales,
    defaults: require('cldr-core/defaultContent.json').defaultContent.filter((tag) => locales.includes(tag.split('-')[0])),
  };
}
