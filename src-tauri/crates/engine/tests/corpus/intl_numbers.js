// Numbers, currencies and units.
exports.handler = async () => {
  const locales = ['en', 'de', 'de-CH', 'fr', 'es', 'pt', 'pt-PT', 'it', 'ja', 'zh', 'ko', 'pl', 'sv', 'ru', 'tr', 'ar-EG', 'hi', 'cs'];
  const options = [{}, { style: 'percent', maximumFractionDigits: 1 }, { style: 'currency', currency: 'EUR' }, { style: 'currency', currency: 'USD', currencyDisplay: 'name' }, { style: 'currency', currency: 'JPY', currencyDisplay: 'code' }, { style: 'currency', currency: 'GBP', currencySign: 'accounting' }, { style: 'unit', unit: 'kilometer-per-hour' }, { style: 'unit', unit: 'day', unitDisplay: 'long' }, { notation: 'compact' }, { notation: 'compact', compactDisplay: 'long' }, { notation: 'scientific' }, { maximumSignificantDigits: 3, signDisplay: 'exceptZero' }, { minimumFractionDigits: 2, useGrouping: false }];
  for (const locale of locales) {
    console.log(locale, (1234567.891).toLocaleString(locale), 12345678901234567890n.toLocaleString(locale));
    for (const option of options) console.log(JSON.stringify(option), [0, 1, 2, -1234.567, 999999, 1.5e9].map((value) => new Intl.NumberFormat(locale, option).format(value)).join(' | '));
    console.log(JSON.stringify(new Intl.NumberFormat(locale, { style: 'currency', currency: 'CHF' }).formatToParts(-1234.5)), new Intl.NumberFormat(locale, { style: 'unit', unit: 'liter' }).formatRange(1, 3));
  }
  for (const roundingMode of ['ceil', 'floor', 'expand', 'trunc', 'halfCeil', 'halfFloor', 'halfExpand', 'halfTrunc', 'halfEven']) console.log(roundingMode, [1.25, -1.25, 1.35, 2.5, 1.005].map((value) => new Intl.NumberFormat('en', { roundingMode, maximumFractionDigits: 1 }).format(value)).join());
  console.log(new Intl.NumberFormat('en', { roundingIncrement: 25, minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(1.13), new Intl.NumberFormat('en', { trailingZeroDisplay: 'stripIfInteger', style: 'currency', currency: 'USD' }).format(5), new Intl.NumberFormat('en').resolvedOptions(), new Intl.NumberFormat('de', { notation: 'compact' }).resolvedOptions());
  for (const wrong of [{ style: 'currency' }, { currency: 'US' }, { style: 'unit', unit: 'furlong' }, { minimumFractionDigits: 200 }, { roundingIncrement: 3 }, { notation: 'short' }]) {
    try {
      console.log(new Intl.NumberFormat('en', wrong).format(1));
    } catch (error) {
      console.log(`${error.name}: ${error.message}`);
    }
  }
  return true;
};
