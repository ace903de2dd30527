const f = require('date-fns');
const { de, fr, ja } = require('date-fns/locale');

module.exports = async () => {
  const at = new Date(Date.UTC(2026, 1, 28, 12, 30, 15));
  const iso = (date) => date.toISOString();
  return {
    format: [f.format(at, "yyyy-MM-dd'T'HH:mm:ss"), f.format(at, 'PPPPpppp', { locale: de }).replace(/GMT.*/, ''), f.format(at, 'do MMMM, EEEE', { locale: fr }), f.format(at, 'PPP', { locale: ja }), f.format(at, "Q 'quarter', I, t")],
    math: [iso(f.addMonths(at, 1)), iso(f.addBusinessDays(at, 5)), f.differenceInCalendarDays(at, new Date(0)), f.differenceInMonths(at, new Date(Date.UTC(2020, 1, 29))), iso(f.startOfISOWeek(at)), f.getISOWeek(at)],
    parse: [iso(f.parse('02/11/2026', 'MM/dd/yyyy', new Date(0))), f.isValid(f.parse('x', 'P', new Date(0))), iso(f.parseISO('2026-02-11T10:00:00+02:00'))],
    distance: [f.formatDistance(at, f.addDays(at, 3), { addSuffix: true }), f.formatDistanceStrict(at, f.addHours(at, 50), { locale: de }), f.formatRelative(f.addDays(at, -2), at)],
    interval: [f.eachDayOfInterval({ start: at, end: f.addDays(at, 2) }).map(iso), f.intervalToDuration({ start: at, end: f.addDays(at, 40) }), f.formatDuration({ years: 2, days: 1 })],
    compare: [f.isWeekend(at), f.isSameWeek(at, f.addDays(at, 1)), iso(f.max([at, new Date(0)])), f.closestIndexTo(at, [new Date(0), at])],
    error: (() => { try { return f.format(new Date(NaN), 'yyyy'); } catch (error) { return [error.name, error.message]; } })(),
  };
};
