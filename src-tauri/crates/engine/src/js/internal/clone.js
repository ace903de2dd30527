// structuredClone.
export default function (exports, require) {
  const uncloneable = (value) => new DOMException(`${typeof value === 'symbol' ? String(value) : typeof value === 'function' ? String(value) : '#<' + (value.constructor?.name ?? 'Object') + '>'} could not be cloned.`, 'DataCloneError');

  exports.structuredClone = function structuredClone(value, options) {
    if (arguments.length === 0) throw require('internal/errors').coded(TypeError, 'ERR_MISSING_ARGS', 'The "value" argument must be specified');
    const seen = new Map();
    const transfer = new Set(options?.transfer ?? []);

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
      if (node instanceof Date) return keep(new Date(node.getTime()));
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
      if (node instanceof ArrayBuffer) return keep(transfer.has(node) ? node.transfer() : node.slice(0));
      if (ArrayBuffer.isView(node)) {
        const buffer = copy(node.buffer);
        const Maker = node instanceof DataView ? DataView : globalThis[node[Symbol.toStringTag]];
        return keep(new Maker(buffer, node.byteOffset, node instanceof DataView ? node.byteLength : node.length));
      }
      if (node instanceof Error) {
        const Maker = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }[node.name] ?? Error;
        const real = new Maker(node.message);
        keep(real);
        if (Object.prototype.hasOwnProperty.call(node, 'cause')) Object.defineProperty(real, 'cause', { value: copy(node.cause), writable: true, enumerable: false, configurable: true });
        Object.defineProperty(real, 'stack', { value: node.stack, writable: true, enumerable: false, configurable: true });
        return real;
      }
      if (node instanceof Number || node instanceof String || node instanceof Boolean || node instanceof BigInt) return keep(Object(node.valueOf()));
      if (node instanceof Promise || node instanceof WeakMap || node instanceof WeakSet || node instanceof WeakRef) throw uncloneable(node);
      const made = keep({});
      for (const key of Object.keys(node)) {
        const item = copy(node[key]);
        if (key === '__proto__') Object.defineProperty(made, key, { value: item, writable: true, enumerable: true, configurable: true });
        else made[key] = item;
      }
      return made;
    }
    return copy(value);
  };
}
