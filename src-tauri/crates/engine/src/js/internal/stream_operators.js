// What readable streams have in common with arrays: map, filter, reduce and the like, chunk by chunk.
export default function (exports, require) {
  const { coded, rangeError, typeError } = require('internal/errors');
  const callable = (fn, name) => {
    if (typeof fn !== 'function') throw typeError(name, 'of type function or an instance of AsyncFunction', fn);
  };

  function settings(options) {
    if (options !== undefined && options !== null && typeof options !== 'object') throw typeError('options', 'of type object', options);
    const { signal } = options ?? {};
    if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) throw typeError('options.signal', 'an instance of AbortSignal', signal);
    let concurrency = 1;
    if (options?.concurrency !== undefined && options.concurrency !== null) {
      concurrency = Math.floor(options.concurrency);
      if (!Number.isInteger(concurrency)) throw rangeError('options.concurrency', 'an integer', concurrency);
      if (concurrency < 1) throw rangeError('options.concurrency', '>= 1 && <= 9007199254740991', concurrency);
    }
    return { signal, concurrency };
  }
  const aborted = (signal) => require('internal/abort').abortError(signal);

  // The results of `fn` in the order of the chunks, with up to `concurrency` of them on their way at once.
  async function* mapped(source, fn, { signal, concurrency }) {
    const inner = new AbortController();
    const stop = () => inner.abort(signal.reason);
    if (signal?.aborted) throw aborted(signal);
    signal?.addEventListener('abort', stop, { once: true });
    const given = { signal: inner.signal };
    const ending = signal === undefined ? [] : [new Promise((_resolve, reject) => inner.signal.addEventListener('abort', () => reject(aborted(signal)), { once: true }))];
    for (const one of ending) one.catch(() => {});
    const iterator = source[Symbol.asyncIterator]();
    const running = [];
    let coming;
    let over = false;
    try {
      for (;;) {
        if (!over && coming === undefined && running.length < concurrency) coming = iterator.next();
        if (coming === undefined && running.length === 0) return;
        const first = running.length === 0 ? [] : [running[0].then(() => undefined)];
        const next = await Promise.race([...(coming === undefined ? [] : [coming]), ...first, ...ending]);
        if (next === undefined) {
          yield await running.shift();
          continue;
        }
        coming = undefined;
        if (next.done) over = true;
        else {
          const result = (async () => fn(next.value, given))();
          result.catch(() => {});
          running.push(result);
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      inner.abort();
      if (!over) await iterator.return?.();
    }
  }

  function count(value) {
    const number = Number(value);
    if (Number.isNaN(number)) return 0;
    if (number < 0) throw rangeError('number', '>= 0', number);
    return Math.trunc(number);
  }
  async function* guarded(source, signal) {
    if (signal?.aborted) throw aborted(signal);
    for await (const chunk of source) {
      if (signal?.aborted) throw aborted(signal);
      yield chunk;
    }
  }
  const kept = (fn) => async (chunk, given) => ((await fn(chunk, given)) ? { chunk } : undefined);
  async function* filtered(source, fn, options) {
    for await (const found of mapped(source, kept(fn), options)) if (found !== undefined) yield found.chunk;
  }

  // Those that give a stream check what they get at once; those that give a promise let it fail.
  const streams = {
    map(fn, options) {
      callable(fn, 'fn');
      return mapped(this, fn, settings(options));
    },
    filter(fn, options) {
      callable(fn, 'fn');
      return filtered(this, fn, settings(options));
    },
    flatMap(fn, options) {
      callable(fn, 'fn');
      const all = mapped(this, fn, settings(options));
      return (async function* () {
        for await (const part of all) yield* part;
      })();
    },
    drop(number, options) {
      const { signal } = settings(options);
      let left = count(number);
      const source = this;
      return (async function* () {
        for await (const chunk of guarded(source, signal)) if (left-- <= 0) yield chunk;
      })();
    },
    take(number, options) {
      const { signal } = settings(options);
      let left = count(number);
      const source = this;
      return (async function* () {
        for await (const chunk of guarded(source, signal)) {
          if (left-- > 0) yield chunk;
          if (left <= 0) return;
        }
      })();
    },
    asIndexedPairs(options) {
      const { signal } = settings(options);
      const source = this;
      return (async function* () {
        let index = 0;
        for await (const chunk of guarded(source, signal)) yield [index++, chunk];
      })();
    },
  };
  const promises = {
    async toArray(options) {
      const all = [];
      for await (const chunk of guarded(this, settings(options).signal)) all.push(chunk);
      return all;
    },
    async forEach(fn, options) {
      callable(fn, 'fn');
      for await (const _ of mapped(this, fn, settings(options)));
    },
    async some(fn, options) {
      callable(fn, 'fn');
      for await (const _ of filtered(this, fn, settings(options))) return true;
      return false;
    },
    async every(fn, options) {
      callable(fn, 'fn');
      return !(await promises.some.call(this, async (...given) => !(await fn(...given)), options));
    },
    async find(fn, options) {
      callable(fn, 'fn');
      for await (const chunk of filtered(this, fn, settings(options))) return chunk;
      return undefined;
    },
    async reduce(fn, ...more) {
      callable(fn, 'reducer');
      const [initial, options] = more;
      const { signal } = settings(options);
      let begun = more.length > 0;
      let value = initial;
      for await (const chunk of guarded(this, signal)) {
        value = begun ? await fn(value, chunk, { signal: signal ?? new AbortController().signal }) : chunk;
        begun = true;
      }
      if (!begun) throw coded(TypeError, 'ERR_MISSING_ARGS', 'Reduce of an empty stream requires an initial value');
      return value;
    },
  };

  exports.attach = (Readable) => {
    const add = (name, value) => Object.defineProperty(Readable.prototype, name, { value, writable: true, enumerable: false, configurable: true });
    for (const [name, made] of Object.entries(streams)) {
      add(name, { [name](...args) {
        return Readable.from(Reflect.apply(made, this, args));
      } }[name]);
    }
    for (const [name, made] of Object.entries(promises)) add(name, made);
    add('compose', function compose(stream, options) {
      if (options !== undefined && options !== null && typeof options !== 'object') throw typeError('options', 'of type object', options);
      const whole = require('internal/stream_pipeline').compose(this, stream);
      const { signal } = options ?? {};
      if (signal !== undefined) require('stream').addAbortSignal(signal, whole);
      return whole;
    });
  };
}
