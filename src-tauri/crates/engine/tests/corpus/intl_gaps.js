// Where Intl still differs from Node 20's: the test pins that it does.
exports.handler = async () => {
  // Calendars without names here, and languages that few speak.
  for (const calendar of ['chinese', 'dangi', 'coptic', 'ethiopic', 'indian']) console.log(new Intl.DateTimeFormat('en', { calendar, dateStyle: 'long' }).format(0));
  console.log(new Intl.DateTimeFormat(['gsw', 'de']).resolvedOptions().locale, Intl.supportedValuesOf('calendar').length);
  // Words of Japanese come from another dictionary.
  console.log([...new Intl.Segmenter('ja', { granularity: 'word' }).segment('名前はたぬき')].map((piece) => piece.segment));
  // Parts of a range that stand in words only.
  console.log(new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset', timeZone: 'Europe/London' }).formatRange(0, 1e11));
};
