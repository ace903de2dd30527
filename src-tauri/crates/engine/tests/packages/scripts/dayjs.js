const dayjs = require('dayjs');
for (const plugin of ['utc', 'timezone', 'relativeTime', 'duration', 'customParseFormat', 'advancedFormat', 'localizedFormat', 'isoWeek', 'isBetween', 'weekOfYear']) dayjs.extend(require(`dayjs/plugin/${plugin}`));
require('dayjs/locale/de');
require('dayjs/locale/fr');

module.exports = async () => {
  const moment = dayjs.utc('2026-03-29T00:30:00Z');
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'Africa/Casablanca', 'UTC'];
  return {
    zones: zones.map((zone) => [zone, moment.tz(zone).format('YYYY-MM-DD HH:mm Z'), moment.add(1, 'hour').tz(zone).utcOffset()]),
    parsed: zones.map((zone) => dayjs.tz('2026-07-01 12:00', zone).toISOString()),
    gap: dayjs.tz('2026-03-29 02:30', 'Europe/Berlin').toISOString(),
    kept: moment.tz('America/New_York', true).format(),
    names: ['Europe/Berlin', 'America/New_York'].map((zone) => moment.tz(zone).format('z')),
    relative: [dayjs.utc('2026-01-01').from(dayjs.utc('2026-01-03')), dayjs.utc('2026-01-01').locale('de').to(dayjs.utc('2027-01-01'))],
    locale: [dayjs.utc('2026-03-09').locale('de').format('dddd, D. MMMM YYYY'), dayjs.utc('2026-03-09').locale('fr').format('LLLL')],
    custom: [dayjs.utc('31/12/2025 23:59', 'DD/MM/YYYY HH:mm').toISOString(), dayjs('nonsense').isValid(), dayjs('2026-02-31', 'YYYY-MM-DD', true).isValid()],
    duration: [dayjs.duration(90, 'minutes').humanize(), dayjs.duration('P1Y2M3DT4H').asDays(), dayjs.duration(3661, 's').format('HH:mm:ss')],
    math: [moment.add(1, 'month').endOf('month').toISOString(), moment.diff('2020-02-29', 'month', true), moment.isoWeek(), moment.week(), moment.isBetween('2026-01-01', '2026-12-31')],
    format: moment.format('Q Do k kk X x W'),
    json: JSON.stringify({ moment }),
  };
};
