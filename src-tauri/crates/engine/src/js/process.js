export default function (exports, require, module, internal) {
  const { control, modules } = internal;
  const EventEmitter = require('events');
  const process = Object.create(Object.create(EventEmitter.prototype, { constructor: { value: function process() {}, configurable: true } }));
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
  EventEmitter.init.call(process);

  const version = '20.20.2';
  // Standard output is a stream whose every write is a line of the log, at once.
  function output(level, fd) {
    const { Writable } = require('internal/stream_writable');
    class Output extends Writable {
      write(chunk, encoding, done) {
        const open = !this.writableEnded && !this.destroyed;
        const more = super.write(chunk, encoding, done);
        if (open) {
          const text = typeof chunk === 'string' ? chunk : require('buffer').Buffer.from(chunk).toString();
          const at = internal.caller();
          internal.group('console').write(level, text.endsWith('\n') ? text.slice(0, -1) : text, at?.file, at?.line, at?.column);
        }
        return more;
      }
      end(chunk, encoding, done) {
        if (typeof chunk === 'function') [chunk, done] = [undefined, chunk];
        else if (typeof encoding === 'function') [encoding, done] = [undefined, encoding];
        if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
        return super.end(done);
      }
      _write(_chunk, _encoding, done) {
        done();
      }
    }
    return Object.assign(new Output({ decodeStrings: false, autoDestroy: false, emitClose: false }), { fd, _type: 'pipe', _isStdio: true });
  }
  function input() {
    const { Readable } = require('internal/stream_readable');
    return Object.assign(new Readable({ read() { this.push(null); } }), { fd: 0 });
  }
  const lazily = (name, make) => {
    let made;
    Object.defineProperty(process, name, { get: () => (made ??= make()), enumerable: true, configurable: true });
  };
  function exit(code = process.exitCode) {
    code = Number(code ?? 0);
    process.exitCode = code;
    process.emit('exit', code);
    require('internal/failure').thrown(new Error(`The function ended its process with process.exit(${code}), which leaves the call without an answer: return a value or throw an error instead.`));
    control.exit();
    // The engine stops here.
    for (;;);
  }

  function hrtime(since) {
    const now = BigInt(Math.round(control.now() * 1e6)) + 1_000_000_000n;
    const seconds = Number(now / 1_000_000_000n);
    const nanos = Number(now % 1_000_000_000n);
    if (since === undefined) return [seconds, nanos];
    const difference = nanos - since[1];
    return difference < 0 ? [seconds - since[0] - 1, difference + 1e9] : [seconds - since[0], difference];
  }
  hrtime.bigint = () => BigInt(Math.round(control.now() * 1e6)) + 1_000_000_000n;

  const refuse = (name, why) => {
    const refused = function () {
      throw require('internal/errors').refused(`process.${name}()`, why);
    };
    Object.defineProperty(refused, 'name', { value: name });
    Object.defineProperty(refused, Symbol.for('stepsmith.refuses'), { value: why });
    return refused;
  };

  const rights = 'a function has the rights it was given';
  let capturing;
  Object.assign(process, {
    title: 'node',
    version: `v${version}`,
    versions: { node: version, acorn: '8.16.0', ada: '2.9.2', ares: '1.34.6', brotli: '1.1.0', cjs_module_lexer: '2.2.0', cldr: '48.0', icu: '78.2', llhttp: '9.3.1', modules: '115', napi: '9', nghttp2: '1.61.0', openssl: '3.0.19', simdutf: '6.4.2', tz: '2025c', undici: '6.24.1', unicode: '17.0', uv: '1.46.0', uvwasi: '0.0.23', v8: '11.3.244.8-node.38', zlib: '1.3.1-e00f703' },
    arch: 'x64',
    platform: 'linux',
    release: { name: 'node', lts: 'Iron', sourceUrl: `https://nodejs.org/download/release/v${version}/node-v${version}.tar.gz`, headersUrl: `https://nodejs.org/download/release/v${version}/node-v${version}-headers.tar.gz` },
    argv: ['/usr/local/bin/node', `${modules.root}/index.js`],
    execArgv: [],
    execPath: '/usr/local/bin/node',
    argv0: 'node',
    env: {},
    pid: 1,
    ppid: 0,
    exitCode: undefined,
    config: { target_defaults: {}, variables: {} },
    features: { inspector: false, debug: false, uv: true, ipv6: true, tls: true },
    moduleLoadList: [],
    // What packages look at to choose a native build: the C library of a function host.
    report: { excludeNetwork: false, getReport: () => ({ header: { event: 'JavaScript API', platform: 'linux', arch: 'x64', glibcVersionRuntime: '2.34', glibcVersionCompiler: '2.34' }, sharedObjects: [] }) },
    allowedNodeEnvironmentFlags: new Set(),
    cwd: () => modules.root,
    chdir: refuse('chdir', 'a function always works in its own folder'),
    umask: () => 0o22,
    uptime: () => control.now() / 1000,
    hrtime,
    nextTick(callback, ...args) {
      if (typeof callback !== 'function') throw require('internal/errors').typeError('callback', 'of type function', callback);
      internal.nextTick(callback, args);
    },
    memoryUsage: Object.assign(() => ({ rss: control.memory(), heapTotal: control.memory(), heapUsed: control.memory(), external: 0, arrayBuffers: 0 }), { rss: () => control.memory() }),
    resourceUsage: () => ({ userCPUTime: Math.round(control.now() * 1000), systemCPUTime: 0, maxRSS: Math.round(control.memory() / 1024) }),
    cpuUsage: () => ({ user: Math.round(control.now() * 1000), system: 0 }),
    constrainedMemory: () => control.memoryLimit(),
    exit,
    abort: refuse('abort', 'throw an error instead'),
    kill: refuse('kill', 'a function has no processes'),
    reallyExit: (code) => exit(code),
    dlopen: refuse('dlopen', 'native addons cannot be loaded'),
    binding: refuse('binding', 'internals of Node do not exist here'),
    getuid: () => 1000,
    geteuid: () => 1000,
    getgid: () => 1000,
    getegid: () => 1000,
    getgroups: () => [1000],
    emitWarning(warning, type) {
      const name = typeof type === 'string' ? type : (type?.type ?? 'Warning');
      const text = warning instanceof Error ? `${warning.name}: ${warning.message}` : `${name}: ${warning}`;
      internal.group('console').write('warn', `(node:1) ${text}`, undefined, undefined, undefined);
      const error = warning instanceof Error ? warning : Object.assign(new Error(String(warning)), { name });
      internal.nextTick(() => process.emit('warning', error), []);
    },
    initgroups: refuse('initgroups', rights),
    setegid: refuse('setegid', rights),
    seteuid: refuse('seteuid', rights),
    setgid: refuse('setgid', rights),
    setgroups: refuse('setgroups', rights),
    setuid: refuse('setuid', rights),
    assert: (condition, message) => require('assert').ok(condition, message),
    availableMemory: () => Math.max(0, control.memoryLimit() - control.memory()),
    debugPort: 9229,
    getActiveResourcesInfo: () => [],
    getBuiltinModule: (name) => (internal.isPublic(`${name}`.replace(/^node:/, '')) ? require(`${name}`.replace(/^node:/, '')) : undefined),
    hasUncaughtExceptionCaptureCallback: () => capturing !== undefined,
    setUncaughtExceptionCaptureCallback(callback) {
      if (capturing !== undefined) process.removeListener('uncaughtException', capturing);
      capturing = callback === null ? undefined : (error) => callback(error);
      if (capturing !== undefined) process.on('uncaughtException', capturing);
    },
    loadEnvFile(path = '.env') {
      const read = require('internal/dotenv').parse(require('fs').readFileSync(require('path').resolve(modules.root, `${path}`), 'utf8'));
      for (const name of Object.keys(read)) process.env[name] ??= read[name];
    },
    openStdin: () => process.stdin.resume(),
    setSourceMapsEnabled() {},
    sourceMapsEnabled: false,
  });
  lazily('stdout', () => output('log', 1));
  lazily('stderr', () => output('error', 2));
  lazily('stdin', input);
  internal.process = process;
  module.exports = process;
}
