// Dates and times in the languages and zones of the world.
exports.handler = async () => {
  const when = new Date(Date.UTC(2024, 1, 29, 15, 4, 5, 678));
  const locales = ['en-US', 'en-GB', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'ja', 'zh', 'zh-TW', 'ko', 'pl', 'sv', 'ru', 'tr', 'ar', 'he', 'hi', 'th', 'fa'];
  for (const locale of locales) {
    console.log(locale, when.toLocaleString(locale), when.toLocaleDateString(locale), when.toLocaleTimeString(locale));
    for (const dateStyle of ['full', 'long', 'medium', 'short']) console.log(new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: dateStyle, timeZone: 'Europe/Paris' }).format(when));
    console.log(new Intl.DateTimeFormat(locale, { weekday: 'short', month: 'long', day: 'numeric', hour: 'numeric' }).format(when), new Intl.DateTimeFormat(locale, { year: '2-digit', month: '2-digit', day: '2-digit' }).format(when));
    console.log(new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).formatRange(when, new Date(+when + 40 * 864e5)));
  }
  const parts = (options) => new Intl.DateTimeFormat('en-US', options).formatToParts(when).map((part) => `${part.type}=${part.value}`).join(' ');
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' };
  for (const timeZone of ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'asia/tokyo', 'Europe/Kyiv']) {
    console.log(parts({ timeZone, hour12: false, ...numeric }), '|', parts({ timeZone, hourCycle: 'h23', ...numeric }), '|', parts({ timeZone, fractionalSecondDigits: 3, era: 'short', ...numeric }));
    for (const timeZoneName of ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric']) console.log(timeZone, timeZoneName, parts({ timeZone, timeZoneName }));
  }
  for (const calendar of ['buddhist', 'japanese', 'islamic-umalqura', 'hebrew', 'persian', 'roc']) console.log(calendar, new Intl.DateTimeFormat('en', { calendar, dateStyle: 'long' }).format(when), new Intl.DateTimeFormat('ar', { calendar, numberingSystem: 'arab' }).format(when));
  console.log(new Intl.DateTimeFormat('en', { hour12: false, dateStyle: 'short', timeStyle: 'long' }).resolvedOptions(), new Intl.DateTimeFormat('de-u-nu-arab-hc-h12', { hour: 'numeric', minute: 'numeric', weekday: 'long' }).resolvedOptions());
  for (const wrong of [{ timeZone: 'Mars/Olympus' }, { month: 'wide' }, { dateStyle: 'short', year: 'numeric' }, { calendar: 'a' }, { fractionalSecondDigits: 4 }]) {
    try {
      console.log(new Intl.DateTimeFormat('en', wrong).format(when));
    } catch (error) {
      console.log(`${error.name}: ${error.message}`);
    }
  }
  return true;
};
