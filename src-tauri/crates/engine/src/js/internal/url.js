// URL and URLSearchParams.
export default function (exports, require, _module, internal) {
  const native = internal.group('url');
  const { coded } = require('internal/errors');
  const custom = Symbol.for('nodejs.util.inspect.custom');
  const wellFormed = (value) => `${value}`.toWellFormed();

  class URLSearchParams {
    #list = []; // [name, value] pairs
    #url = null;
    constructor(init = undefined) {
      if (init === undefined || init === null) return;
      if (typeof init === 'object' || typeof init === 'function') {
        const iterate = init[Symbol.iterator];
        if (iterate === this[Symbol.iterator] && #list in init) {
          this.#list = init.#list.map((pair) => [...pair]);
        } else if (iterate !== null && iterate !== undefined) {
          if (typeof iterate !== 'function') throw coded(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
          for (const pair of init) {
            if (pair === null || typeof pair !== 'object' || typeof pair[Symbol.iterator] !== 'function') {
              throw coded(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
            }
            const items = [...pair];
            if (items.length !== 2) throw coded(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
            this.#list.push([wellFormed(items[0]), wellFormed(items[1])]);
          }
        } else {
          for (const key of Reflect.ownKeys(init)) {
            const found = Reflect.getOwnPropertyDescriptor(init, key);
            if (found?.enumerable) this.#list.push([wellFormed(key), wellFormed(init[key])]);
          }
        }
      } else {
        init = wellFormed(init);
        this.#read(init.startsWith('?') ? init.slice(1) : init);
      }
    }
    static of(url, search) {
      const params = new URLSearchParams(search);
      params.#url = url;
      return params;
    }
    static reread(params, search) {
      params.#read(search.startsWith('?') ? search.slice(1) : search);
    }
    #read(query) {
      const flat = native.query(query);
      this.#list = [];
      for (let index = 0; index < flat.length; index += 2) this.#list.push([flat[index], flat[index + 1]]);
    }
    #changed() {
      if (this.#url !== null) setSearch(this.#url, this.toString());
    }
    get size() {
      return this.#list.length;
    }
    append(name, value) {
      need(arguments, 2, 'The "name" and "value" arguments must be specified');
      this.#list.push([wellFormed(name), wellFormed(value)]);
      this.#changed();
    }
    delete(name, value = undefined) {
      need(arguments, 1, 'The "name" argument must be specified');
      name = wellFormed(name);
      this.#list = this.#list.filter((pair) => pair[0] !== name || (value !== undefined && pair[1] !== wellFormed(value)));
      this.#changed();
    }
    get(name) {
      need(arguments, 1, 'The "name" argument must be specified');
      name = wellFormed(name);
      const found = this.#list.find((pair) => pair[0] === name);
      return found === undefined ? null : found[1];
    }
    getAll(name) {
      need(arguments, 1, 'The "name" argument must be specified');
      name = wellFormed(name);
      return this.#list.filter((pair) => pair[0] === name).map((pair) => pair[1]);
    }
    has(name, value = undefined) {
      need(arguments, 1, 'The "name" argument must be specified');
      name = wellFormed(name);
      return this.#list.some((pair) => pair[0] === name && (value === undefined || pair[1] === wellFormed(value)));
    }
    set(name, value) {
      need(arguments, 2, 'The "name" and "value" arguments must be specified');
      name = wellFormed(name);
      value = wellFormed(value);
      let found = false;
      this.#list = this.#list.filter((pair) => {
        if (pair[0] !== name) return true;
        if (found) return false;
        found = true;
        pair[1] = value;
        return true;
      });
      if (!found) this.#list.push([name, value]);
      this.#changed();
    }
    sort() {
      this.#list = this.#list.map((pair, index) => ({ pair, index })).sort((a, b) => (a.pair[0] < b.pair[0] ? -1 : a.pair[0] > b.pair[0] ? 1 : a.index - b.index)).map((one) => one.pair);
      this.#changed();
    }
    forEach(callback, self = undefined) {
      require('internal/errors').callable(callback, 'callback');
      for (let index = 0; index < this.#list.length; index++) callback.call(self, this.#list[index][1], this.#list[index][0], this);
    }
    *entries() {
      for (let index = 0; index < this.#list.length; index++) yield [...this.#list[index]];
    }
    *keys() {
      for (let index = 0; index < this.#list.length; index++) yield this.#list[index][0];
    }
    *values() {
      for (let index = 0; index < this.#list.length; index++) yield this.#list[index][1];
    }
    toString() {
      return native.form(this.#list.flat());
    }
    get [Symbol.toStringTag]() {
      return 'URLSearchParams';
    }
    [custom](depth, options, inspect) {
      if (depth < 0) return '[Object]';
      if (this.#list.length === 0) return 'URLSearchParams {}';
      const text = this.#list.map(([name, value]) => `${inspect(name)} => ${inspect(value)}`);
      const joined = text.join(', ');
      return joined.length + 20 > (options.breakLength ?? 80) ? `URLSearchParams {\n  ${text.join(',\n  ')} }` : `URLSearchParams { ${joined} }`;
    }
  }
  Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, { value: URLSearchParams.prototype.entries, writable: true, configurable: true });
  const paramsOf = URLSearchParams.of;
  const reread = URLSearchParams.reread;
  delete URLSearchParams.of;
  delete URLSearchParams.reread;

  function need(args, count, message) {
    if (args.length < count) throw coded(TypeError, 'ERR_MISSING_ARGS', message);
  }

  const HREF = 0;
  let setSearch;

  function invalid(input, base) {
    const error = coded(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
    error.input = input;
    if (base !== undefined) error.base = base;
    return error;
  }

  class URL {
    #parts;
    #params = null;
    constructor(input, base = undefined) {
      need(arguments, 1, 'The "url" argument must be specified');
      input = `${input}`;
      if (base !== undefined) base = `${base}`;
      const parts = native.parse(input, base);
      if (parts === undefined || parts === null) throw invalid(input, base);
      this.#parts = parts;
    }
    static {
      setSearch = (url, query) => {
        url.#parts = native.change(url.#parts[HREF], 'search', query);
      };
      exports.isURL = (value) => typeof value === 'object' && value !== null && #parts in value;
    }
    static canParse(input, base = undefined) {
      need(arguments, 1, 'The "url" argument must be specified');
      const parts = native.parse(`${input}`, base === undefined ? undefined : `${base}`);
      return parts !== undefined && parts !== null;
    }
    #change(part, value) {
      const parts = native.change(this.#parts[HREF], part, wellFormed(value));
      if (parts === undefined || parts === null) throw invalid(`${value}`);
      this.#parts = parts;
      if (this.#params !== null && (part === 'href' || part === 'search')) reread(this.#params, parts[9]);
    }
    get href() {
      return this.#parts[HREF];
    }
    set href(value) {
      this.#change('href', value);
    }
    get origin() {
      return this.#parts[1];
    }
    get protocol() {
      return this.#parts[2];
    }
    set protocol(value) {
      this.#change('protocol', value);
    }
    get username() {
      return this.#parts[3];
    }
    set username(value) {
      this.#change('username', value);
    }
    get password() {
      return this.#parts[4];
    }
    set password(value) {
      this.#change('password', value);
    }
    get host() {
      return this.#parts[5];
    }
    set host(value) {
      this.#change('host', value);
    }
    get hostname() {
      return this.#parts[6];
    }
    set hostname(value) {
      this.#change('hostname', value);
    }
    get port() {
      return this.#parts[7];
    }
    set port(value) {
      this.#change('port', value);
    }
    get pathname() {
      return this.#parts[8];
    }
    set pathname(value) {
      this.#change('pathname', value);
    }
    get search() {
      return this.#parts[9];
    }
    set search(value) {
      this.#change('search', value);
    }
    get searchParams() {
      this.#params ??= paramsOf(this, this.#parts[9]);
      return this.#params;
    }
    get hash() {
      return this.#parts[10];
    }
    set hash(value) {
      this.#change('hash', value);
    }
    toString() {
      return this.#parts[HREF];
    }
    toJSON() {
      return this.#parts[HREF];
    }
    static createObjectURL() {
      throw require('internal/errors').refused('URL.createObjectURL()', 'there is no page that could use the address');
    }
    static revokeObjectURL() {}
    get [Symbol.toStringTag]() {
      return 'URL';
    }
    [custom](depth, options, inspect) {
      if (depth < 0) return this.href;
      const shown = {};
      for (const key of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']) shown[key] = this[key];
      return `URL ${inspect(shown, options)}`;
    }
  }
  for (const proto of [URL.prototype, URLSearchParams.prototype]) {
    for (const key of Object.getOwnPropertyNames(proto)) {
      if (key !== 'constructor') Object.defineProperty(proto, key, { enumerable: true });
    }
  }

  exports.URL = URL;
  exports.URLSearchParams = URLSearchParams;
}
