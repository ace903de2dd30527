// What every call needs before its first line: the error hook, modules, and the names that load the rest when touched.
export default function (exports, _require, _module, internal) {
  const defineProperty = Object.defineProperty;

  // Keeps its methods whatever a script does to the prototypes.
  const { getPrototypeOf } = Object;
  // As they are now: what is loaded later may come after a script that changed them.
  const methods = [Map, Set, WeakMap, WeakSet].map(({ prototype }) => ({
    prototype,
    own: ['get', 'set', 'has', 'add', 'delete', 'forEach'].filter((key) => prototype[key] !== undefined).map((key) => ({ key, value: prototype[key] })),
  }));
  internal.own = (collection) => {
    const proto = getPrototypeOf(collection);
    for (let kind = 0; kind < methods.length; kind++) {
      if (methods[kind].prototype !== proto) continue;
      const { own } = methods[kind];
      for (let at = 0; at < own.length; at++) defineProperty(collection, own[at].key, { value: own[at].value });
    }
    return collection;
  };

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
