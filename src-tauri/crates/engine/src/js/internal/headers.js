// Headers of the Fetch Standard.
export default function (exports, _require, _module, internal) {
  const { OwnMap } = internal;
  const custom = Symbol.for('nodejs.util.inspect.custom');
  const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

  function checkName(name, method) {
    name = `${name}`;
    if (!token.test(name)) throw new TypeError(`Headers.${method}: ${name} is an invalid header name.`);
    return name.toLowerCase();
  }
  function checkValue(value, method) {
    value = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    if (/[\0\r\n]/.test(value)) throw new TypeError(`Headers.${method}: ${value} is an invalid header value.`);
    for (let index = 0; index < value.length; index++) {
      if (value.charCodeAt(index) > 255) {
        throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${index} has a value of ${value.charCodeAt(index)} which is greater than 255.`);
      }
    }
    return value;
  }

  class Headers {
    #map = new OwnMap(); // lower-case name → value; set-cookie → list
    #spelled; // lower-case name → as it was first given, where that differs
    #immutable = false;
    constructor(init = undefined) {
      if (init === undefined || init === null) {
        if (init === null) throw new TypeError("Headers constructor: init was given by webidl, but it is not one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.");
        return;
      }
      if (typeof init !== 'object') throw new TypeError('Headers constructor: init is not an object');
      if (#spelled in init && init[Symbol.iterator] === Headers.prototype.entries) {
        for (const [name, value] of init.#map) this.#map.set(name, Array.isArray(value) ? [...value] : value);
        if (init.#spelled !== undefined) for (const [key, name] of init.#spelled) this.#spell(key, name);
      } else if (typeof init[Symbol.iterator] === 'function') {
        for (const pair of init) {
          const items = [...pair];
          if (items.length !== 2) throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${items.length}.`);
          this.append(items[0], items[1]);
        }
      } else {
        for (const key of Reflect.ownKeys(init)) {
          if (typeof key === 'symbol' || !Object.prototype.propertyIsEnumerable.call(init, key)) continue;
          this.append(key, init[key]);
        }
      }
    }
    static freeze(headers) {
      headers.#immutable = true;
      return headers;
    }
    static flat(headers) {
      const flat = [];
      for (const [name, value] of headers.#map) {
        const spelled = headers.#spelled?.get(name) ?? name;
        if (Array.isArray(value)) for (const one of value) flat.push(spelled, one);
        else flat.push(spelled, value);
      }
      return flat;
    }
    #spell(key, name) {
      name = `${name}`;
      if (name !== key) (this.#spelled ??= new OwnMap()).set(key, name);
    }
    #change() {
      if (this.#immutable) throw new TypeError('immutable');
    }
    append(name, value) {
      const key = checkName(name, 'append');
      value = checkValue(value, 'append');
      this.#change();
      const known = this.#map.get(key);
      if (known === undefined) this.#spell(key, name);
      if (key === 'set-cookie') {
        if (known === undefined) this.#map.set(key, [value]);
        else known.push(value);
      } else this.#map.set(key, known === undefined ? value : `${known}${key === 'cookie' ? '; ' : ', '}${value}`);
    }
    set(name, value) {
      const key = checkName(name, 'set');
      value = checkValue(value, 'set');
      this.#change();
      this.#spelled?.delete(key);
      this.#spell(key, name);
      this.#map.set(key, key === 'set-cookie' ? [value] : value);
    }
    delete(name) {
      const key = checkName(name, 'delete');
      this.#change();
      this.#map.delete(key);
      this.#spelled?.delete(key);
    }
    get(name) {
      const value = this.#map.get(checkName(name, 'get'));
      if (value === undefined) return null;
      return Array.isArray(value) ? value.join(', ') : value;
    }
    has(name) {
      return this.#map.has(checkName(name, 'has'));
    }
    getSetCookie() {
      return [...(this.#map.get('set-cookie') ?? [])];
    }
    #sorted() {
      const list = [];
      for (const key of [...this.#map.keys()].sort()) {
        const value = this.#map.get(key);
        if (Array.isArray(value)) for (const one of value) list.push([key, one]);
        else list.push([key, value]);
      }
      return list;
    }
    forEach(callback, self = undefined) {
      if (typeof callback !== 'function') throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
      for (const [name, value] of this.#sorted()) callback.call(self, value, name, this);
    }
    *entries() {
      yield* this.#sorted();
    }
    *keys() {
      for (const [name] of this.#sorted()) yield name;
    }
    *values() {
      for (const [, value] of this.#sorted()) yield value;
    }
    get [Symbol.toStringTag]() {
      return 'Headers';
    }
    [custom](depth, options, inspect) {
      if (depth < 0) return '[Headers]';
      const shown = {};
      for (const [name, value] of this.#map) shown[name] = Array.isArray(value) ? value.join(', ') : value;
      return `Headers ${inspect(shown, options)}`;
    }
  }
  Object.defineProperty(Headers.prototype, Symbol.iterator, { value: Headers.prototype.entries, writable: true, configurable: true });
  exports.freeze = Headers.freeze;
  exports.flat = Headers.flat;
  delete Headers.freeze;
  delete Headers.flat;
  exports.Headers = Headers;
}
