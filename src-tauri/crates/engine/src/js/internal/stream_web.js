// Node's streams as web streams, and the other way round.
export default function (exports, require) {
  const { Readable, Writable, Duplex, finished } = require('stream');
  const { Buffer } = require('buffer');
  const { typeError } = require('internal/errors');
  const web = require('internal/webstream');
  const { abortError } = require('internal/abort');

  exports.readableToWeb = function (stream, options = {}) {
    if (!stream || typeof stream.read !== 'function') throw typeError('streamReadable', 'an stream.Readable', stream);
    const objects = stream.readableObjectMode;
    let over = false;
    return new web.ReadableStream(
      {
        start(controller) {
          if (stream.destroyed) {
            over = true;
            return controller.close();
          }
          stream.pause();
          finished(stream, { writable: false }, (error) => {
            if (over) return;
            over = true;
            if (error?.code === 'ERR_STREAM_PREMATURE_CLOSE') error = abortError();
            if (error) controller.error(error);
            else controller.close();
          });
          stream.on('data', (chunk) => {
            if (over) return;
            if (Buffer.isBuffer(chunk) && !objects) chunk = new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
            controller.enqueue(chunk);
            if (controller.desiredSize <= 0) stream.pause();
          });
          stream.pause();
          return undefined;
        },
        pull() {
          stream.resume();
        },
        cancel(reason) {
          over = true;
          stream.destroy(reason);
        },
      },
      options.strategy ?? { highWaterMark: objects ? stream.readableHighWaterMark : 1 },
    );
  };

  // A web stream that ends by itself takes Node's stream with it if it failed.
  function whenClosed(end, made, tell) {
    end.closed.then(tell, (error) => {
      tell();
      made.destroy(error);
    });
  }

  exports.readableFromWeb = function (stream, options = {}) {
    if (!(stream instanceof web.ReadableStream)) throw typeError('readableStream', 'an instance of ReadableStream', stream);
    const reader = stream.getReader();
    const { highWaterMark, encoding, objectMode = false, signal } = options;
    let closed = false;
    const made = new Readable({
      objectMode,
      highWaterMark,
      encoding,
      signal,
      read() {
        reader.read().then(
          ({ done, value }) => {
            if (done) made.push(null);
            else made.push(value);
          },
          (error) => made.destroy(error),
        );
      },
      destroy(error, done) {
        if (closed) return done(error);
        reader.cancel(error).then(
          () => done(error),
          () => done(error),
        );
      },
    });
    whenClosed(reader, made, () => {
      closed = true;
    });
    return made;
  };

  exports.writableToWeb = function (stream) {
    if (!stream || typeof stream.write !== 'function') throw typeError('streamWritable', 'an stream.Writable', stream);
    let failed;
    return new web.WritableStream(
      {
        start(controller) {
          stream.on('error', (error) => {
            failed = error;
            controller.error(error);
          });
        },
        write(chunk) {
          if (failed) throw failed;
          if (chunk instanceof ArrayBuffer) chunk = new Uint8Array(chunk);
          if (!stream.write(chunk)) return new Promise((resolve, reject) => {
            const settle = (run) => (value) => {
              stream.removeListener('drain', onDrain);
              stream.removeListener('error', onError);
              stream.removeListener('close', onDrain);
              run(value);
            };
            const onDrain = settle(() => resolve());
            const onError = settle(reject);
            stream.once('drain', onDrain).once('error', onError).once('close', onDrain);
          });
          return undefined;
        },
        close() {
          return new Promise((resolve, reject) => {
            stream.once('error', reject);
            stream.end(resolve);
          });
        },
        abort(reason) {
          stream.destroy(reason);
        },
      },
      { highWaterMark: stream.writableObjectMode ? stream.writableHighWaterMark : 1 },
    );
  };

  exports.writableFromWeb = function (stream, options = {}) {
    if (!(stream instanceof web.WritableStream)) throw typeError('writableStream', 'an instance of WritableStream', stream);
    const writer = stream.getWriter();
    const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
    let closed = false;
    const made = new Writable({
      highWaterMark,
      objectMode,
      decodeStrings,
      signal,
      write(chunk, _encoding, done) {
        writer.ready.then(() => writer.write(chunk)).then(() => done(), done);
      },
      final(done) {
        writer.close().then(() => done(), done);
      },
      destroy(error, done) {
        if (closed || error === null) return done(error);
        writer.abort(error).then(
          () => done(error),
          () => done(error),
        );
      },
    });
    whenClosed(writer, made, () => {
      closed = true;
    });
    return made;
  };

  exports.duplexToWeb = (stream) => ({ readable: exports.readableToWeb(stream), writable: exports.writableToWeb(stream) });
  exports.duplexFromWeb = function (pair, options = {}) {
    const readable = exports.readableFromWeb(pair.readable, options);
    const writable = exports.writableFromWeb(pair.writable, options);
    return Duplex.from({ readable, writable });
  };
}
