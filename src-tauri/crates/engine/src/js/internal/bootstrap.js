// What every call needs before its first line: the error hook, modules, and the names that load the rest when touched.
export default function (exports, _require, _module, internal) {
  const { apply } = Reflect;
  const { iterator } = Symbol;
  const { defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Object;

  // The built-ins' own tables. Their methods are the language's as they are now, out of a script's reach whatever it does to the
  // prototypes, and so is filling them: from a list, index by index.
  const names = ['get', 'set', 'has', 'add', 'delete', 'clear', 'forEach', 'size'];
  // Iterators of their own too: what the table holds when the iteration begins.
  const iterating = (forEach, pick) =>
    function () {
      const list = { __proto__: null };
      let count = 0;
      let at = 0;
      apply(forEach, this, [(value, key) => (list[count++] = pick(value, key))]);
      return {
        __proto__: null,
        next: () => (at < count ? { __proto__: null, value: list[at++], done: false } : { __proto__: null, value: undefined, done: true }),
        [iterator]() {
          return this;
        },
      };
    };
  for (const Kind of [Map, Set, WeakMap, WeakSet]) {
    const { add, forEach } = Kind.prototype;
    class Own extends Kind {
      constructor(list) {
        super();
        if (list !== undefined) for (let index = 0; index < list.length; index++) apply(add, this, [list[index]]);
      }
    }
    for (let index = 0; index < names.length; index++) {
      const method = getOwnPropertyDescriptor(Kind.prototype, names[index]);
      if (method !== undefined) defineProperty(Own.prototype, names[index], method);
    }
    if (forEach !== undefined) {
      const define = (name, pick) => defineProperty(Own.prototype, name, { value: iterating(forEach, pick) });
      define('keys', (_value, key) => key);
      define('values', (value) => value);
      define('entries', (value, key) => [key, value]);
      define(iterator, add === undefined ? (value, key) => [key, value] : (value) => value);
    }
    setPrototypeOf(Own.prototype, null);
    internal[`Own${Kind.name}`] = Own;
  }

  // In this order: each takes what it needs of the language before a later one changes it.
  for (const part of ['stacks', 'registry', 'require', 'turns', 'globals', 'json']) {
    internal.modules.builtin(`internal/${part}`)({}, undefined, undefined, internal);
  }
  // What native code asks of the script side when something is imported.
  const imports = { unwrapped: internal.unwrapped };
  for (const name of ['importing', 'described', 'meta', 'unreadable', 'heard']) imports[name] = (...args) => internal.builtin('internal/imports')[name](...args);
  internal.modules.attach(imports);
  exports.hooks = internal.hooks;
}
