// Numbers, currencies, units, lists and names.
const symbols = ['decimal', 'group', 'percentSign', 'plusSign', 'minusSign', 'approximatelySign', 'exponential', 'superscriptingExponent', 'infinity', 'nan', 'timeSeparator', 'currencyDecimal', 'currencyGroup'];

// {"1000-count-one": …} as {"1000": {one: …}}
function compact(table) {
  const out = {};
  for (const [key, pattern] of Object.entries(table ?? {})) {
    const found = /^(\d+)-count-([a-z0-9]+)(-alt-alphaNextToNumber)?$/.exec(key);
    if (found === null) continue;
    const [, power, count, alpha] = found;
    ((out[power] ??= {}))[alpha ? `${count}+` : count] = pattern;
  }
  for (const counts of Object.values(out)) {
    for (const key of Object.keys(counts)) {
      const other = key.endsWith('+') ? 'other+' : 'other';
      if (key !== other && counts[key] === counts[other]) delete counts[key];
    }
  }
  return out;
}

export const numbers = (read) => (tag) => {
  const all = read('cldr-numbers-full', tag, 'numbers').numbers;
  const systems = {};
  for (const key of Object.keys(all)) {
    if (!key.startsWith('symbols-numberSystem-')) continue;
    const system = key.slice('symbols-numberSystem-'.length);
    const of = (name) => all[`${name}Formats-numberSystem-${system}`];
    const currency = of('currency');
    const counts = {};
    for (const [name, text] of Object.entries(currency)) if (name.startsWith('unitPattern-count-')) counts[name.slice('unitPattern-count-'.length)] = text;
    const sym = {};
    for (const name of symbols) if (all[key][name] !== undefined) sym[name] = all[key][name];
    systems[system] = {
      sym,
      dec: of('decimal').standard,
      long: compact(of('decimal').long?.decimalFormat),
      short: compact(of('decimal').short?.decimalFormat),
      sci: of('scientific').standard,
      pct: of('percent').standard,
      cur: currency.standard,
      curA: currency['standard-alphaNextToNumber'],
      acc: currency.accounting,
      accA: currency['accounting-alphaNextToNumber'],
      curShort: compact(currency.short?.standard),
      spacing: [currency.currencySpacing.beforeCurrency.insertBetween, currency.currencySpacing.afterCurrency.insertBetween],
      counts,
      range: all[`miscPatterns-numberSystem-${system}`]?.range,
      approx: all[`miscPatterns-numberSystem-${system}`]?.approximately,
    };
  }
  return { ns: all.defaultNumberingSystem, native: all.otherNumberingSystems.native, min: all.minimumGroupingDigits, systems };
};

export const currencies = (read) => (tag) => {
  const out = {};
  for (const [code, value] of Object.entries(read('cldr-numbers-full', tag, 'currencies').numbers.currencies)) {
    const counts = {};
    for (const [key, text] of Object.entries(value)) if (key.startsWith('displayName-count-')) counts[key.slice('displayName-count-'.length)] = text;
    out[code] = {};
    if (value.symbol !== undefined && value.symbol !== code) out[code].s = value.symbol;
    if (value['symbol-alt-narrow'] !== undefined) out[code].n = value['symbol-alt-narrow'];
    if (value['symbol-alt-formal'] !== undefined) out[code].f = value['symbol-alt-formal'];
    if (value.displayName !== undefined) out[code].d = value.displayName;
    if (Object.keys(counts).length > 0) out[code].c = counts;
    if (Object.keys(out[code]).length === 0) delete out[code];
  }
  return out;
};

export const simpleUnits = 'acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte gram hectare hour inch kilobit kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile mile-scandinavian milliliter millimeter millisecond minute month nanosecond ounce percent petabyte pound second stone terabit terabyte week yard year'.split(' ');
const compounds = 'kilometer-per-hour mile-per-hour meter-per-second mile-per-gallon liter-per-kilometer'.split(' ');

export const units = (read) => (tag) => {
  const all = read('cldr-units-full', tag, 'units').units;
  const out = {};
  for (const [short, width] of [['l', 'long'], ['s', 'short'], ['n', 'narrow']]) {
    out[short] = { per: all[width].per.compoundUnitPattern };
    for (const [key, value] of Object.entries(all[width])) {
      const unit = key.slice(key.indexOf('-') + 1);
      if (!simpleUnits.includes(unit) && !compounds.includes(unit)) continue;
      if (/^(?:person|concentr|light|power)/.test(key) && unit !== 'percent') continue;
      const made = {};
      for (const [name, text] of Object.entries(value)) if (/^unitPattern-count-[a-z0-9]+$/.test(name)) made[name.slice('unitPattern-count-'.length)] = text;
      for (const name of Object.keys(made)) if (name !== 'other' && made[name] === made.other) delete made[name];
      if (value.perUnitPattern !== undefined) made.per = value.perUnitPattern;
      out[short][unit] = made;
    }
  }
  return out;
};

export const lists = (read) => (tag) => {
  const out = {};
  for (const [key, value] of Object.entries(read('cldr-misc-full', tag, 'listPatterns').listPatterns)) out[key.slice('listPattern-type-'.length)] = [value.start, value.middle, value.end, value['2']];
  return out;
};

export const names = (read) => (tag) => {
  const table = (file, key) => {
    const out = {};
    for (const [name, text] of Object.entries(read('cldr-localenames-full', tag, file)?.localeDisplayNames[key] ?? {})) if (!/-alt-(?!short)/.test(name) && name !== text) out[name.replace('-alt-short', '+')] = text;
    return out;
  };
  const all = read('cldr-localenames-full', tag, 'localeDisplayNames').localeDisplayNames;
  const calendar = {};
  for (const [key, text] of Object.entries(all.types?.calendar ?? {})) if (!key.includes('-alt-')) calendar[key] = text;
  const { localePattern, localeSeparator } = all.localeDisplayPattern;
  return { language: table('languages', 'languages'), region: table('territories', 'territories'), script: table('scripts', 'scripts'), variant: table('variants', 'variants'), calendar, pattern: [localePattern, localeSeparator] };
};
