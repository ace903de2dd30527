export default function (exports, require) {
  const timers = require('internal/timers');

  function wait(start, stop, value, options = {}) {
    const { signal, ref = true } = options;
    if (signal?.aborted) return Promise.reject(require('internal/abort').abortError(signal));
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        stop(handle);
        reject(require('internal/abort').abortError(signal));
      };
      const handle = start(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      });
      if (!ref) handle.unref();
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  exports.setTimeout = (delay, value, options) => wait((done) => timers.setTimeout(done, delay), timers.clearTimeout, value, options);
  exports.setImmediate = (value, options) => wait((done) => timers.setImmediate(done), timers.clearImmediate, value, options);
  exports.setInterval = async function* (delay, value, options) {
    for (;;) {
      await exports.setTimeout(delay, undefined, options);
      yield value;
    }
  };
  exports.scheduler = { wait: (delay, options) => exports.setTimeout(delay, undefined, options), yield: () => exports.setImmediate() };
}
