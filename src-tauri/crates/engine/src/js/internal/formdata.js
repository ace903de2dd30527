export default function (exports, require, _module, internal) {
  const text = internal.group('text');
  const { Blob, File, bytesOf } = require('internal/blob');

  function entry(value, name) {
    if (value instanceof Blob) {
      if (value instanceof File && name === undefined) return value;
      return new File([value], name ?? (value instanceof File ? value.name : 'blob'), { type: value.type });
    }
    return `${value}`.toWellFormed();
  }

  class FormData {
    #list = [];
    append(name, value, file) {
      this.#list.push([`${name}`, entry(value, file)]);
    }
    set(name, value, file) {
      const at = this.#list.findIndex((pair) => pair[0] === `${name}`);
      const made = [`${name}`, entry(value, file)];
      if (at < 0) this.#list.push(made);
      else {
        this.#list = this.#list.filter((pair, index) => index === at || pair[0] !== `${name}`);
        this.#list[this.#list.findIndex((pair) => pair[0] === `${name}`)] = made;
      }
    }
    delete(name) {
      this.#list = this.#list.filter((pair) => pair[0] !== `${name}`);
    }
    get(name) {
      return this.#list.find((pair) => pair[0] === `${name}`)?.[1] ?? null;
    }
    getAll(name) {
      return this.#list.filter((pair) => pair[0] === `${name}`).map((pair) => pair[1]);
    }
    has(name) {
      return this.#list.some((pair) => pair[0] === `${name}`);
    }
    forEach(callback, self) {
      for (const [name, value] of this.#list) callback.call(self, value, name, this);
    }
    *entries() {
      for (const pair of this.#list) yield [...pair];
    }
    *keys() {
      for (const pair of this.#list) yield pair[0];
    }
    *values() {
      for (const pair of this.#list) yield pair[1];
    }
    get [Symbol.toStringTag]() {
      return 'FormData';
    }
  }
  FormData.prototype[Symbol.iterator] = FormData.prototype.entries;
  Object.defineProperty(FormData.prototype, Symbol.iterator, { enumerable: false });
  exports.FormData = FormData;

  const quoted = (name) => name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');

  exports.encode = function (form) {
    const boundary = `----formdata-undici-0${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
    const parts = [];
    for (const [name, value] of form) {
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
      if (typeof value === 'string') parts.push(text.utf8(`${head}\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`));
      else parts.push(text.utf8(`${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`), bytesOf(value), text.utf8('\r\n'));
    }
    parts.push(text.utf8(`--${boundary}--\r\n`));
    return { bytes: bytesOf(new Blob(parts)), type: `multipart/form-data; boundary=${boundary}` };
  };

  exports.decode = function (bytes, type) {
    const form = new FormData();
    if (/^application\/x-www-form-urlencoded/i.test(type)) {
      const { URLSearchParams } = require('internal/url');
      for (const [name, value] of new URLSearchParams(text.decodeLabel(bytes, 'utf-8', false, false))) form.append(name, value);
      return form;
    }
    const boundary = /^multipart\/form-data.*;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
    if (boundary === null) throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
    const whole = text.decode(bytes, 0, bytes.length, 'latin1');
    for (const part of whole.split(`--${boundary[1] ?? boundary[2]}`).slice(1, -1)) {
      const middle = part.indexOf('\r\n\r\n');
      const head = text.decodeLabel(text.encode(part.slice(0, middle), 'latin1'), 'utf-8', false, false);
      const body = text.encode(part.slice(middle + 4, -2), 'latin1');
      const name = /name="([^"]*)"/i.exec(head)?.[1] ?? '';
      const file = /filename="([^"]*)"/i.exec(head)?.[1];
      if (file === undefined) form.append(name, text.decodeLabel(body, 'utf-8', false, false));
      else form.append(name, new File([body], file, { type: /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'text/plain' }));
    }
    return form;
  };
}
