// AsyncLocalStorage and AsyncResource. Hooks are told of AsyncResources only.
export default function (exports, require, _module, internal) {
  const { OwnSet } = internal;
  const context = require('internal/async_context');
  const { callable, text, coded } = require('internal/errors');
  let lastId = 1;
  let current = { id: 1, trigger: 0, resource: {} };
  const hooks = new OwnSet();

  class AsyncLocalStorage {
    #enabled = false;
    #on() {
      this.#enabled = true;
      context.follow();
    }
    static bind(run) {
      return AsyncResource.bind(run);
    }
    static snapshot() {
      context.follow();
      return AsyncResource.bind((run, ...args) => run(...args));
    }
    disable() {
      this.#enabled = false;
    }
    enterWith(store) {
      this.#on();
      internal.context = context.changed(this, store);
    }
    run(store, run, ...args) {
      this.#on();
      if (Object.is(store, this.getStore()) && internal.context?.has(this)) return Reflect.apply(run, null, args);
      return context.within(context.changed(this, store), run, null, args);
    }
    exit(run, ...args) {
      if (!this.#enabled) return Reflect.apply(run, null, args);
      return context.within(context.changed(this, undefined), run, null, args);
    }
    getStore() {
      return this.#enabled ? internal.context?.get(this) : undefined;
    }
  }

  const tell = (event, ...args) => {
    for (const hook of hooks) hook[event]?.(...args);
  };

  class AsyncResource {
    #frame;
    #id = ++lastId;
    #trigger;
    #destroyed = false;
    constructor(type, options = {}) {
      text(type, 'type');
      context.follow();
      const trigger = typeof options === 'number' ? options : options.triggerAsyncId;
      if (trigger !== undefined && (!Number.isSafeInteger(trigger) || trigger < -1)) throw coded(RangeError, 'ERR_INVALID_ASYNC_ID', `Invalid triggerAsyncId value: ${trigger}`);
      this.#trigger = trigger ?? current.id;
      this.#frame = internal.context;
      if (hooks.size > 0) {
        if (type === '') throw coded(TypeError, 'ERR_ASYNC_TYPE', `Invalid name for async "type": ${type}`);
        tell('init', this.#id, type, this.#trigger, this);
      }
    }
    runInAsyncScope(run, self, ...args) {
      const before = current;
      current = { id: this.#id, trigger: this.#trigger, resource: this };
      tell('before', this.#id);
      try {
        return context.within(this.#frame, run, self, args);
      } finally {
        tell('after', this.#id);
        current = before;
      }
    }
    emitDestroy() {
      if (this.#destroyed) throw coded(Error, 'ERR_INVALID_ASYNC_ID', `Invalid asyncId value: ${this.#id}`);
      this.#destroyed = true;
      const id = this.#id;
      internal.nextTick(() => tell('destroy', id), []);
      return this;
    }
    asyncId() {
      return this.#id;
    }
    triggerAsyncId() {
      return this.#trigger;
    }
    bind(run, self) {
      callable(run, 'fn');
      const resource = this;
      const bound =
        self === undefined
          ? function (...args) {
              return resource.runInAsyncScope(run, this, ...args);
            }
          : (...args) => resource.runInAsyncScope(run, self, ...args);
      Object.defineProperty(bound, 'length', { value: run.length, enumerable: false, configurable: true });
      return bound;
    }
    static bind(run, type, self) {
      return new AsyncResource(type || run.name || 'bound-anonymous-fn').bind(run, self);
    }
  }

  function createHook(callbacks) {
    const own = {};
    for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
      if (callbacks[name] === undefined) continue;
      if (typeof callbacks[name] !== 'function') throw coded(TypeError, 'ERR_ASYNC_CALLBACK', `hook.${name} must be a function`);
      own[name] = callbacks[name];
    }
    return {
      enable() {
        hooks.add(own);
        return this;
      },
      disable() {
        hooks.delete(own);
        return this;
      },
    };
  }


  Object.assign(exports, {
    AsyncLocalStorage,
    createHook,
    executionAsyncId: () => current.id,
    triggerAsyncId: () => current.trigger,
    executionAsyncResource: () => current.resource,
    asyncWrapProviders: require('internal/constants').numbers('asyncWrapProviders'),
    AsyncResource,
  });
}
