// Plurals, relative times and lists.
exports.handler = async () => {
  for (const locale of ['en', 'de', 'fr', 'es', 'pt', 'pt-PT', 'ja', 'zh', 'pl', 'ru', 'ar-EG', 'hi', 'cs', 'uk', 'he']) {
    for (const type of ['cardinal', 'ordinal']) console.log([0, 1, 2, 3, 5, 11, 21, 1.5].map((value) => new Intl.PluralRules(locale, { type }).select(value)).join(), JSON.stringify(new Intl.PluralRules(locale, { type }).resolvedOptions()));
    for (const style of ['long', 'short', 'narrow']) {
      const relative = new Intl.RelativeTimeFormat(locale, { style, numeric: 'auto' });
      console.log(['second', 'hour', 'day', 'month', 'years'].map((unit) => [-1, 0, 5].map((value) => relative.format(value, unit)).join(', ')).join(' | '));
      for (const type of ['conjunction', 'disjunction', 'unit']) console.log(new Intl.ListFormat(locale, { style, type }).format(['A', 'B', 'C']), new Intl.ListFormat(locale, { style, type }).format(['x', 'iglesia']));
    }
  }
  return true;
};
