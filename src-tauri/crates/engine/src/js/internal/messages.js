// MessageChannel, MessagePort and BroadcastChannel within one call.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnSet, OwnWeakMap, OwnWeakSet } = internal;
  const { Event, EventTarget } = require('internal/eventtarget');
  const { clone } = require('internal/clone');
  const { coded, typeError } = require('internal/errors');
  const timers = require('internal/timers');
  const nodeLike = require('internal/nodetarget');
  const untransferable = new OwnWeakSet();
  let allowed = false;

  class MessageEvent extends Event {
    #of;
    constructor(type, options = {}) {
      super(type, options);
      this.#of = { data: null, origin: '', lastEventId: '', source: null, ports: [], ...options };
    }
    get data() {
      return this.#of.data;
    }
    get origin() {
      return this.#of.origin;
    }
    get lastEventId() {
      return this.#of.lastEventId;
    }
    get source() {
      return this.#of.source;
    }
    get ports() {
      return this.#of.ports;
    }
    get [Symbol.toStringTag]() {
      return 'MessageEvent';
    }
  }

  // onmessage and onmessageerror, which also start the port.
  function handlers(proto) {
    for (const name of ['onmessage', 'onmessageerror']) {
      const held = new OwnWeakMap();
      Object.defineProperty(proto, name, {
        get() {
          return held.get(this) ?? null;
        },
        set(value) {
          const type = name.slice(2);
          const old = held.get(this);
          if (old !== undefined) this.removeEventListener(type, old);
          held.delete(this);
          if (typeof value !== 'function') return;
          held.set(this, value);
          this.addEventListener(type, value);
          this.start?.();
        },
        enumerable: true,
        configurable: true,
      });
    }
  }

  class MessagePort extends EventTarget {
    #other;
    #queue = [];
    #started = false;
    #closed = false;
    #held = false;
    #due = false;
    constructor() {
      if (!allowed) throw coded(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
      super();
    }
    static join(one, other) {
      one.#other = other;
      other.#other = one;
    }
    // What is transferred goes on under a new name.
    static move(port) {
      allowed = true;
      const moved = new MessagePort();
      allowed = false;
      moved.#queue = port.#queue;
      moved.#other = port.#other;
      if (moved.#other !== undefined) moved.#other.#other = moved;
      port.#other = undefined;
      port.#closed = true;
      return moved;
    }
    static take(port) {
      return port.#queue.shift();
    }
    static isOpen(port) {
      return !port.#closed;
    }
    postMessage(value, transfer) {
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage');
      const list = Array.isArray(transfer) ? transfer : (transfer?.transfer ?? []);
      const other = this.#other;
      const ports = list.filter((one) => one instanceof MessagePort);
      if (ports.includes(this)) throw new DOMException('Transfer list contains source port', 'DataCloneError');
      const copied = clone(value, list);
      if (other === undefined || other.#closed) return;
      other.#queue.push({ data: copied.value, ports: copied.ports });
      other.#deliver();
    }
    #deliver() {
      if (!this.#started || this.#closed || this.#due || this.#queue.length === 0) return;
      this.#due = true;
      timers.setImmediate(() => {
        this.#due = false;
        const message = this.#queue.shift();
        if (message !== undefined && !this.#closed) this.dispatchEvent(new MessageEvent('message', message));
        this.#deliver();
      });
    }
    start() {
      if (this.#started) return;
      this.#started = true;
      this.#deliver();
    }
    close(done) {
      if (typeof done === 'function') this.once('close', done);
      if (this.#closed) return;
      this.#closed = true;
      const other = this.#other;
      timers.setImmediate(() => {
        this.dispatchEvent(new Event('close'));
        other?.close();
      });
    }
    ref() {
      this.#held = true;
    }
    unref() {
      this.#held = false;
    }
    hasRef() {
      return this.#held && !this.#closed;
    }
    get [Symbol.toStringTag]() {
      return 'MessagePort';
    }
  }
  const { join, move, take, isOpen } = MessagePort;
  for (const name of ['join', 'move', 'take', 'isOpen']) delete MessagePort[name];
  handlers(MessagePort.prototype);
  nodeLike.install(MessagePort.prototype, (port, type) => {
    if (type !== 'message') return;
    port.ref();
    port.start();
  });

  class MessageChannel {
    constructor() {
      allowed = true;
      this.port1 = new MessagePort();
      this.port2 = new MessagePort();
      allowed = false;
      join(this.port1, this.port2);
    }
  }

  const channels = new OwnMap();
  class BroadcastChannel extends EventTarget {
    #name;
    #closed = false;
    constructor(name) {
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
      super();
      this.#name = `${name}`;
      if (!channels.has(this.#name)) channels.set(this.#name, new OwnSet());
      channels.get(this.#name).add(this);
    }
    get name() {
      return this.#name;
    }
    postMessage(value) {
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
      if (this.#closed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
      for (const other of channels.get(this.#name)) {
        if (other === this) continue;
        const { value: data } = clone(value, []);
        timers.setImmediate(() => {
          if (!other.#closed) other.dispatchEvent(new MessageEvent('message', { data }));
        });
      }
    }
    close() {
      this.#closed = true;
      channels.get(this.#name).delete(this);
    }
    ref() {
      return this;
    }
    unref() {
      return this;
    }
    get [Symbol.toStringTag]() {
      return 'BroadcastChannel';
    }
  }
  handlers(BroadcastChannel.prototype);

  exports.move = move;
  exports.isPort = (value) => value instanceof MessagePort;
  exports.isUntransferable = (value) => untransferable.has(value);
  const hidden = ['move', 'isPort', 'isUntransferable'];
  for (const name of hidden) Object.defineProperty(exports, name, { enumerable: false });
  Object.assign(exports, {
    MessageChannel,
    MessagePort,
    MessageEvent,
    BroadcastChannel,
    markAsUntransferable: (value) => void untransferable.add(value),
    receiveMessageOnPort(port) {
      if (!(port instanceof MessagePort)) throw typeError('port', 'a MessagePort instance', port);
      const message = isOpen(port) ? take(port) : undefined;
      return message === undefined ? undefined : { message: message.data };
    },
  });
}
