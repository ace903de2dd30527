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
  const refusing = 'child_process cluster dgram domain http2 inspector inspector/promises net repl tls trace_events tty wasi worker_threads'.split(' ');
  // Names from before modules were public, which old packages still ask for.
  const legacy = '_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _stream_duplex _stream_passthrough _stream_readable _stream_transform _stream_wrap _stream_writable _tls_common _tls_wrap'.split(' ');
  const isPublic = new Set(
    'assert assert/strict async_hooks buffer console constants crypto diagnostics_channel dns dns/promises events fs fs/promises http https module os path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises url util util/types v8 vm zlib'
      .split(' ')
      .concat(refusing, 'test', legacy),
  );
  internal.prefixOnly = (name) => name === 'test';
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
    const module = { exports: {} };
    loaded.set(name, module);
    if (legacy.includes(name)) module.exports = builtin('internal/legacy').module(name);
    else if (made[name] !== undefined) module.exports = made[name]();
    else if (refusing.includes(name)) builtin('internal/refusing').build(name, module.exports);
    else modules.builtin(aliases[name] ?? name)(module.exports, builtin, module, internal);
    return module.exports;
  }
  internal.builtin = builtin;
  internal.publicNames = isPublic;
  modules.setBuiltins([...isPublic].filter((name) => !internal.prefixOnly(name)));
  internal.requests = own(new Map());
  internal.works = own(new Map());
}
