// structuredClone, and what messages are copied with.
export default function (exports, require, _module, internal) {
  const { OwnMap, OwnSet } = internal;
  const named = (value) => {
    if (typeof value === 'symbol' || typeof value === 'function') return String(value);
    if (value instanceof Promise) return '#<Promise>';
    return `#<${Object.prototype.toString.call(value) === '[object Generator]' ? 'Generator' : (value.constructor?.name ?? 'Object')}>`;
  };
  const { coded } = require('internal/errors');
  const uncloneable = (value) => new DOMException(`${named(value)} could not be cloned.`, 'DataCloneError');
  const makers = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const isBuffer = (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
  const typedName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const hold = (object, key, value) => Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });

  // Node's own objects that know how to be copied: [test, copy].
  const ours = () => [
    ['Blob', (value) => require('internal/blob').copy(value)],
    ['File', (value) => require('internal/blob').copy(value)],
    ['KeyObject', (value) => value],
    ['CryptoKey', (value) => value],
  ];

  exports.clone = function (value, transferred) {
    const seen = new OwnMap();
    const ports = [];
    const transfer = new OwnSet();
    for (const one of transferred) {
      if (transfer.has(one)) throw new DOMException(one instanceof ArrayBuffer ? 'Transfer list contains duplicate ArrayBuffer' : 'Transfer list contains duplicate object', 'DataCloneError');
      transfer.add(one);
    }
    const messages = () => require('internal/messages');
    const streams = (node) => /^(?:Readable|Writable|Transform)Stream$/.test(node?.constructor?.name ?? '');
    for (const one of transfer) {
      if (!(one instanceof ArrayBuffer) && (one === null || typeof one !== 'object' || !(messages().isPort(one) || streams(one)))) {
        throw coded(TypeError, 'ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList');
      }
    }

    function copy(node) {
      if (typeof node === 'function' || typeof node === 'symbol') throw uncloneable(node);
      if (node === null || typeof node !== 'object') return node;
      if (seen.has(node)) return seen.get(node);
      const keep = (made) => {
        seen.set(node, made);
        return made;
      };
      if (Array.isArray(node)) {
        const made = keep(new Array(node.length));
        for (const key of Object.keys(node)) made[key] = copy(node[key]);
        return made;
      }
      if (node instanceof Date) return keep(new Date(Date.prototype.getTime.call(node)));
      if (node instanceof RegExp) return keep(new RegExp(node.source, node.flags));
      if (node instanceof Map) {
        const made = keep(new Map());
        for (const [key, item] of [...Map.prototype.entries.call(node)]) made.set(copy(key), copy(item));
        return made;
      }
      if (node instanceof Set) {
        const made = keep(new Set());
        for (const item of [...Set.prototype.values.call(node)]) made.add(copy(item));
        return made;
      }
      if (node instanceof SharedArrayBuffer) return keep(node);
      if (isBuffer(node)) return keep(transfer.has(node) ? node.transfer() : node.resizable ? resizable(node) : node.slice(0));
      if (ArrayBuffer.isView(node)) {
        const { byteOffset, byteLength, length } = node;
        const name = node instanceof DataView ? 'DataView' : typedName.call(node);
        const buffer = copy(node.buffer);
        return keep(new globalThis[name](buffer, byteOffset, name === 'DataView' ? byteLength : length));
      }
      for (const [name, make] of ours()) if (Object.prototype.toString.call(node) === `[object ${name}]` && node.constructor?.name === name) return keep(make(node));
      if (node instanceof Error && !(node instanceof DOMException)) return errorOf(node, keep);
      if (node instanceof Number || node instanceof String || node instanceof Boolean || node instanceof BigInt) return keep(Object(node.valueOf()));
      if (node instanceof Symbol || node instanceof Promise || node instanceof WeakMap || node instanceof WeakSet || node instanceof WeakRef || node instanceof DataView) throw uncloneable(node);
      if (transfer.has(node)) return keep(moved(node));
      const kind = Object.prototype.toString.call(node);
      if (kind === '[object Generator]' || kind === '[object AsyncGenerator]' || kind === '[object MessagePort]') {
        if (kind === '[object MessagePort]') throw coded(TypeError, 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST', 'Object that needs transfer was found in message but not listed in transferList');
        throw uncloneable(node);
      }
      const made = keep({});
      for (const key of Object.keys(node)) {
        const item = copy(node[key]);
        if (key === '__proto__') Object.defineProperty(made, key, { value: item, writable: true, enumerable: true, configurable: true });
        else made[key] = item;
      }
      return made;
    }

    // An error keeps its kind, message, stack and cause; nothing else.
    function errorOf(node, keep) {
      const Maker = makers[node.name] ?? Error;
      const message = Object.getOwnPropertyDescriptor(node, 'message');
      const real = keep(message === undefined ? new Maker() : new Maker(String(message.value)));
      if (Object.prototype.hasOwnProperty.call(node, 'cause')) hold(real, 'cause', copy(node.cause));
      return hold(real, 'stack', node.stack);
    }

    function moved(node) {
      if (messages().isPort(node)) {
        const port = messages().move(node);
        ports.push(port);
        return port;
      }
      return require('internal/webstream').moved(node);
    }

    const made = copy(value);
    // What was named and not met is moved all the same.
    for (const one of transfer) if (!seen.has(one) && !one.detached) copy(one);
    return { value: made, ports };
  };

  function resizable(node) {
    const made = new ArrayBuffer(node.byteLength, { maxByteLength: node.maxByteLength });
    new Uint8Array(made).set(new Uint8Array(node));
    return made;
  }

  exports.structuredClone = function structuredClone(value, options) {
    if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The value argument must be specified');
    return exports.clone(value, options?.transfer ?? []).value;
  };
}
