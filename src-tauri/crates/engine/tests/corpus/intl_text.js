// Sorting, dividing and naming, and how Intl looks from outside.
exports.handler = async () => {
  const words = ['a', 'A', 'á', 'ä', 'z', 'ö', 'ø', 'å', 'ch', 'c', 'd', 'ß', 'ss', 'ñ', 'n', '10', '2', 'a-b', 'ab', 'あ', '漢', 'я', 'résumé', 'resume', 'Résumé'];
  for (const locale of ['en', 'de', 'sv', 'es', 'cs', 'tr', 'ja', 'zh', 'da']) {
    for (const options of [{}, { sensitivity: 'base' }, { sensitivity: 'accent' }, { sensitivity: 'case' }, { numeric: true }, { caseFirst: 'upper' }, { ignorePunctuation: true }]) console.log(locale, JSON.stringify(options), [...words].sort(new Intl.Collator(locale, options).compare).join(' '), words.map((word) => 'a'.localeCompare(word, locale, options)).join());
    for (const granularity of ['grapheme', 'word', 'sentence']) console.log([...new Intl.Segmenter(locale, { granularity }).segment('Hello, world! It’s 3.14. 👨‍👩‍👧🇩🇪 今天天气很好。')].map((piece) => `${piece.segment}${piece.isWordLike === undefined ? '' : piece.isWordLike ? '+' : '-'}`).join('|'));
    const name = (type, code, more) => new Intl.DisplayNames(locale, { type, ...more }).of(code);
    console.log(['US', 'DE', '419', 'ZZ'].map((code) => name('region', code)).join(), ['en-US', 'zh-Hant', 'sr-Latn-RS', 'pt-BR'].map((code) => name('language', code) + name('language', code, { languageDisplay: 'standard' })).join(), name('script', 'Cyrl'), name('currency', 'chf'), name('calendar', 'buddhist'), name('dateTimeField', 'weekOfYear', { style: 'short' }));
    console.log('istanbul Iİıi ΌΣΟΣ'.toLocaleUpperCase(locale), 'ISTANBUL Iİ'.toLocaleLowerCase(locale), [1234.5, new Date(0), null, ['x', 2e6]].toLocaleString(locale));
  }
  console.log('ἀθήνα'.toLocaleUpperCase('el'), 'i̇ì'.toLocaleUpperCase('lt'), 'Å'.normalize('NFD').length, 'ﬁ'.normalize('NFKC'));
  for (const tag of ['en-US', 'de-DE-u-co-phonebk', 'zh-Hant-TW', 'ar-EG', 'th']) {
    const locale = new Intl.Locale(tag);
    console.log(`${locale}`, locale.language, locale.script, locale.region, locale.baseName, `${locale.maximize()}`, `${locale.minimize()}`, locale.hourCycles, locale.numberingSystems, locale.calendars, locale.textInfo, locale.weekInfo, locale.timeZones?.slice(0, 3));
  }
  console.log(`${new Intl.Locale('fr', { region: 'ca', numeric: true, hourCycle: 'h12', calendar: 'buddhist' })}`, Intl.getCanonicalLocales(['EN-us', 'iw', 'sr-latn-rs', 'EN-us']), Intl.DateTimeFormat.supportedLocalesOf(['de', 'xx', 'zh-TW', 'tlh']));
  for (const key of ['unit', 'numberingSystem', 'timeZone', 'collation']) console.log(key, Intl.supportedValuesOf(key).length);
  for (const name of ['Collator', 'DateTimeFormat', 'DisplayNames', 'ListFormat', 'Locale', 'NumberFormat', 'PluralRules', 'RelativeTimeFormat', 'Segmenter']) {
    const Service = Intl[name];
    console.log(name, Service.length, Object.prototype.toString.call(Service.prototype), Object.getOwnPropertyNames(Service).sort(), Reflect.ownKeys(Service.prototype).map(String).sort().join(), Object.keys(Service.prototype));
    try {
      console.log(typeof Service('en'));
    } catch (error) {
      console.log(`${error.name}: ${error.message}`);
    }
  }
  class Euros extends Intl.NumberFormat {
    constructor() {
      super('de', { style: 'currency', currency: 'EUR' });
    }
    total(list) {
      return this.format(list.reduce((sum, value) => sum + value, 0));
    }
  }
  console.log(new Euros().total([1, 2.5]), new Euros() instanceof Intl.NumberFormat, Object.prototype.toString.call(Intl), typeof Intl, Object.keys(Intl), Object.getOwnPropertyDescriptor(globalThis, 'Intl').enumerable, new Intl.NumberFormat('en'), Intl);
  for (const wrong of [() => new Intl.Locale(), () => Intl.getCanonicalLocales('a_b'), () => Intl.getCanonicalLocales([1]), () => Intl.supportedValuesOf('x'), () => new Intl.DisplayNames('en'), () => new Intl.DisplayNames('en', { type: 'region' }).of('xxxx'), () => Intl.DateTimeFormat.prototype.formatToParts.call({}), () => new Intl.ListFormat('en').format([1]), () => new Intl.RelativeTimeFormat('en').format(1, 'era'), () => new Intl.PluralRules('en').select(1n), () => (1).toLocaleString('en', { style: 'x' }), () => new Date().toLocaleDateString('en', { timeStyle: 'short' }), () => new Date(NaN).toLocaleString(), () => 'a'.toLocaleUpperCase('x_')]) {
    try {
      console.log(wrong());
    } catch (error) {
      console.log(`${error.name}: ${error.message}`);
    }
  }
  return true;
};
