// ReadableStream, its readers and controllers.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const { typeError, coded, rangeError } = require('internal/errors');
  const { deferred, invalid, illegal, inspectable, strategyOf, allowing, isAllowed } = require('internal/webstream_parts');
  const states = new OwnWeakMap(); // stream → state
  const stateOf = (stream) => {
    const state = states.get(stream);
    if (state === undefined) throw coded(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type ReadableStream');
    return state;
  };
  exports.stateOf = stateOf;

  // --- what happens inside ---
  const hasRequests = (state) => state.reader !== undefined && (state.reader.requests.length > 0 || state.into.length > 0);

  function close(state) {
    if (state.kind !== 'readable') return;
    state.kind = 'closed';
    const { reader } = state;
    if (reader === undefined) return;
    for (const request of reader.requests.splice(0)) request.close();
    if (state.into.length > 0) for (const pull of state.into.splice(0)) pull.close();
    reader.closed.resolve();
  }
  function fail(state, error) {
    if (state.kind !== 'readable') return;
    state.kind = 'errored';
    state.error = error;
    state.queue = [];
    state.size = 0;
    const { reader } = state;
    for (const pull of state.into.splice(0)) pull.fail(error);
    if (reader === undefined) return;
    for (const request of reader.requests.splice(0)) request.fail(error);
    reader.closed.reject(error);
  }
  const desired = (state) => (state.kind === 'errored' ? null : state.kind === 'closed' ? 0 : state.highWaterMark - state.size);

  function pull(state) {
    if (!state.started || state.kind !== 'readable' || state.closing) return;
    if (!(hasRequests(state) || desired(state) > 0)) return;
    if (state.pulling) {
      state.again = true;
      return;
    }
    state.pulling = true;
    const settled = (run) => {
      try {
        return Promise.resolve(run());
      } catch (error) {
        return Promise.reject(error);
      }
    };
    settled(() => state.pull?.call(state.source, state.controller)).then(
      () => {
        state.pulling = false;
        if (state.again) {
          state.again = false;
          pull(state);
        }
      },
      (error) => fail(state, error),
    );
  }

  function enqueue(state, chunk) {
    const request = state.reader?.requests.shift();
    if (request !== undefined) request.chunk(chunk);
    else {
      let size = 1;
      try {
        size = state.isBytes ? chunk.byteLength : state.sizeOf(chunk);
        if (typeof size !== 'number' || !(size >= 0) || size === Infinity) throw rangeError('size', 'a finite, non-negative number', size);
      } catch (error) {
        fail(state, error);
        throw error;
      }
      state.queue.push({ chunk, size });
      state.size += size;
      if (state.into.length > 0) fill(state);
    }
    pull(state);
  }

  // Bytes that wait go into the views that readers gave.
  function fill(state) {
    while (state.into.length > 0 && state.queue.length > 0) {
      const wanted = state.into.shift();
      const { view } = wanted;
      const target = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      let filled = 0;
      while (filled < target.length && state.queue.length > 0) {
        const { chunk } = state.queue[0];
        const part = chunk.subarray(0, target.length - filled);
        target.set(part, filled);
        filled += part.length;
        state.size -= part.length;
        if (part.length === chunk.length) state.queue.shift();
        else state.queue[0] = { chunk: chunk.subarray(part.length), size: chunk.length - part.length };
      }
      wanted.done(filled);
    }
    if (state.closing && state.queue.length === 0) close(state);
  }

  // The next chunk to a request: { chunk, close, fail }.
  function read(state, request) {
    state.disturbed = true;
    if (state.kind === 'errored') request.fail(state.error);
    else if (state.queue.length > 0) {
      const { chunk, size } = state.queue.shift();
      state.size = Math.max(0, state.size - size);
      request.chunk(chunk);
      if (state.closing && state.queue.length === 0) close(state);
      else pull(state);
    } else if (state.kind === 'closed') request.close();
    else {
      if (state.isBytes && state.allocate !== undefined) {
        const view = new Uint8Array(state.allocate);
        state.into.push({ view, done: (filled) => request.chunk(new Uint8Array(view.buffer, 0, filled)), close: request.close, fail: request.fail });
      } else state.reader.requests.push(request);
      pull(state);
    }
  }
  exports.read = read;

  function cancel(state, reason) {
    state.disturbed = true;
    if (state.kind === 'closed') return Promise.resolve();
    if (state.kind === 'errored') return Promise.reject(state.error);
    close(state);
    state.queue = [];
    state.size = 0;
    return new Promise((resolve) => resolve(state.cancel?.call(state.source, reason))).then(() => undefined);
  }
  exports.cancel = cancel;
  exports.enqueue = enqueue;
  exports.fail = fail;
  exports.close = (state) => {
    state.closing = true;
    if (state.queue.length === 0) close(state);
  };
  exports.desired = desired;
  exports.pull = pull;

  function begin(stream, source, { highWaterMark, size }, isBytes) {
    const state = { kind: 'readable', error: undefined, reader: undefined, disturbed: false, queue: [], size: 0, into: [], started: false, closing: false, pulling: false, again: false, isBytes, source, highWaterMark, sizeOf: size, pull: source.pull, cancel: source.cancel, allocate: source.autoAllocateChunkSize };
    states.set(stream, state);
    state.controller = allowing(() => new (isBytes ? ReadableByteStreamController : ReadableStreamDefaultController)(state));
    const started = source.start?.call(source, state.controller);
    Promise.resolve(started).then(
      () => {
        state.started = true;
        pull(state);
      },
      (error) => fail(state, error),
    );
  }

  // --- controllers ---
  const opened = (state, what) => {
    if (state.closing || state.kind !== 'readable') throw invalid(state.kind === 'readable' || state.kind === 'closed' ? 'Controller is already closed' : `Controller is already ${what}`);
  };
  class ReadableStreamDefaultController {
    #state;
    constructor(state) {
      if (!isAllowed()) throw illegal();
      this.#state = state;
    }
    get desiredSize() {
      return desired(this.#state);
    }
    close() {
      opened(this.#state, 'errored');
      exports.close(this.#state);
    }
    enqueue(chunk = undefined) {
      opened(this.#state, 'errored');
      enqueue(this.#state, chunk);
    }
    error(error = undefined) {
      fail(this.#state, error);
    }
  }
  inspectable(ReadableStreamDefaultController, () => ({}));

  class ReadableStreamBYOBRequest {
    #state;
    #into;
    constructor(state, into) {
      if (!isAllowed()) throw illegal();
      this.#state = state;
      this.#into = into;
    }
    get view() {
      if (this.#into === undefined) return null;
      const { view } = this.#into;
      return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    }
    #done(count, view) {
      const into = this.#into;
      if (into === undefined) throw invalid('This BYOB request has been invalidated');
      if (count === 0 && this.#state.kind === 'readable') throw coded(TypeError, 'ERR_INVALID_STATE', 'Invalid state: Cannot respond with 0 bytes to an open stream');
      this.#into = undefined;
      const at = this.#state.into.indexOf(into);
      if (at >= 0) this.#state.into.splice(at, 1);
      if (view !== undefined) into.view = view;
      into.done(count);
      pull(this.#state);
    }
    respond(count) {
      this.#done(Number(count));
    }
    respondWithNewView(view) {
      if (!ArrayBuffer.isView(view)) throw typeError('view', 'an instance of Buffer, TypedArray, or DataView', view);
      this.#done(view.byteLength, view);
    }
  }
  inspectable(ReadableStreamBYOBRequest, (request) => ({ view: request.view }));

  class ReadableByteStreamController {
    #state;
    #request = null;
    #of;
    constructor(state) {
      if (!isAllowed()) throw illegal();
      this.#state = state;
    }
    get byobRequest() {
      const [first] = this.#state.into;
      if (first === undefined) return null;
      if (this.#of !== first) {
        this.#of = first;
        this.#request = allowing(() => new ReadableStreamBYOBRequest(this.#state, first));
      }
      return this.#request;
    }
    get desiredSize() {
      return desired(this.#state);
    }
    close() {
      opened(this.#state, 'errored');
      exports.close(this.#state);
    }
    enqueue(chunk) {
      if (!ArrayBuffer.isView(chunk)) throw typeError('buffer', 'an instance of Buffer, TypedArray, or DataView', chunk);
      if (chunk.byteLength === 0) throw invalid('chunk ArrayBuffer is zero-length or detached');
      opened(this.#state, 'errored');
      enqueue(this.#state, new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    }
    error(error = undefined) {
      fail(this.#state, error);
    }
  }
  inspectable(ReadableByteStreamController, () => ({}));

  // --- readers ---
  function attach(reader, stream) {
    if (!(stream instanceof ReadableStream)) throw typeError('stream', 'an instance of ReadableStream', stream);
    const state = stateOf(stream);
    if (state.reader !== undefined) throw invalid('ReadableStream is locked');
    const own = { stream, state, requests: [], closed: deferred() };
    own.closed.promise.catch(() => {});
    state.reader = own;
    if (state.kind === 'closed') own.closed.resolve();
    else if (state.kind === 'errored') own.closed.reject(state.error);
    return own;
  }
  function release(own) {
    const { state } = own;
    const error = invalid('Reader released');
    for (const request of own.requests.splice(0)) request.fail(error);
    for (const pulled of state.into.splice(0)) pulled.fail(error);
    if (state.kind === 'readable') own.closed.reject(error);
    else {
      own.closed = deferred();
      own.closed.promise.catch(() => {});
      own.closed.reject(error);
    }
    state.reader = undefined;
  }
  const detached = () => invalid('The reader is not attached to a stream');

  class ReadableStreamDefaultReader {
    #own;
    #last;
    constructor(stream) {
      this.#own = attach(this, stream);
    }
    read() {
      const own = this.#own;
      if (own === undefined) return Promise.reject(detached());
      return new Promise((resolve, reject) => read(own.state, { chunk: (value) => resolve({ value, done: false }), close: () => resolve({ value: undefined, done: true }), fail: reject }));
    }
    releaseLock() {
      if (this.#own === undefined) return;
      release(this.#own);
      this.#last = this.#own.closed.promise;
      this.#own = undefined;
    }
    get closed() {
      return this.#own?.closed.promise ?? this.#last;
    }
    cancel(reason = undefined) {
      return this.#own === undefined ? Promise.reject(detached()) : cancel(this.#own.state, reason);
    }
  }
  inspectable(ReadableStreamDefaultReader, () => ({}));

  class ReadableStreamBYOBReader {
    #own;
    #last;
    constructor(stream) {
      if (stream instanceof ReadableStream && !stateOf(stream).isBytes) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'stream' must be a byte stream. Received ReadableStream { locked: false, state: 'readable', supportsBYOB: false }");
      this.#own = attach(this, stream);
    }
    read(view) {
      const own = this.#own;
      if (own === undefined) return Promise.reject(detached());
      if (!ArrayBuffer.isView(view)) return Promise.reject(typeError('view', 'an instance of Buffer, TypedArray, or DataView', view));
      if (view.byteLength === 0) return Promise.reject(invalid('View or Viewed ArrayBuffer is zero-length or detached'));
      const { state } = own;
      state.disturbed = true;
      if (state.kind === 'errored') return Promise.reject(state.error);
      // The buffer is the stream's while it reads: the reader's own view is of no more use.
      const { constructor: Kind, byteOffset, byteLength } = view;
      const moved = new Uint8Array(view.buffer.transfer(), byteOffset, byteLength);
      return new Promise((resolve, reject) => {
        const into = {
          view: moved,
          done: (filled) => resolve({ value: shaped(into.view, filled), done: false }),
          close: () => resolve({ value: shaped(into.view, 0), done: true }),
          fail: reject,
        };
        const shaped = (own, count) => new Kind(own.buffer, own.byteOffset, Kind === DataView ? count : count / Kind.BYTES_PER_ELEMENT);
        if (state.kind === 'closed') return into.close();
        state.into.push(into);
        fill(state);
        pull(state);
        return undefined;
      });
    }
    releaseLock() {
      if (this.#own === undefined) return;
      release(this.#own);
      this.#last = this.#own.closed.promise;
      this.#own = undefined;
    }
    get closed() {
      return this.#own?.closed.promise ?? this.#last;
    }
    cancel(reason = undefined) {
      return this.#own === undefined ? Promise.reject(detached()) : cancel(this.#own.state, reason);
    }
  }
  inspectable(ReadableStreamBYOBReader, () => ({}));

  class ReadableStream {
    constructor(source = {}, strategy = {}) {
      if (source === null) throw typeError('source', 'an object', source);
      const type = source.type === undefined ? undefined : `${source.type}`;
      if (type !== undefined && type !== 'bytes') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'source.type' is invalid. Received ${require('internal/inspect').inspect(source.type)}`);
      for (const name of ['start', 'pull', 'cancel']) if (source[name] !== undefined && typeof source[name] !== 'function') throw new TypeError('Bind must be called on a function');
      begin(this, source, strategyOf(strategy, type === 'bytes' ? 0 : 1), type === 'bytes');
    }
    get locked() {
      return stateOf(this).reader !== undefined;
    }
    static from(iterable) {
      const method = iterable?.[Symbol.asyncIterator] ?? iterable?.[Symbol.iterator];
      if (typeof method !== 'function') throw coded(TypeError, 'ERR_ARG_NOT_ITERABLE', `${iterable} must be iterable`);
      const iterator = method.call(iterable);
      return new ReadableStream(
        {
          async pull(controller) {
            const { value, done } = await iterator.next();
            if (done) controller.close();
            else controller.enqueue(await value);
          },
          async cancel(reason) {
            await iterator.return?.(reason);
          },
        },
        { highWaterMark: 0 },
      );
    }
    cancel(reason = undefined) {
      const state = stateOf(this);
      return state.reader !== undefined ? Promise.reject(invalid('ReadableStream is locked')) : cancel(state, reason);
    }
    getReader(options = {}) {
      const mode = options?.mode;
      if (mode === undefined) return new ReadableStreamDefaultReader(this);
      if (`${mode}` !== 'byob') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.mode' is invalid. Received ${require('internal/inspect').inspect(mode)}`);
      return new ReadableStreamBYOBReader(this);
    }
    pipeThrough(pair, options) {
      if (!(pair?.readable instanceof ReadableStream)) throw typeError('transform.readable', 'an instance of ReadableStream', pair?.readable);
      if (this.locked) throw invalid('The ReadableStream is locked');
      if (pair.writable.locked) throw invalid('The WritableStream is locked');
      this.pipeTo(pair.writable, options).catch(() => {});
      return pair.readable;
    }
    pipeTo(target, options) {
      return require('internal/webstream_pipe').pipe(this, target, options ?? {});
    }
    tee() {
      return require('internal/webstream_pipe').tee(this);
    }
    values(options) {
      const { preventCancel = false } = options ?? {};
      const reader = this.getReader();
      let last = Promise.resolve();
      let over = false;
      const next = async () => {
        if (over) return { done: true, value: undefined };
        try {
          const result = await reader.read();
          if (result.done) {
            over = true;
            reader.releaseLock();
          }
          return result;
        } catch (error) {
          over = true;
          reader.releaseLock();
          throw error;
        }
      };
      const end = async (value) => {
        if (over) return { done: true, value };
        over = true;
        if (!preventCancel) {
          const cancelled = reader.cancel(value);
          reader.releaseLock();
          await cancelled;
        } else reader.releaseLock();
        return { done: true, value };
      };
      const queued = (run) => (last = last.then(run, run));
      return Object.setPrototypeOf({ next: () => queued(next), return: (value) => queued(() => end(value)) }, iterators);
    }
  }
  const iterators = Object.create(Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype));
  iterators[Symbol.asyncIterator] = function () {
    return this;
  };
  Object.defineProperty(iterators, Symbol.toStringTag, { value: 'ReadableStream AsyncIterator', configurable: true });
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, { value: ReadableStream.prototype.values, writable: true, enumerable: false, configurable: true });
  inspectable(ReadableStream, (stream) => ({ locked: stream.locked, state: stateOf(stream).kind, supportsBYOB: stateOf(stream).isBytes }));

  Object.assign(exports, { ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableByteStreamController, ReadableStreamDefaultController });
}
