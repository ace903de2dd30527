export default function (exports, require) {
  const names = 'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming performance'.split(' ');
  const own = require('internal/performance');
  for (const name of names) exports[name] = name === 'performance' ? globalThis.performance : own[name];
  Object.assign(exports, require('internal/histogram'));
  exports.constants = require('internal/constants').numbers('perf_hooks');
}
