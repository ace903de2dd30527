// The built-in modules: which there are, and loading them when they are first asked for.
export default function (exports, _require, _module, internal) {
  const { modules, OwnMap } = internal;
  const { groupOfName } = modules;

  let loaded = new OwnMap();
  let ready = new OwnMap(); // loaded before the call began, and not asked for yet
  const groups = new OwnMap();
  internal.group = function (name) {
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = modules.group(name)));
    return group;
  };
  const aliases = { sys: 'util', 'path/posix': 'path', 'path/win32': 'path' };
  const made = {
    'assert/strict': () => builtin('assert').strict,
    console: () => builtin('internal/console'),
    constants: () => builtin('internal/legacy').constants(),
    'dns/promises': () => builtin('dns').promises,
    'fs/promises': () => builtin('fs').promises,
    'readline/promises': () => builtin('readline').promises,
    test: () => builtin('internal/legacy').test(),
    'stream/web': () => builtin('internal/webstream'),
    'util/types': () => builtin('internal/types'),
  };
  function builtin(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const prepared = ready.get(name);
    if (prepared !== undefined) {
      loaded.set(name, prepared);
      modules.asked(name);
      return prepared.exports;
    }
    const module = { exports: {} };
    loaded.set(name, module);
    const group = groupOfName(name);
    if (group === 'legacy') module.exports = builtin('internal/legacy').module(name);
    else if (made[name] !== undefined) module.exports = made[name]();
    else if (group === 'refusing') builtin('internal/refusing').build(name, module.exports);
    else modules.builtin(aliases[name] ?? name)(module.exports, builtin, module, internal);
    return module.exports;
  }
  internal.builtin = builtin;
  // The call begins.
  internal.begun = false;
  internal.prepared = () => {
    internal.begun = true;
    ready = loaded;
    loaded = new OwnMap();
  };
  internal.isPublic = (name) => groupOfName(name) !== undefined;
  internal.requests = new OwnMap();
  internal.works = new OwnMap();
}
