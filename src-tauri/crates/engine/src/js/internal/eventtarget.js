// Event, EventTarget and CustomEvent.
export default function (exports, require, _module, internal) {
  const { control, OwnMap, OwnWeakMap } = internal;

  class Event {
    #type;
    #options;
    #prevented = false;
    #stopped = false;
    #target = null;
    #current = null;
    #time = control.now();
    constructor(type, options = {}) {
      if (arguments.length === 0) throw require('internal/errors').coded(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
      this.#type = `${type}`;
      this.#options = options ?? {};
    }
    static dispatch(event, target) {
      event.#target = target;
      event.#current = target;
    }
    static done(event) {
      event.#current = null;
    }
    static stopped(event) {
      return event.#stopped;
    }
    get type() {
      return this.#type;
    }
    get target() {
      return this.#target;
    }
    get currentTarget() {
      return this.#current;
    }
    get srcElement() {
      return this.#target;
    }
    get bubbles() {
      return Boolean(this.#options.bubbles);
    }
    get cancelable() {
      return Boolean(this.#options.cancelable);
    }
    get composed() {
      return Boolean(this.#options.composed);
    }
    get defaultPrevented() {
      return this.cancelable && this.#prevented;
    }
    get returnValue() {
      return !this.defaultPrevented;
    }
    get timeStamp() {
      return this.#time;
    }
    get eventPhase() {
      return this.#current === null ? 0 : 2;
    }
    get isTrusted() {
      return false;
    }
    get cancelBubble() {
      return this.#stopped;
    }
    set cancelBubble(value) {
      if (value) this.#stopped = true;
    }
    initEvent(type, bubbles = false, cancelable = false) {
      this.#type = `${type}`;
      this.#options = { ...this.#options, bubbles, cancelable };
    }
    composedPath() {
      return this.#current === null ? [] : [this.#current];
    }
    preventDefault() {
      this.#prevented = true;
    }
    stopPropagation() {}
    stopImmediatePropagation() {
      this.#stopped = true;
    }
    get [Symbol.toStringTag]() {
      return 'Event';
    }
  }

  for (const [name, value] of [['NONE', 0], ['CAPTURING_PHASE', 1], ['AT_TARGET', 2], ['BUBBLING_PHASE', 3]]) {
    Object.defineProperty(Event, name, { value, enumerable: true });
  }

  class CustomEvent extends Event {
    #detail;
    constructor(type, options) {
      super(type, options);
      this.#detail = options?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
    get [Symbol.toStringTag]() {
      return 'CustomEvent';
    }
  }

  const listeners = new OwnWeakMap();
  const listOf = (target, type) => {
    let all = listeners.get(target);
    if (all === undefined) listeners.set(target, (all = new OwnMap()));
    let list = all.get(type);
    if (list === undefined) all.set(type, (list = []));
    return list;
  };

  class EventTarget {
    addEventListener(type, listener, options) {
      if (listener === null || listener === undefined) return;
      const { once = false, signal, capture = false, passive = false } = typeof options === 'object' && options !== null ? options : { capture: Boolean(options) };
      if (signal?.aborted) return;
      const list = listOf(this, `${type}`);
      if (list.some((one) => one.listener === listener && one.capture === capture)) return;
      list.push({ listener, once, capture, passive });
      signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
    }
    removeEventListener(type, listener, options) {
      const capture = typeof options === 'object' && options !== null ? Boolean(options.capture) : Boolean(options);
      const list = listOf(this, `${type}`);
      const at = list.findIndex((one) => one.listener === listener && one.capture === capture);
      if (at >= 0) list.splice(at, 1);
    }
    dispatchEvent(event) {
      if (!(event instanceof Event)) throw require('internal/errors').typeError('event', 'an instance of Event', event);
      Event.dispatch(event, this);
      const handler = this[`on${event.type}`];
      const list = listOf(this, event.type);
      const run = typeof handler === 'function' && !list.some((one) => one.listener === handler) ? [{ listener: handler }, ...list] : list.slice();
      for (const one of run) {
        if (one.once) this.removeEventListener(event.type, one.listener, one.capture);
        try {
          if (typeof one.listener === 'function') one.listener.call(this, event);
          else one.listener.handleEvent(event);
        } catch (error) {
          internal.nextTick(() => {
            throw error;
          }, []);
        }
        if (Event.stopped(event)) break;
      }
      Event.done(event);
      return !event.defaultPrevented;
    }
    get [Symbol.toStringTag]() {
      return 'EventTarget';
    }
  }

  exports.Event = Event;
  exports.CustomEvent = CustomEvent;
  exports.EventTarget = EventTarget;
  exports.typesOf = (target) => [...(listeners.get(target) ?? [])].filter(([, list]) => list.length > 0).map(([type]) => type);
  exports.listenersOf = (target, type) => listOf(target, type).map((one) => one.listener);
}
