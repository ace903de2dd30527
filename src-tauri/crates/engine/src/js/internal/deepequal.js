// util.isDeepStrictEqual and assert.deepEqual.
export default function (exports, require) {
  const types = require('internal/types');
  const own = (object, key) => Object.prototype.propertyIsEnumerable.call(object, key);

  exports.equal = function (one, other, strict) {
    return same(one, other, strict, []);
  };

  function same(one, other, strict, open) {
    if (strict ? Object.is(one, other) : one === other || (one !== one && other !== other)) return true;
    if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
      // eslint-disable-next-line eqeqeq
      return !strict && (typeof one !== 'object' || one === null) && (typeof other !== 'object' || other === null) && one == other;
    }
    if (strict && Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
    if (Object.prototype.toString.call(one) !== Object.prototype.toString.call(other)) return false;
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    if (Array.isArray(one) && one.length !== other.length) return false;
    if (types.isDate(one)) {
      if (!types.isDate(other) || one.getTime() !== other.getTime()) return false;
    } else if (types.isRegExp(one)) {
      if (!types.isRegExp(other) || String(one) !== String(other) || one.lastIndex !== other.lastIndex) return false;
    } else if (types.isNativeError(one)) {
      if (!types.isNativeError(other) || one.message !== other.message || one.name !== other.name) return false;
    } else if (types.isBoxedPrimitive(one)) {
      if (!types.isBoxedPrimitive(other) || !Object.is(one.valueOf(), other.valueOf())) return false;
    } else if (ArrayBuffer.isView(one)) {
      if (!ArrayBuffer.isView(other) || one.byteLength !== other.byteLength) return false;
      const a = new Uint8Array(one.buffer, one.byteOffset, one.byteLength);
      const b = new Uint8Array(other.buffer, other.byteOffset, other.byteLength);
      return a.every((byte, index) => byte === b[index]);
    } else if (types.isAnyArrayBuffer(one)) {
      return types.isAnyArrayBuffer(other) && same(new Uint8Array(one), new Uint8Array(other), strict, open);
    }
    if (open.some(([a, b]) => a === one && b === other)) return true;
    open.push([one, other]);
    const result = inside(one, other, strict, open);
    open.pop();
    return result;
  }

  function inside(one, other, strict, open) {
    const keys = Object.keys(one);
    const others = Object.keys(other);
    if (keys.length !== others.length || !keys.every((key) => own(other, key))) return false;
    if (strict) {
      const symbols = Object.getOwnPropertySymbols(one).filter((key) => own(one, key));
      if (symbols.length !== Object.getOwnPropertySymbols(other).filter((key) => own(other, key)).length) return false;
      keys.push(...symbols);
    }
    if (types.isSet(one)) {
      if (!types.isSet(other) || one.size !== other.size) return false;
      const rest = [...other];
      for (const item of one) {
        const at = rest.findIndex((candidate) => same(item, candidate, strict, open));
        if (at < 0) return false;
        rest.splice(at, 1);
      }
    } else if (types.isMap(one)) {
      if (!types.isMap(other) || one.size !== other.size) return false;
      const rest = [...other];
      for (const [key, item] of one) {
        const at = rest.findIndex(([otherKey, candidate]) => same(key, otherKey, strict, open) && same(item, candidate, strict, open));
        if (at < 0) return false;
        rest.splice(at, 1);
      }
    }
    return keys.every((key) => same(one[key], other[key], strict, open));
  }
}
