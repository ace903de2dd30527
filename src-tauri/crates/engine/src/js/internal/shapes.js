// What kind of thing a value is, and what its class is called.
export default function (exports, _require, _module, internal) {
  const { OwnSet } = internal;
  const sizeOfSet = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
  const sizeOfMap = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
  const typedTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const setValues = Set.prototype.values;
  const mapEntries = Map.prototype.entries;
  const builtIns = new OwnSet();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/^[A-Z][A-Za-z0-9]+$/.test(name)) {
      const found = Object.getOwnPropertyDescriptor(globalThis, name);
      if (typeof found.value === 'function') builtIns.add(found.value);
    }
  }

  const holds = (test) => {
    try {
      test();
      return true;
    } catch {
      return false;
    }
  };
  exports.isSet = (value) => holds(() => sizeOfSet.call(value));
  exports.isMap = (value) => holds(() => sizeOfMap.call(value));
  exports.size = (value) => (value instanceof Set ? sizeOfSet.call(value) : sizeOfMap.call(value));
  exports.values = (value) => setValues.call(value);
  exports.entries = (value) => mapEntries.call(value);
  exports.typedName = (value) => typedTag.call(value);
  exports.isBuiltIn = (maker) => builtIns.has(maker);

  // The class of a value, from the nearest constructor along its prototypes; null = no prototype.
  exports.constructorName = function (value) {
    let at = value;
    let first;
    while (at !== null && at !== undefined) {
      const found = at === Promise.prototype ? { value: Promise } : Object.getOwnPropertyDescriptor(at, 'constructor');
      if (found !== undefined && typeof found.value === 'function' && found.value.name !== '' && isInstance(value, found.value)) {
        return String(found.value.name);
      }
      at = Object.getPrototypeOf(at);
      if (first === undefined) first = at;
    }
    return null;
  };

  function isInstance(value, maker) {
    try {
      return value instanceof maker;
    } catch {
      return false;
    }
  }

  exports.prefix = function (name, tag, fallback, size = '') {
    if (name === null) {
      if (tag === 'Module' && fallback === 'Object') return '[Module: null prototype] ';
      if (tag !== '' && fallback !== tag) return `[${fallback}${size}: null prototype] [${tag}] `;
      return `[${fallback}${size}: null prototype] `;
    }
    if (tag !== '' && name !== tag) return `${name}${size} [${tag}] `;
    return `${name}${size} `;
  };

  exports.kind = function (value) {
    if (typeof value === 'function') return 'function';
    if (value instanceof Error) return 'error';
    if (value instanceof RegExp) return 'regexp';
    if (value instanceof Date) return holds(() => Date.prototype.getTime.call(value)) ? 'date' : undefined;
    if (value instanceof Promise) return 'promise';
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return 'buffer';
    if (value instanceof DataView) return 'dataview';
    if (value instanceof WeakSet) return 'weakset';
    if (value instanceof WeakMap) return 'weakmap';
    if (value instanceof WeakRef) return 'weakref';
    if (value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof Symbol || value instanceof BigInt) {
      return holds(() => value.valueOf()) && typeof value.valueOf() !== 'object' ? 'boxed' : undefined;
    }
    const text = Object.prototype.toString.call(value);
    if (text === '[object Arguments]') return 'arguments';
    if (text === '[object Error]') return 'error';
    if (/^\[object (Array|Map|Set|String|RegExp String) Iterator\]$/.test(text)) return 'iterator';
    return undefined;
  };

  exports.boxedName = function (value) {
    for (const maker of [Number, String, Boolean, Symbol, BigInt]) if (value instanceof maker) return maker.name;
    return 'Object';
  };

  exports.hex = function (buffer, limit) {
    const bytes = new Uint8Array(buffer);
    const shown = Math.min(Math.max(0, Math.min(limit, 50)), bytes.length);
    let text = '';
    for (let index = 0; index < shown; index++) text += (index > 0 ? ' ' : '') + bytes[index].toString(16).padStart(2, '0');
    const more = bytes.length - shown;
    if (more > 0) text += ` ... ${more} more byte${more > 1 ? 's' : ''}`;
    return text;
  };

  exports.functionBase = function (value, name, tag) {
    const source = Function.prototype.toString.call(value);
    if (source.startsWith('class') && source.endsWith('}')) {
      let text = `[class ${Object.prototype.hasOwnProperty.call(value, 'name') && value.name !== '' ? value.name : '(anonymous)'}`;
      if (name !== 'Function' && name !== null) text += ` [${name}]`;
      if (tag !== '' && name !== tag) text += ` [${tag}]`;
      const parent = Object.getPrototypeOf(value);
      if (name !== null) {
        if (parent !== null && typeof parent === 'function' && parent.name) text += ` extends ${parent.name}`;
      } else text += ' extends [null prototype]';
      return `${text}]`;
    }
    let type = 'Function';
    const kind = Object.prototype.toString.call(value);
    if (kind === '[object AsyncFunction]') type = 'AsyncFunction';
    else if (kind === '[object GeneratorFunction]') type = 'GeneratorFunction';
    else if (kind === '[object AsyncGeneratorFunction]') type = 'AsyncGeneratorFunction';
    let text = `[${type}`;
    if (name === null) text += ' (null prototype)';
    text += value.name === '' || value.name === undefined ? ' (anonymous)' : `: ${typeof value.name === 'string' ? value.name : String(value.name)}`;
    text += ']';
    if (name !== type && name !== null && name !== 'Function') text += ` ${name}`;
    if (tag !== '' && name !== tag && tag !== type) text += ` [${tag}]`;
    return text;
  };
}
