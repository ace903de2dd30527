const moment = require('moment');
require('moment/locale/de');
require('moment/locale/ja');
moment.locale('en');

module.exports = async () => {
  const at = moment.utc('2026-02-28T23:59:59.123Z');
  return {
    formats: ['LLLL', 'dddd, MMMM Do YYYY, h:mm:ss a', 'GGGG-[W]WW-E', 'x', 'YYYY-MM-DDTHH:mm:ss.SSSZ'].map((format) => at.format(format)),
    locales: ['de', 'ja', 'en'].map((locale) => [at.clone().locale(locale).format('LLLL'), moment.duration(-3, 'days').locale(locale).humanize(true)]),
    parse: [moment.utc('12-25-1995', 'MM-DD-YYYY').toISOString(), moment.utc('2026-13-01').isValid(), moment.utc('5pm', 'ha').hour(), moment.parseZone('2026-01-01T00:00:00+05:30').format(), moment.utc([2026, 1, 14]).toJSON()],
    math: [at.clone().add(1, 'month').toISOString(), at.clone().subtract(1, 'year').isLeapYear(), at.diff(moment.utc('2025-01-31'), 'months', true), at.clone().startOf('isoWeek').toISOString(), at.daysInMonth()],
    calendar: at.calendar(moment.utc('2026-03-01')),
    compare: [at.isSameOrBefore('2026-03-01'), at.isBetween('2026-01-01', '2026-12-31', 'day', '[)'), moment.max(at, moment.utc('2030-01-01')).year()],
    duration: [moment.duration('P1DT2H').asHours(), moment.duration(123456789).toISOString(), moment.duration({ hours: 25 }).days()],
    object: at.toObject(),
    weekdays: moment.weekdaysShort(),
  };
};
