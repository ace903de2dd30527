export default function (exports, require) {
  const { later } = require('internal/stream_base');
  const { coded } = require('internal/errors');

  const isStream = (value) => value !== null && typeof value === 'object' && (typeof value.pipe === 'function' || typeof value.write === 'function');

  exports.finished = function finished(stream, options, done) {
    if (typeof options === 'function') {
      done = options;
      options = {};
    }
    const reads = options?.readable ?? Boolean(stream._readableState || (stream.readable !== undefined && !stream._writableState));
    const writes = options?.writable ?? Boolean(stream._writableState || (stream.writable !== undefined && !stream._readableState));
    let over = false;
    const state = () => ({
      readDone: !reads || stream._readableState?.endEmitted === true || stream._readableState?.readable === false,
      writeDone: !writes || stream._writableState?.finished === true || stream._writableState?.writable === false,
    });
    const settle = (error) => {
      if (over) return;
      over = true;
      cleanup();
      done.call(stream, error);
    };
    const check = () => {
      const { readDone, writeDone } = state();
      if (readDone && writeDone) settle();
    };
    const onError = (error) => settle(error);
    const onClose = () => {
      const { readDone, writeDone } = state();
      const errored = stream._readableState?.errored ?? stream._writableState?.errored;
      if (errored) settle(errored);
      else if (!readDone || !writeDone) settle(coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'));
      else settle();
    };
    function cleanup() {
      stream.removeListener('end', check);
      stream.removeListener('finish', check);
      stream.removeListener('error', onError);
      stream.removeListener('close', onClose);
    }
    stream.on('end', check);
    stream.on('finish', check);
    if (options?.error !== false) stream.on('error', onError);
    stream.on('close', onClose);
    if (stream._readableState?.closed || stream._writableState?.closed) later(onClose);
    else {
      const { readDone, writeDone } = state();
      if (readDone && writeDone && (stream._readableState || stream._writableState)) later(check);
    }
    return cleanup;
  };

  exports.pipeline = function pipeline(...streams) {
    const done = typeof streams[streams.length - 1] === 'function' && streams.length > 1 && !isGenerator(streams[streams.length - 1]) ? streams.pop() : () => {};
    if (Array.isArray(streams[0]) && streams.length === 1) streams = streams[0];
    if (streams.length < 2) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
    const { Readable } = require('internal/stream_readable');
    const { PassThrough } = require('internal/stream_duplex');
    const chain = [];
    let failure;
    let open = 0;
    let over = false;
    let value;
    const finish = (error) => {
      if (error && (!failure || failure.code === 'ERR_STREAM_PREMATURE_CLOSE')) failure = error;
      if (error) for (const stream of chain) if (!stream.destroyed) stream.destroy(stream === chain[chain.length - 1] ? error : undefined);
      if (--open === 0 && !over) {
        over = true;
        later(done, failure, value);
      }
    };
    let current;
    streams.forEach((stage, index) => {
      let stream;
      if (isStream(stage)) stream = stage;
      else if (typeof stage === 'function') {
        const made = index === 0 ? stage() : stage(current);
        if (index === streams.length - 1 && typeof made?.then === 'function' && typeof made[Symbol.asyncIterator] !== 'function') {
          stream = new PassThrough({ objectMode: true });
          open++;
          made.then(
            (result) => {
              value = result;
              stream.end();
              stream.resume();
              finish();
            },
            (error) => {
              finish(error);
            },
          );
          chain.push(stream);
          current = stream;
          return;
        }
        stream = Readable.from(made);
        chain.push(stream);
        open++;
        exports.finished(stream, { writable: false }, finish);
        current = stream;
        return;
      } else stream = Readable.from(stage);
      chain.push(stream);
      open++;
      const last = index === streams.length - 1;
      exports.finished(stream, last ? { readable: false, writable: true } : index === 0 ? { writable: false } : {}, finish);
      if (current !== undefined) current.pipe(stream);
      current = stream;
    });
    return current;
  };

  const isGenerator = (value) => /^\[object Async(Generator)?Function\]$|GeneratorFunction\]$/.test(Object.prototype.toString.call(value));

  exports.compose = (...streams) => {
    const { Duplex } = require('internal/stream_duplex');
    const last = exports.pipeline(...streams, () => {});
    return Duplex.from({ writable: streams[0], readable: last });
  };
}
