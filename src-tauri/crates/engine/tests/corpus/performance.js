const { performance: own, PerformanceObserver, createHistogram, monitorEventLoopDelay, constants } = require('perf_hooks');
const message = (run) => { try { return run(); } catch (error) { return `${error.name} ${error.code}: ${error.message}`; } };
exports.handler = async () => {
  console.log(own === performance, typeof performance.now(), Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000, Object.prototype.toString.call(performance));
  const seen = []; const observer = new PerformanceObserver((list, self) => { for (const entry of list.getEntries()) seen.push(`${entry.entryType} ${entry.name}`); console.log(self === observer, list.getEntriesByName('m').length); });
  observer.observe({ entryTypes: ['mark', 'measure'] });
  const mark = performance.mark('a', { startTime: 5, detail: { x: 1 } }); console.log(mark); performance.mark('b', { startTime: 9 });
  console.log(performance.measure('m', 'a', 'b'), performance.measure('n', { start: 1, duration: 3, detail: 'd' }).toJSON(), performance.measure('o', { start: 'a', end: 20 }).duration);
  console.log(performance.getEntries().map((entry) => entry.name).join(), performance.getEntriesByType('mark').length, performance.getEntriesByName('m')[0].duration);
  await new Promise((done) => setImmediate(() => setImmediate(done))); console.log(seen.join()); observer.disconnect();
  performance.clearMarks('a'); performance.clearMeasures(); console.log(performance.getEntries().map((entry) => entry.name).join());
  console.log(message(() => performance.measure('x', 'nope')), message(() => performance.mark()), message(() => new PerformanceObserver()), message(() => new Performance()), message(() => performance.mark('z', { startTime: -1 })), message(() => observer.observe()));
  const timed = performance.timerify(function add(a, b) { return a + b; }); console.log(timed(1, 2), timed.name, timed.length);
  const histogram = createHistogram(); for (const value of [5, 10, 100]) histogram.record(value); console.log(histogram, histogram.percentile(50), histogram.min, histogram.max, histogram.count, histogram.toJSON(), message(() => histogram.record(0)), message(() => histogram.record('a'))); histogram.reset(); console.log(histogram.count);
  const delay = monitorEventLoopDelay(); console.log(delay.enable(), delay.enable(), delay.disable(), delay.disable());
  console.log(constants.NODE_PERFORMANCE_GC_MAJOR, PerformanceObserver.supportedEntryTypes, new PerformanceMark('free').name, Object.keys(performance.eventLoopUtilization()));
  return null;
};
