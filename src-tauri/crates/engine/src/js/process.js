export default function (exports, require, module, internal) {
  const { control, modules } = internal;
  const EventEmitter = require('events');
  const process = Object.create(Object.create(EventEmitter.prototype, { constructor: { value: function process() {}, configurable: true } }));
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
  EventEmitter.init.call(process);

  const version = '20.20.2';
  const stream = (level, fd) => ({
    fd,
    isTTY: false,
    writable: true,
    columns: 80,
    write(chunk, encoding, done) {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const at = internal.caller();
      internal.group('console').write(level, text.endsWith('\n') ? text.slice(0, -1) : text, at?.file, at?.line);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') internal.nextTick(callback, []);
      return true;
    },
    end() {},
    on() {
      return this;
    },
    once() {
      return this;
    },
    emit() {
      return false;
    },
    removeListener() {
      return this;
    },
    getColorDepth: () => 1,
    hasColors: () => false,
  });

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
    return refused;
  };

  Object.assign(process, {
    title: 'node',
    version: `v${version}`,
    versions: { node: version, v8: '11.3.244.8-node.33', uv: '1.46.0', modules: '115' },
    arch: 'x64',
    platform: 'linux',
    release: { name: 'node', lts: 'Iron' },
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
    exit: refuse('exit', 'return a value or throw an error instead'),
    abort: refuse('abort', 'throw an error instead'),
    kill: refuse('kill', 'a function has no processes'),
    reallyExit: refuse('reallyExit', 'return a value or throw an error instead'),
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
      internal.group('console').write('warn', `(node:1) ${text}`, undefined, undefined);
      const error = warning instanceof Error ? warning : Object.assign(new Error(String(warning)), { name });
      internal.nextTick(() => process.emit('warning', error), []);
    },
    stdout: stream('log', 1),
    stderr: stream('error', 2),
    stdin: { fd: 0, isTTY: false, on: () => process.stdin, once: () => process.stdin, resume: () => process.stdin, pause: () => process.stdin, read: () => null },
  });
  internal.process = process;
  module.exports = process;
}
