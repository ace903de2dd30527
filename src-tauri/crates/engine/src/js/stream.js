// Node's streams.
export default function (exports, require, module) {
  const { Stream } = require('internal/stream_base');
  const { Readable } = require('internal/stream_readable');
  const { Writable } = require('internal/stream_writable');
  const { Duplex, Transform, PassThrough } = require('internal/stream_duplex');
  const { pipeline, finished, compose } = require('internal/stream_pipeline');
  Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, compose });
  Stream.isReadable = (stream) => Boolean(stream?.readable);
  Stream.isErrored = (stream) => Boolean(stream?.errored);
  Stream.isDisturbed = (stream) => Boolean(stream?.readableDidRead);
  Stream.getDefaultHighWaterMark = (objects) => (objects ? 16 : 16384);
  Stream.setDefaultHighWaterMark = () => {};
  Stream.addAbortSignal = (signal, stream) => {
    const abort = () => stream.destroy(require('internal/abort').abortError(signal));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return stream;
  };
  const web = (Kind, from, to) => {
    Kind.fromWeb = (stream, options) => require('internal/stream_web')[from](stream, options);
    Kind.toWeb = (stream, options) => require('internal/stream_web')[to](stream, options);
  };
  web(Readable, 'readableFromWeb', 'readableToWeb');
  web(Writable, 'writableFromWeb', 'writableToWeb');
  web(Duplex, 'duplexFromWeb', 'duplexToWeb');
  Stream.isDestroyed = (stream) => Boolean(stream?.destroyed);
  Stream.isWritable = (stream) => Boolean(stream?.writable);
  Stream.destroy = (stream, error) => {
    if (stream && !stream.destroyed) stream.destroy(error ?? require('internal/abort').abortError());
    return stream;
  };
  Stream.duplexPair = (options) => {
    const make = () =>
      new Duplex({
        ...options,
        read() {
          const waiting = this.waiting;
          this.waiting = undefined;
          waiting?.();
        },
        write(chunk, _encoding, done) {
          this.other.waiting = done;
          this.other.push(chunk);
        },
        final(done) {
          this.other.push(null);
          done();
        },
      });
    const [one, other] = [make(), make()];
    for (const [side, opposite] of [[one, other], [other, one]]) Object.defineProperty(side, 'other', { value: opposite });
    return [one, other];
  };
  Stream._isUint8Array = (value) => value instanceof Uint8Array;
  Object.defineProperty(Stream, 'promises', { get: () => require('stream/promises'), enumerable: true, configurable: true });
  const promisify = Symbol.for('nodejs.util.promisify.custom');
  Object.defineProperty(pipeline, promisify, { get: () => require('stream/promises').pipeline });
  Object.defineProperty(finished, promisify, { get: () => require('stream/promises').finished });
  module.exports = Stream;
}
