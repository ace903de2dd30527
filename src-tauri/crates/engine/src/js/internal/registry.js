// The built-in modules: which there are, and loading them when they are first asked for.
export default function (exports, _require, _module, internal) {
  const { modules, own } = internal;

  const loaded = own(new Map());
  const groups = own(new Map());
  internal.group = function (name) {
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = modules.group(name)));
    return group;
  };
  const aliases = { sys: 'util', 'path/posix': 'path', 'path/win32': 'path' };
  const refusing = 'child_process cluster dgram dns fs http2 inspector net readline repl tls trace_events tty v8 vm wasi worker_threads zlib'.split(' ');
  const isPublic = new Set(
    'assert assert/strict async_hooks buffer console constants crypto diagnostics_channel dns/promises events fs/promises http https module os path path/posix path/win32 perf_hooks process punycode querystring stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises url util util/types'
      .split(' ')
      .concat(refusing),
  );
  const made = {
    'assert/strict': () => builtin('assert').strict,
    console: () => builtin('internal/console'),
    constants: () => builtin('fs').constants,
    'dns/promises': () => builtin('dns').promises,
    'fs/promises': () => builtin('fs').promises,
    'stream/web': () => builtin('internal/webstream'),
    'util/types': () => builtin('internal/types'),
  };
  function builtin(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    if (made[name] !== undefined) module.exports = made[name]();
    else if (refusing.includes(name)) builtin('internal/refusing').build(name, module.exports);
    else modules.builtin(aliases[name] ?? name)(module.exports, builtin, module, internal);
    return module.exports;
  }
  internal.builtin = builtin;
  internal.publicNames = isPublic;
  modules.setBuiltins([...isPublic]);
  internal.requests = own(new Map());
}
