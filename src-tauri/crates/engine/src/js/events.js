export default function (exports, require, module, internal) {
  const { callable } = require('internal/errors');
  let defaultMaxListeners = 10;

  function EventEmitter(options) {
    EventEmitter.init.call(this, options);
  }
  EventEmitter.prototype._events = undefined;
  EventEmitter.prototype._eventsCount = 0;
  EventEmitter.prototype._maxListeners = undefined;

  EventEmitter.init = function (options) {
    if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    }
    this._maxListeners = this._maxListeners || undefined;
    if (options?.captureRejections) this[captureRejections] = true;
  };
  const captureRejections = Symbol('kCapture');

  const limit = (emitter) => (emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners);

  function methods(proto, all) {
    for (const name of Object.keys(all)) proto[name] = all[name];
  }

  methods(EventEmitter.prototype, {
    setMaxListeners(count) {
      this._maxListeners = count;
      return this;
    },
    getMaxListeners() {
      return limit(this);
    },
    emit(type, ...args) {
      const events = this._events;
      const found = events?.[type];
      if (type === 'error') {
        if (events?.[EventEmitter.errorMonitor] !== undefined) this.emit(EventEmitter.errorMonitor, ...args);
        if (found === undefined) {
          const error = args[0];
          if (error instanceof Error) throw error;
          const text = typeof error === 'string' ? `'${error}'` : require('internal/inspect').inspect(error);
          const unhandled = require('internal/errors').coded(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`);
          unhandled.context = error;
          throw unhandled;
        }
      }
      if (found === undefined) return false;
      if (typeof found === 'function') {
        watch(this, found.apply(this, args), type, args);
      } else {
        for (const listener of found.slice()) watch(this, listener.apply(this, args), type, args);
      }
      return true;
    },
    addListener(type, listener) {
      return add(this, type, listener, false);
    },
    on(type, listener) {
      return add(this, type, listener, false);
    },
    prependListener(type, listener) {
      return add(this, type, listener, true);
    },
    once(type, listener) {
      callable(listener, 'listener');
      return this.on(type, wrap(this, type, listener));
    },
    prependOnceListener(type, listener) {
      callable(listener, 'listener');
      return this.prependListener(type, wrap(this, type, listener));
    },
    removeListener(type, listener) {
      callable(listener, 'listener');
      const events = this._events;
      const list = events?.[type];
      if (list === undefined) return this;
      if (list === listener || list.listener === listener) {
        delete events[type];
        this._eventsCount--;
        if (events.removeListener) this.emit('removeListener', type, list.listener || listener);
      } else if (typeof list !== 'function') {
        let at = -1;
        for (let index = list.length - 1; index >= 0; index--) {
          if (list[index] === listener || list[index].listener === listener) {
            at = index;
            break;
          }
        }
        if (at < 0) return this;
        const [removed] = list.splice(at, 1);
        if (list.length === 1) events[type] = list[0];
        if (events.removeListener) this.emit('removeListener', type, removed.listener || listener);
      }
      return this;
    },
    off(type, listener) {
      return this.removeListener(type, listener);
    },
    removeAllListeners(type) {
      const events = this._events;
      if (events === undefined) return this;
      if (type === undefined) {
        if (events.removeListener) {
          for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
        }
        this._events = { __proto__: null };
        this._eventsCount = 0;
        return this;
      }
      for (const listener of this.rawListeners(type).reverse()) this.removeListener(type, listener);
      return this;
    },
    listeners(type) {
      return this.rawListeners(type).map((one) => one.listener || one);
    },
    rawListeners(type) {
      const list = this._events?.[type];
      if (list === undefined) return [];
      return typeof list === 'function' ? [list] : list.slice();
    },
    listenerCount(type, listener) {
      const list = this.rawListeners(type);
      return listener === undefined ? list.length : list.filter((one) => one === listener || one.listener === listener).length;
    },
    eventNames() {
      return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
    },
  });

  function watch(emitter, result, type, args) {
    if (!emitter[captureRejections] || result === undefined || result === null || typeof result.then !== 'function') return;
    result.then(undefined, (error) => {
      internal.nextTick(() => {
        const own = emitter[Symbol.for('nodejs.rejection')];
        if (typeof own === 'function') own.call(emitter, error, type, ...args);
        else emitter.emit('error', error);
      }, []);
    });
  }

  function add(emitter, type, listener, first) {
    callable(listener, 'listener');
    let events = emitter._events;
    if (events === undefined) {
      events = emitter._events = { __proto__: null };
      emitter._eventsCount = 0;
    } else if (events.newListener !== undefined) {
      emitter.emit('newListener', type, listener.listener ?? listener);
      events = emitter._events;
    }
    const list = events[type];
    if (list === undefined) {
      events[type] = listener;
      emitter._eventsCount++;
    } else if (typeof list === 'function') {
      events[type] = first ? [listener, list] : [list, listener];
    } else if (first) list.unshift(listener);
    else list.push(listener);
    const now = events[type];
    const max = limit(emitter);
    if (max > 0 && typeof now !== 'function' && now.length > max && !now.warned) {
      now.warned = true;
      require('process').emitWarning(
        `Possible EventEmitter memory leak detected. ${now.length} ${String(type)} listeners added to ${require('internal/inspect').inspect(emitter, { depth: -1 })}. Use emitter.setMaxListeners() to increase limit`,
        'MaxListenersExceededWarning',
      );
    }
    return emitter;
  }

  function wrap(emitter, type, listener) {
    const state = { fired: false };
    const wrapped = function (...args) {
      if (state.fired) return undefined;
      emitter.removeListener(type, wrapped);
      state.fired = true;
      return listener.apply(emitter, args);
    };
    wrapped.listener = listener;
    return wrapped;
  }

  EventEmitter.EventEmitter = EventEmitter;
  EventEmitter.captureRejectionSymbol = Symbol.for('nodejs.rejection');
  EventEmitter.captureRejections = false;
  EventEmitter.errorMonitor = Symbol('events.errorMonitor');
  EventEmitter.usingDomains = false;
  EventEmitter.listenerCount = (emitter, type) => emitter.listenerCount(type);
  EventEmitter.getEventListeners = (emitter, type) => (typeof emitter.listeners === 'function' ? emitter.listeners(type) : require('internal/eventtarget').listenersOf(emitter, type));
  EventEmitter.getMaxListeners = (emitter) => (typeof emitter.getMaxListeners === 'function' ? emitter.getMaxListeners() : 0);
  EventEmitter.setMaxListeners = (count = defaultMaxListeners, ...emitters) => {
    if (emitters.length === 0) defaultMaxListeners = count;
    for (const emitter of emitters) emitter.setMaxListeners?.(count);
  };
  Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(count) {
      if (typeof count !== 'number' || count < 0 || Number.isNaN(count)) throw require('internal/errors').rangeError('defaultMaxListeners', 'a non-negative number', count);
      defaultMaxListeners = count;
    },
  });
  EventEmitter.addAbortListener = (signal, listener) => {
    if (signal.aborted) queueMicrotask(() => listener());
    else signal.addEventListener('abort', listener, { once: true });
    return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
  };
  EventEmitter.once = function (emitter, name, options = {}) {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(require('internal/abort').abortError(signal));
      const target = typeof emitter.on !== 'function';
      const remove = (type, listener) => (target ? emitter.removeEventListener(type, listener) : emitter.removeListener(type, listener));
      const onError = (error) => {
        remove(name, onEvent);
        signal?.removeEventListener('abort', onAbort);
        reject(error);
      };
      const onEvent = (...args) => {
        if (!target) emitter.removeListener('error', onError);
        signal?.removeEventListener('abort', onAbort);
        resolve(args);
      };
      const onAbort = () => {
        remove(name, onEvent);
        if (!target) emitter.removeListener('error', onError);
        reject(require('internal/abort').abortError(signal));
      };
      if (target) emitter.addEventListener(name, onEvent, { once: true });
      else {
        emitter.once(name, onEvent);
        if (name !== 'error') emitter.once('error', onError);
      }
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  };
  EventEmitter.on = function (emitter, name, options = {}) {
    const { signal } = options;
    const ready = [];
    const waiting = [];
    let failure;
    let done = false;
    const give = (...args) => {
      if (waiting.length > 0) waiting.shift().resolve({ value: args, done: false });
      else ready.push(args);
    };
    const fail = (error) => {
      if (waiting.length > 0) waiting.shift().reject(error);
      else failure = error;
      finish();
    };
    const onAbort = () => fail(require('internal/abort').abortError(signal));
    function finish() {
      done = true;
      emitter.removeListener(name, give);
      emitter.removeListener('error', fail);
      signal?.removeEventListener('abort', onAbort);
      for (const one of waiting.splice(0)) one.resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    }
    emitter.on(name, give);
    if (name !== 'error') emitter.on('error', fail);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    return {
      next() {
        if (ready.length > 0) return Promise.resolve({ value: ready.shift(), done: false });
        if (failure !== undefined) {
          const error = failure;
          failure = undefined;
          return Promise.reject(error);
        }
        if (done) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
      return: finish,
      throw: (error) => {
        fail(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
  EventEmitter.EventEmitterAsyncResource = class EventEmitterAsyncResource extends EventEmitter {};
  module.exports = EventEmitter;
}
