// What every call needs before its first line: the error hook, modules, and the names that load the rest when touched.
export default function (exports, _require, _module, internal) {
  const defineProperty = Object.defineProperty;

  // Keeps its methods whatever a script does to the prototypes.
  internal.own = (collection) => {
    const proto = Object.getPrototypeOf(collection);
    for (const key of ['get', 'set', 'has', 'add', 'delete', 'forEach']) if (proto[key] !== undefined) defineProperty(collection, key, { value: proto[key] });
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
