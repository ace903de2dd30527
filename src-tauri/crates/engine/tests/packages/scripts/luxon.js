const { DateTime, Duration, Interval, Info, Settings } = require('luxon');

module.exports = async () => {
  Settings.defaultLocale = 'en-US';
  const at = DateTime.fromISO('2026-10-25T00:30:00', { zone: 'utc' });
  return {
    zones: ['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Chatham', 'America/New_York'].map((zone) => [at.setZone(zone).toISO(), at.setZone(zone).offset, at.setZone(zone).isInDST]),
    names: [at.setZone('Europe/Berlin').zoneName, at.setZone('America/New_York').offsetNameShort, at.setZone('America/New_York').offsetNameLong],
    ambiguous: DateTime.fromObject({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, { zone: 'Europe/Berlin' }).toUTC().toISO(),
    formats: [at.toFormat("yyyy LLL dd 'at' HH:mm ZZZZ"), at.toRFC2822(), at.toHTTP(), at.toSQL(), at.toISOWeekDate()],
    locales: ['en-US', 'de-DE', 'fr-FR'].map((locale) => at.setLocale(locale).toLocaleString(DateTime.DATE_FULL)),
    parse: [DateTime.fromFormat('25 December 2026', 'd MMMM yyyy', { zone: 'utc' }).toISODate(), DateTime.fromSQL('2026-01-01 10:00:00', { zone: 'utc' }).toISO(), DateTime.fromISO('nonsense').invalidReason, DateTime.fromHTTP('Sun, 06 Nov 1994 08:49:37 GMT').toISO()],
    math: [at.plus({ months: 4 }).toISODate(), at.startOf('week').toISODate(), at.diff(DateTime.fromISO('2026-01-01', { zone: 'utc' }), ['months', 'days']).toObject(), at.until(at.plus({ days: 3 })).count('days')],
    duration: [Duration.fromISO('P3Y6M').toISO(), Duration.fromObject({ minutes: 150 }).shiftTo('hours', 'minutes').toObject(), Duration.fromMillis(3661000).toFormat('hh:mm:ss'), Duration.fromObject({ hours: 2, minutes: 3 }).toHuman()],
    interval: Interval.fromISO('2026-01-01/2026-02-01', { zone: 'utc' }).splitBy({ weeks: 1 }).length,
    info: [Info.months('short'), Info.isValidIANAZone('Europe/Nowhere'), Info.hasDST('Europe/Berlin')],
  };
};
