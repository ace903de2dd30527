// Event targets that also speak as emitters do: MessagePort.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap } = internal;
  const { Event, listenersOf, typesOf } = require('internal/eventtarget');

  exports.install = function (proto, onAdd) {
    const wrappers = new OwnWeakMap(); // listener → listener of events
    const wrap = (listener) => {
      let wrapped = wrappers.get(listener);
      if (wrapped === undefined) {
        wrapped = function (event) {
          return listener.call(this, 'data' in event ? event.data : event);
        };
        wrappers.set(listener, wrapped);
      }
      return wrapped;
    };
    const add = (target, type, listener, options) => {
      target.addEventListener(type, wrap(listener), options);
      onAdd(target, type);
      return target;
    };
    const methods = {
      on(type, listener) {
        return add(this, type, listener);
      },
      addListener(type, listener) {
        return add(this, type, listener);
      },
      once(type, listener) {
        return add(this, type, listener, { once: true });
      },
      off(type, listener) {
        this.removeEventListener(type, wrap(listener));
        return this;
      },
      removeListener(type, listener) {
        return this.off(type, listener);
      },
      removeAllListeners(type) {
        for (const one of type === undefined ? typesOf(this) : [type]) for (const listener of listenersOf(this, one)) this.removeEventListener(one, listener);
        return this;
      },
      emit(type, data) {
        const heard = this.listenerCount(type) > 0;
        const event = new Event(type);
        Object.defineProperty(event, 'data', { value: data });
        this.dispatchEvent(event);
        return heard;
      },
      listenerCount(type) {
        return listenersOf(this, type).length;
      },
      eventNames() {
        return typesOf(this);
      },
      setMaxListeners() {
        return this;
      },
      getMaxListeners: () => 10,
    };
    for (const name of Object.keys(methods)) Object.defineProperty(proto, name, { value: methods[name], writable: true, enumerable: false, configurable: true });
  };
}
