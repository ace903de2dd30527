// MIME types as util.MIMEType has them, after the MIME Sniffing Standard.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const { coded } = require('internal/errors');
  const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const quotable = /^[\t\x20-\x7e\x80-\xff]*$/;
  const bad = (what, value, part = `${value}`) => {
    const at = part.search(/[^!#$%&'*+\-.^_`|~0-9A-Za-z]/);
    return coded(TypeError, 'ERR_INVALID_MIME_SYNTAX', `The MIME syntax for a ${what} in "${value}" is invalid${at === -1 ? '' : ` at ${at}`}`);
  };

  class MIMEParams {
    #all = new OwnMap();
    static read(params, text) {
      const part = /;[ \t\r\n]*([^;=]*)(?:=(?:"((?:[^"\\]|\\.)*)"?[^;]*|([^;]*)))?/gy;
      for (const [, name, quoted, plain] of text.matchAll(part)) {
        const key = name.toLowerCase();
        const value = quoted === undefined ? plain?.replace(/[ \t\r\n]+$/, '') : quoted.replace(/\\(.)/gs, '$1');
        if (value === undefined || (value === '' && quoted === undefined) || !token.test(key) || !quotable.test(value) || params.#all.has(key)) continue;
        params.#all.set(key, value);
      }
    }
    get(name) {
      return this.#all.get(`${name}`) ?? null;
    }
    has(name) {
      return this.#all.has(`${name}`);
    }
    delete(name) {
      this.#all.delete(`${name}`);
    }
    set(name, value) {
      if (!token.test(`${name}`)) throw bad('parameter name', name);
      if (!quotable.test(`${value}`)) throw bad('parameter value', value);
      this.#all.set(`${name}`, `${value}`);
    }
    *entries() {
      yield* this.#all.entries();
    }
    *keys() {
      yield* this.#all.keys();
    }
    *values() {
      yield* this.#all.values();
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      const parts = [];
      for (const [name, value] of this.#all) parts.push(`${name}=${token.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`);
      return parts.join(';');
    }
    toJSON() {
      return this.toString();
    }
  }
  const { read } = MIMEParams;
  delete MIMEParams.read;

  class MIMEType {
    #type;
    #subtype;
    #params = new MIMEParams();
    constructor(text) {
      text = `${text}`;
      const [, type, slash, subtype, rest] = /^[ \t\r\n]*([^/]*)(\/?)([^;]*)(.*)$/s.exec(text);
      if (!token.test(type) || slash === '') throw bad('type', text, type);
      const trimmed = subtype.replace(/[ \t\r\n]+$/, '');
      if (!token.test(trimmed)) throw bad('subtype', text, trimmed);
      this.#type = type.toLowerCase();
      this.#subtype = trimmed.toLowerCase();
      read(this.#params, rest);
    }
    get type() {
      return this.#type;
    }
    set type(value) {
      if (!token.test(`${value}`)) throw bad('type', value);
      this.#type = `${value}`.toLowerCase();
    }
    get subtype() {
      return this.#subtype;
    }
    set subtype(value) {
      if (!token.test(`${value}`)) throw bad('subtype', value);
      this.#subtype = `${value}`.toLowerCase();
    }
    get essence() {
      return `${this.#type}/${this.#subtype}`;
    }
    get params() {
      return this.#params;
    }
    toString() {
      const params = this.#params.toString();
      return params === '' ? this.essence : `${this.essence};${params}`;
    }
    toJSON() {
      return this.toString();
    }
  }
  Object.assign(exports, { MIMEType, MIMEParams });
}
