export default function (exports, require) {
  Object.assign(exports, require('internal/timers'));
  Object.defineProperty(exports, 'promises', { get: () => require('timers/promises'), enumerable: true, configurable: true });
}
