// Global names: loaded when touched, and those that Node 20 does not have taken away.
export default function (exports, _require, _module, internal) {
  const { builtin } = internal;
  const defineProperty = Object.defineProperty;
  const { apply } = Reflect;
  const { then } = Promise.prototype;
  const resolved = Promise.resolve();

  function lazy(name, from, enumerable) {
    const define = (value) => defineProperty(globalThis, name, { value, writable: true, enumerable, configurable: true });
    defineProperty(globalThis, name, {
      get() {
        const value = from();
        // A built-in that is read in before the call must leave no trace.
        if (!internal.begun) return value;
        try {
          define(value);
        } catch {
          // The global object is frozen: then it is looked up each time.
        }
        return value;
      },
      set: define,
      enumerable,
      configurable: true,
    });
  }
  function all(names, from, enumerable) {
    for (const name of names.split(' ')) lazy(name, () => builtin(from)[name], enumerable);
  }
  lazy('console', () => builtin('internal/console'), false);
  lazy('Intl', () => builtin('internal/intl'), false);
  lazy('process', () => builtin('process'), false);
  lazy('Buffer', () => builtin('buffer').Buffer, false);
  all('setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate', 'internal/timers', true);
  all('URL URLSearchParams', 'internal/url', false);
  all('TextEncoder TextDecoder', 'internal/encoding', false);
  all('atob btoa', 'internal/encoding', true);
  all('AbortController AbortSignal', 'internal/abort', false);
  all('Event EventTarget CustomEvent', 'internal/eventtarget', false);
  all('fetch', 'internal/fetch', true);
  all('Request Response', 'internal/fetch', false);
  all('Headers', 'internal/headers', false);
  all('FormData', 'internal/formdata', false);
  all('Blob File', 'internal/blob', false);
  all('ReadableStream ReadableStreamDefaultReader ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController ReadableStreamDefaultController WritableStream WritableStreamDefaultWriter WritableStreamDefaultController ByteLengthQueuingStrategy CountQueuingStrategy TransformStream TransformStreamDefaultController TextEncoderStream TextDecoderStream CompressionStream DecompressionStream', 'internal/webstream', false);
  all('performance', 'internal/performance', true);
  all('Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming', 'internal/performance', false);
  all('MessageChannel MessagePort MessageEvent BroadcastChannel', 'internal/messages', false);
  all('structuredClone', 'internal/clone', true);
  lazy('crypto', () => builtin('crypto').webcrypto, true);
  all('Crypto CryptoKey SubtleCrypto', 'internal/webcrypto', false);
  defineProperty(globalThis, 'global', { value: globalThis, writable: true, enumerable: true, configurable: true });
  defineProperty(globalThis, Symbol.toStringTag, { value: 'global', writable: false, enumerable: false, configurable: true });
  defineProperty(globalThis, 'queueMicrotask', {
    value: function queueMicrotask(callback) {
      if (typeof callback !== 'function') throw builtin('internal/errors').typeError('callback', 'of type function', callback);
      const { context } = internal;
      apply(then, resolved, [() => {
        internal.context = context;
        try {
          callback();
        } catch (error) {
          internal.uncaught(error);
        }
      }]);
    },
    writable: true,
    enumerable: true,
    configurable: true,
  });
  // The locale methods load what they need when called.
  const localized = (target, name) => {
    const full = `${target.name}.${name}`;
    let method;
    // Sorting calls it often: it is looked up once.
    const load = () => (method ??= builtin('internal/intl/methods')[full]);
    const { [name]: value } =
      name === 'localeCompare'
        ? {
            localeCompare(that) {
              return load()(this, that, arguments[1], arguments[2]);
            },
          }
        : {
            [name](...args) {
              return load()(this, ...args);
            },
          };
    defineProperty(target.prototype, name, { value, writable: true, enumerable: false, configurable: true });
  };
  for (const target of [Number, BigInt, Date, Array, Object.getPrototypeOf(Uint8Array)]) localized(target, 'toLocaleString');
  for (const name of ['toLocaleDateString', 'toLocaleTimeString']) localized(Date, name);
  for (const name of ['localeCompare', 'toLocaleUpperCase', 'toLocaleLowerCase']) localized(String, name);
  // What the engine has and Node 20 has not: a function that uses it would fail in production.
  const later = [
    [globalThis, 'AsyncDisposableStack DisposableStack Float16Array InternalError Iterator SuppressedError'],
    [Array, 'fromAsync'],
    [Object, 'groupBy'],
    [Map, 'groupBy'],
    [Promise, 'try withResolvers'],
    [RegExp, 'escape'],
    [Math, 'f16round sumPrecise'],
    [Error, 'isError'],
    [JSON, 'rawJSON isRawJSON'],
    [Atomics, 'pause waitAsync'],
    [Uint8Array, 'fromBase64 fromHex'],
    [Uint8Array.prototype, 'toBase64 toHex setFromBase64 setFromHex'],
    [Set.prototype, 'union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom'],
    [Map.prototype, 'getOrInsert getOrInsertComputed'],
    [WeakMap.prototype, 'getOrInsert getOrInsertComputed'],
    [DataView.prototype, 'getFloat16 setFloat16'],
    [ArrayBuffer.prototype, 'transferToFixedLength sliceToImmutable transferToImmutable immutable'],
    [Iterator.prototype, 'map filter take drop flatMap reduce toArray forEach some every find'],
  ];
  for (const [object, names] of later) for (const name of names.split(' ')) delete object[name];
}
