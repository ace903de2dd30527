export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const { callable, typeError } = require('internal/errors');
  const known = new OwnMap();

  class Channel {
    #listeners = [];
    #stores = new OwnMap();
    constructor(name) {
      this.name = name;
    }
    subscribe(listener) {
      callable(listener, 'subscription');
      this.#listeners = [...this.#listeners, listener];
    }
    unsubscribe(listener) {
      const at = this.#listeners.indexOf(listener);
      if (at < 0) return false;
      this.#listeners = this.#listeners.filter((_, index) => index !== at);
      return true;
    }
    bindStore(store, transform) {
      this.#stores.set(store, transform);
    }
    unbindStore(store) {
      return this.#stores.delete(store);
    }
    get hasSubscribers() {
      return this.#listeners.length > 0 || this.#stores.size > 0;
    }
    publish(message) {
      for (const listener of this.#listeners) guarded(() => listener(message, this.name));
    }
    runStores(message, run, self, ...args) {
      let all = () => {
        this.publish(message);
        return Reflect.apply(run, self, args);
      };
      for (const [store, transform] of this.#stores) {
        const inner = all;
        all = () => {
          let value = message;
          if (transform !== undefined) {
            let failed = false;
            guarded(() => {
              value = transform(message);
            }, () => {
              failed = true;
            });
            if (failed) return inner();
          }
          return store.run(value, inner);
        };
      }
      return all();
    }
  }

  // What a listener throws is nobody's but the process's.
  function guarded(run, failed) {
    try {
      run();
    } catch (error) {
      failed?.();
      process.nextTick(() => {
        throw error;
      });
    }
  }

  function channel(name) {
    if (typeof name !== 'string' && typeof name !== 'symbol') throw typeError('channel', 'one of type string or symbol', name);
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = new Channel(name)));
    return found;
  }

  const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
  class TracingChannel {
    constructor(from) {
      for (const event of events) this[event] = typeof from === 'string' ? channel(`tracing:${from}:${event}`) : from[event];
    }
    get hasSubscribers() {
      return events.some((event) => this[event]?.hasSubscribers);
    }
    subscribe(handlers) {
      for (const event of events) if (handlers[event]) this[event]?.subscribe(handlers[event]);
    }
    unsubscribe(handlers) {
      let done = true;
      for (const event of events) if (handlers[event] && !this[event]?.unsubscribe(handlers[event])) done = false;
      return done;
    }
    traceSync(run, context = {}, self, ...args) {
      return traced(this, context, () => {
        const result = Reflect.apply(run, self, args);
        context.result = result;
        return result;
      });
    }
    tracePromise(run, context = {}, self, ...args) {
      const settled = () => {
        this.asyncStart.publish(context);
        this.asyncEnd.publish(context);
      };
      return traced(this, context, () => {
        let promise = Reflect.apply(run, self, args);
        if (!(promise instanceof Promise)) promise = Promise.resolve(promise);
        return promise.then(
          (result) => {
            context.result = result;
            settled();
            return result;
          },
          (error) => {
            context.error = error;
            this.error.publish(context);
            settled();
            return Promise.reject(error);
          },
        );
      });
    }
    traceCallback(run, position = -1, context = {}, self, ...args) {
      const callback = args.at(position);
      callable(callback, 'callback');
      const tracing = this;
      args.splice(position, 1, function (error, result) {
        if (error) {
          context.error = error;
          tracing.error.publish(context);
        } else context.result = result;
        return tracing.asyncStart.runStores(context, () => {
          try {
            return Reflect.apply(callback, this, arguments);
          } finally {
            tracing.asyncEnd.publish(context);
          }
        });
      });
      return traced(this, context, () => Reflect.apply(run, self, args));
    }
  }
  // Between `start` and `end`; what is thrown is told too.
  function traced(tracing, context, piece) {
    return tracing.start.runStores(context, () => {
      try {
        return piece();
      } catch (error) {
        context.error = error;
        tracing.error.publish(context);
        throw error;
      } finally {
        tracing.end.publish(context);
      }
    });
  }

  Object.assign(exports, {
    channel,
    hasSubscribers: (name) => known.get(name)?.hasSubscribers ?? false,
    subscribe: (name, listener) => channel(name).subscribe(listener),
    tracingChannel(from) {
      if (typeof from !== 'string' && (from === null || typeof from !== 'object')) throw typeError('nameOrChannels', 'of type string or an instance of Channel or Object', from);
      return new TracingChannel(from);
    },
    unsubscribe: (name, listener) => channel(name).unsubscribe(listener),
    Channel,
  });
}
