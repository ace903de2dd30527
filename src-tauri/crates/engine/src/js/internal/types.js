// util.types: what a value is, whatever its prototypes say.
export default function (exports, _require, module, internal) {
  const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const text = (value) => Object.prototype.toString.call(value);
  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const holds = (test) => (value) => {
    if (!isObject(value)) return false;
    try {
      test(value);
      return true;
    } catch {
      return false;
    }
  };
  const getter = (proto, key) => Object.getOwnPropertyDescriptor(proto, key).get;
  const branded = (proto, key) => {
    const get = getter(proto, key);
    return holds((value) => get.call(value));
  };
  const boxed = (maker) => {
    const valueOf = maker.prototype.valueOf;
    return (value) => typeof value === 'object' && holds((one) => valueOf.call(one))(value);
  };

  const types = {
    isExternal: () => false,
    isDate: holds((value) => Date.prototype.getTime.call(value)),
    isArgumentsObject: (value) => isObject(value) && text(value) === '[object Arguments]' && !Object.prototype.hasOwnProperty.call(value, Symbol.toStringTag),
    isBigIntObject: boxed(BigInt),
    isBooleanObject: boxed(Boolean),
    isNumberObject: boxed(Number),
    isStringObject: boxed(String),
    isSymbolObject: boxed(Symbol),
    isNativeError: (value) => value instanceof Error,
    isRegExp: (value) => value instanceof RegExp && value !== RegExp.prototype,
    isAsyncFunction: (value) => typeof value === 'function' && /^\[object Async(Generator)?Function\]$/.test(text(value)),
    isGeneratorFunction: (value) => typeof value === 'function' && /^\[object (Async)?GeneratorFunction\]$/.test(text(value)),
    isGeneratorObject: (value) => isObject(value) && /^\[object (Async)?Generator\]$/.test(text(value)),
    isPromise: (value) => value instanceof Promise,
    isMap: branded(Map.prototype, 'size'),
    isSet: branded(Set.prototype, 'size'),
    isMapIterator: (value) => isObject(value) && text(value) === '[object Map Iterator]',
    isSetIterator: (value) => isObject(value) && text(value) === '[object Set Iterator]',
    isWeakMap: holds((value) => WeakMap.prototype.has.call(value, {})),
    isWeakSet: holds((value) => WeakSet.prototype.has.call(value, {})),
    isArrayBuffer: branded(ArrayBuffer.prototype, 'byteLength'),
    isDataView: (value) => ArrayBuffer.isView(value) && tagOf.call(value) === undefined,
    isSharedArrayBuffer: branded(SharedArrayBuffer.prototype, 'byteLength'),
    isProxy: () => false,
    isModuleNamespaceObject: (value) => isObject(value) && text(value) === '[object Module]',
    // Only what their modules made is one.
    isCryptoKey: (value) => internal.isCryptoKey?.(value) ?? false,
    isKeyObject: (value) => internal.isKeyObject?.(value) ?? false,
  };
  types.isAnyArrayBuffer = (value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value);
  types.isBoxedPrimitive = (value) => types.isNumberObject(value) || types.isStringObject(value) || types.isBooleanObject(value) || types.isBigIntObject(value) || types.isSymbolObject(value);
  types.isArrayBufferView = ArrayBuffer.isView;
  types.isTypedArray = (value) => isObject(value) && tagOf.call(value) !== undefined;
  for (const name of ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
    types[`is${name}`] = (value) => isObject(value) && tagOf.call(value) === name;
  }
  module.exports = types;
}
