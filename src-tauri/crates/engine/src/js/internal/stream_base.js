// What every stream has: the old Stream class, destroying, and errors told once.
export default function (exports, require, _module, internal) {
  const EventEmitter = require('events');

  function Stream(options) {
    EventEmitter.call(this, options);
  }
  Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
  Object.setPrototypeOf(Stream, EventEmitter);

  Stream.prototype.pipe = function (target, options) {
    const source = this;
    const onData = (chunk) => {
      if (target.writable && target.write(chunk) === false && source.pause) source.pause();
    };
    const onDrain = () => {
      if (source.readable && source.resume) source.resume();
    };
    source.on('data', onData);
    target.on('drain', onDrain);
    if (options?.end !== false) source.once('end', () => target.end());
    target.emit('pipe', source);
    return target;
  };

  const later = (callback, ...args) => internal.nextTick(callback, args);
  exports.later = later;

  // Sides a stream has: `_readableState`, `_writableState`. Both share one end.
  const sides = (stream) => [stream._readableState, stream._writableState].filter(Boolean);

  exports.destroy = function (stream, error, done) {
    const all = sides(stream);
    if (all.some((side) => side.destroyed)) {
      if (typeof done === 'function') later(done);
      return stream;
    }
    for (const side of all) {
      side.destroyed = true;
      if (error) side.errored ??= error;
    }
    const finish = (failure) => {
      for (const side of all) {
        side.closed = true;
        if (failure) side.errored ??= failure;
      }
      if (typeof done === 'function') done(failure);
      later(() => {
        if (failure && !all.some((side) => side.errorEmitted)) {
          for (const side of all) side.errorEmitted = true;
          if (typeof done !== 'function') stream.emit('error', failure);
        }
        if (all.some((side) => side.emitClose !== false)) {
          for (const side of all) side.closeEmitted = true;
          stream.emit('close');
        }
      });
    };
    const go = () => {
      try {
        stream._destroy(error ?? null, (failure) => finish(failure ?? undefined));
      } catch (failure) {
        finish(failure);
      }
    };
    if (all.some((side) => side.constructed === false)) stream.once('constructed', go);
    else go();
    return stream;
  };

  // `_construct` runs before anything else.
  exports.construct = function (stream, begin) {
    if (typeof stream._construct !== 'function') return;
    for (const side of sides(stream)) side.constructed = false;
    later(() => {
      const done = (error) => {
        for (const side of sides(stream)) side.constructed = true;
        if (error) stream.destroy(error);
        else begin();
        stream.emit('constructed');
      };
      try {
        stream._construct(done);
      } catch (error) {
        done(error);
      }
    });
  };

  exports.install = function (proto) {
    Object.assign(proto, {
      destroy(error, done) {
        return exports.destroy(this, error, done);
      },
      _destroy(error, done) {
        done(error);
      },
    });
    for (const [name, get] of Object.entries({
      destroyed: (stream) => sides(stream).some((side) => side.destroyed),
      closed: (stream) => sides(stream).some((side) => side.closeEmitted === true),
      errored: (stream) => sides(stream).map((side) => side.errored).find(Boolean) ?? null,
    })) {
      Object.defineProperty(proto, name, {
        get() {
          return get(this);
        },
        set(value) {
          if (name === 'destroyed') for (const side of sides(this)) side.destroyed = value;
        },
        configurable: true,
      });
    }
    proto[Symbol.asyncDispose ?? Symbol('asyncDispose')] = async function () {
      this.destroy();
    };
  };
  exports.Stream = Stream;
}
