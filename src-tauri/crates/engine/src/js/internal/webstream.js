// The readable side of a body: enough of ReadableStream to read it chunk by chunk.
export default function (exports) {
  class ReadableStreamDefaultReader {
    #stream;
    #closed;
    constructor(stream) {
      this.#stream = stream;
      this.#closed = new Promise(() => {});
    }
    get closed() {
      return this.#closed;
    }
    async read() {
      if (this.#stream === undefined) throw new TypeError('Invalid state: The reader is not attached to a stream');
      const value = await this.#stream.next();
      return value === undefined ? { value: undefined, done: true } : { value, done: false };
    }
    async cancel() {
      this.#stream?.stop();
    }
    releaseLock() {
      this.#stream?.release();
      this.#stream = undefined;
    }
  }

  class ReadableStream {
    #state;
    #locked = false;
    #queue; // of a stream made by a script: { chunks, closed, error, pull, cancel, wake }
    constructor(from = {}) {
      if (from instanceof Held) {
        this.#state = from.state;
        return;
      }
      const queue = { chunks: [], closed: false, error: undefined, wake: undefined, pull: from.pull, cancel: from.cancel };
      this.#queue = queue;
      const wake = () => {
        const waiting = queue.wake;
        queue.wake = undefined;
        waiting?.();
      };
      queue.controller = {
        desiredSize: 1,
        enqueue(chunk) {
          queue.chunks.push(chunk);
          wake();
        },
        close() {
          queue.closed = true;
          wake();
        },
        error(error) {
          queue.error = { error };
          wake();
        },
      };
      queue.started = Promise.resolve(from.start?.(queue.controller));
    }
    static from(iterable) {
      const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]();
      return new ReadableStream({
        async pull(controller) {
          const { value, done } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
    }
    get locked() {
      return this.#locked;
    }
    async #next() {
      if (this.#state !== undefined) {
        this.#state.used = true;
        return this.#state.source.next();
      }
      const queue = this.#queue;
      await queue.started;
      for (;;) {
        if (queue.chunks.length > 0) return queue.chunks.shift();
        if (queue.error !== undefined) throw queue.error.error;
        if (queue.closed) return undefined;
        const woken = new Promise((resolve) => {
          queue.wake = resolve;
        });
        if (queue.pull !== undefined) await queue.pull(queue.controller);
        if (queue.chunks.length === 0 && !queue.closed && queue.error === undefined) await woken;
      }
    }
    getReader() {
      if (this.#locked) throw new TypeError('Invalid state: ReadableStream is locked');
      this.#locked = true;
      return new ReadableStreamDefaultReader({
        next: () => this.#next(),
        stop: () => this.cancel(),
        release: () => {
          this.#locked = false;
        },
      });
    }
    async cancel(reason) {
      if (this.#state !== undefined) {
        this.#state.used = true;
        this.#state.source.end();
        this.#state.source.chunks.length = 0;
        return;
      }
      this.#queue.closed = true;
      await this.#queue.cancel?.(reason);
    }
    async *values() {
      const reader = this.getReader();
      try {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return;
          yield value;
        }
      } finally {
        reader.releaseLock();
      }
    }
    async pipeTo(target) {
      const writer = target.getWriter();
      for await (const chunk of this.values()) await writer.write(chunk);
      await writer.close();
    }
    pipeThrough(pair) {
      this.pipeTo(pair.writable).catch(() => {});
      return pair.readable;
    }
    get [Symbol.toStringTag]() {
      return 'ReadableStream';
    }
  }
  ReadableStream.prototype[Symbol.asyncIterator] = ReadableStream.prototype.values;
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, { enumerable: false });

  class Held {
    constructor(state) {
      this.state = state;
    }
  }

  exports.readable = (state) => new ReadableStream(new Held(state));
  exports.ReadableStream = ReadableStream;
  exports.ReadableStreamDefaultReader = ReadableStreamDefaultReader;
}
