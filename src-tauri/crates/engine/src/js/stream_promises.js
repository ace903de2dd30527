export default function (exports, require) {
  const { pipeline, finished } = require('internal/stream_pipeline');
  exports.pipeline = (...streams) =>
    new Promise((resolve, reject) => {
      const last = streams[streams.length - 1];
      const options = last !== null && typeof last === 'object' && !last.pipe && !last.write && typeof last[Symbol.asyncIterator] !== 'function' ? streams.pop() : {};
      const end = pipeline(...streams, (error, value) => (error ? reject(error) : resolve(value)));
      options.signal?.addEventListener('abort', () => end.destroy(require('internal/abort').abortError(options.signal)), { once: true });
    });
  exports.finished = (stream, options) => new Promise((resolve, reject) => finished(stream, options ?? {}, (error) => (error ? reject(error) : resolve())));
}
