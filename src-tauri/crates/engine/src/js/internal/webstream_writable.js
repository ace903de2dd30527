// WritableStream, its writer and controller.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const { typeError, coded } = require('internal/errors');
  const { deferred, invalid, illegal, inspectable, strategyOf, allowing, isAllowed } = require('internal/webstream_parts');
  const states = new OwnWeakMap();
  const stateOf = (stream) => {
    const state = states.get(stream);
    if (state === undefined) throw coded(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type WritableStream');
    return state;
  };
  exports.stateOf = stateOf;

  const quiet = (promise) => {
    promise.catch(() => {});
    return promise;
  };
  const desired = (state) => (state.kind === 'errored' || state.kind === 'erroring' ? null : state.kind === 'closed' ? 0 : state.highWaterMark - state.size);
  const isClosing = (state) => state.closing !== undefined;

  // `ready` follows whether there is room.
  function pressure(state) {
    const { writer } = state;
    if (writer === undefined || state.kind !== 'writable') return;
    const full = desired(state) <= 0 && !isClosing(state);
    if (full && writer.isReady) {
      writer.ready = deferred();
      writer.isReady = false;
    } else if (!full && !writer.isReady) {
      writer.isReady = true;
      writer.ready.resolve();
    }
  }
  function startErroring(state, error) {
    if (state.kind !== 'writable') return;
    state.kind = 'erroring';
    state.error = error;
    if (state.writer !== undefined) {
      if (state.writer.isReady) state.writer.ready = deferred();
      state.writer.isReady = false;
      quiet(state.writer.ready.promise);
      state.writer.ready.reject(error);
    }
    state.abortController?.abort(error);
    if (!state.busy && state.started) finishErroring(state);
  }
  function finishErroring(state) {
    if (state.kind !== 'erroring') return;
    state.kind = 'errored';
    for (const { done } of state.queue.splice(0)) done.reject(state.error);
    state.size = 0;
    const rejectRest = () => {
      state.closing?.reject(state.error);
      if (state.writer !== undefined) {
        quiet(state.writer.closed.promise);
        state.writer.closed.reject(state.error);
      }
    };
    const { aborting } = state;
    if (aborting === undefined) return rejectRest();
    state.aborting = undefined;
    if (aborting.late) {
      aborting.reject(state.error);
      return rejectRest();
    }
    settled(() => state.sink.abort?.(aborting.reason)).then(
      () => {
        aborting.resolve();
        rejectRest();
      },
      (error) => {
        aborting.reject(error);
        rejectRest();
      },
    );
  }
  const settled = (run) => {
    try {
      return Promise.resolve(run());
    } catch (error) {
      return Promise.reject(error);
    }
  };

  function advance(state) {
    if (!state.started || state.busy) return;
    if (state.kind === 'erroring') return finishErroring(state);
    if (state.kind !== 'writable') return;
    const first = state.queue[0];
    if (first === undefined) {
      if (!isClosing(state)) return;
      state.busy = true;
      settled(() => state.sink.close?.()).then(
        () => {
          state.busy = false;
          state.kind = 'closed';
          state.closing.resolve();
          state.aborting?.resolve();
          state.aborting = undefined;
          state.writer?.closed.resolve();
        },
        (error) => {
          state.busy = false;
          state.closing.reject(error);
          state.closing = undefined;
          state.aborting?.reject(error);
          state.aborting = undefined;
          if (state.kind === 'writable') startErroring(state, error);
          else finishErroring(state);
        },
      );
      return;
    }
    state.busy = true;
    settled(() => state.sink.write?.(first.chunk, state.controller)).then(
      () => {
        state.busy = false;
        state.queue.shift();
        state.size = Math.max(0, state.size - first.size);
        first.done.resolve();
        pressure(state);
        advance(state);
      },
      (error) => {
        state.busy = false;
        state.queue.shift();
        first.done.reject(error);
        if (state.kind === 'writable') startErroring(state, error);
        else finishErroring(state);
      },
    );
  }

  function write(state, chunk) {
    if (state.kind === 'errored' || state.kind === 'erroring') return Promise.reject(state.error);
    if (isClosing(state) || state.kind === 'closed') return Promise.reject(invalid('Failed to write: WritableStream is closed'));
    let size;
    try {
      size = state.sizeOf(chunk);
    } catch (error) {
      startErroring(state, error);
      return Promise.reject(error);
    }
    const done = deferred();
    state.queue.push({ chunk, size, done });
    state.size += size;
    pressure(state);
    advance(state);
    return done.promise;
  }
  exports.write = write;
  function close(state) {
    if (state.kind === 'closed' || state.kind === 'errored') return Promise.reject(invalid('WritableStream is closed'));
    if (isClosing(state)) return Promise.reject(invalid('Failure closing WritableStream'));
    state.closing = deferred();
    if (state.writer !== undefined && !state.writer.isReady && state.kind === 'writable') {
      state.writer.isReady = true;
      state.writer.ready.resolve();
    }
    const { promise } = state.closing;
    advance(state);
    return promise;
  }
  exports.close = close;
  exports.isClosing = isClosing;
  function abort(state, reason) {
    if (state.kind === 'closed' || state.kind === 'errored') return Promise.resolve();
    if (state.aborting !== undefined) return state.aborting.promise;
    state.aborting = Object.assign(deferred(), { reason, late: state.kind === 'erroring' });
    const { promise } = state.aborting;
    startErroring(state, reason);
    return promise;
  }
  exports.abort = abort;
  exports.error = startErroring;
  exports.desired = desired;

  class WritableStreamDefaultController {
    #state;
    constructor(state) {
      if (!isAllowed()) throw illegal();
      this.#state = state;
    }
    get signal() {
      const state = this.#state;
      state.abortController ??= new (require('internal/abort').AbortController)();
      return state.abortController.signal;
    }
    error(error = undefined) {
      startErroring(this.#state, error);
    }
  }
  inspectable(WritableStreamDefaultController, () => ({}));

  class WritableStreamDefaultWriter {
    #own;
    #last;
    constructor(stream) {
      if (!(stream instanceof WritableStream)) throw typeError('stream', 'an instance of WritableStream', stream);
      const state = stateOf(stream);
      if (state.writer !== undefined) throw invalid('WritableStream is locked');
      const own = { state, closed: deferred(), ready: deferred(), isReady: true };
      quiet(own.closed.promise);
      quiet(own.ready.promise);
      this.#own = own;
      state.writer = own;
      own.ready.resolve();
      if (state.kind === 'closed') own.closed.resolve();
      else if (state.kind === 'errored' || state.kind === 'erroring') {
        own.ready = deferred();
        quiet(own.ready.promise);
        own.ready.reject(state.error);
        own.isReady = false;
        if (state.kind === 'errored') own.closed.reject(state.error);
      } else pressure(state);
    }
    #attached() {
      return this.#own === undefined ? invalid('Writer is not bound to a WritableStream') : undefined;
    }
    get closed() {
      return this.#own?.closed.promise ?? this.#last.closed;
    }
    get desiredSize() {
      const failure = this.#attached();
      if (failure) throw failure;
      return desired(this.#own.state);
    }
    get ready() {
      return this.#own?.ready.promise ?? this.#last.ready;
    }
    abort(reason = undefined) {
      const failure = this.#attached();
      return failure ? Promise.reject(failure) : abort(this.#own.state, reason);
    }
    close() {
      const failure = this.#attached();
      return failure ? Promise.reject(failure) : close(this.#own.state);
    }
    releaseLock() {
      if (this.#own === undefined) return;
      const error = invalid('Writer is not bound to a WritableStream');
      const rejected = () => quiet(Promise.reject(error));
      this.#own.closed.reject(error);
      this.#own.ready.reject(error);
      this.#own.state.writer = undefined;
      this.#own = undefined;
      this.#last = { closed: rejected(), ready: rejected() };
    }
    write(chunk = undefined) {
      const failure = this.#attached();
      return failure ? Promise.reject(failure) : write(this.#own.state, chunk);
    }
  }
  inspectable(WritableStreamDefaultWriter, () => ({}));

  class WritableStream {
    constructor(sink = {}, strategy = {}) {
      if (sink?.type !== undefined) throw coded(RangeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' is invalid. Received ${require('internal/inspect').inspect(sink.type)}`);
      const { highWaterMark, size } = strategyOf(strategy, 1);
      const state = { kind: 'writable', error: undefined, writer: undefined, queue: [], size: 0, started: false, busy: false, closing: undefined, aborting: undefined, abortController: undefined, sink: sink ?? {}, highWaterMark, sizeOf: size };
      states.set(this, state);
      state.controller = allowing(() => new WritableStreamDefaultController(state));
      const started = sink?.start?.(state.controller);
      Promise.resolve(started).then(
        () => {
          state.started = true;
          pressure(state);
          advance(state);
        },
        (error) => {
          state.started = true;
          startErroring(state, error);
          finishErroring(state);
        },
      );
    }
    get locked() {
      return stateOf(this).writer !== undefined;
    }
    abort(reason = undefined) {
      return this.locked ? Promise.reject(invalid('WritableStream is locked')) : abort(stateOf(this), reason);
    }
    close() {
      return this.locked ? Promise.reject(invalid('WritableStream is locked')) : close(stateOf(this));
    }
    getWriter() {
      return new WritableStreamDefaultWriter(this);
    }
  }
  inspectable(WritableStream, (stream) => ({ locked: stream.locked, state: stateOf(stream).kind }));
  Object.assign(exports, { WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController });
}
