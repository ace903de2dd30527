// Values that tell nothing of the machine.
export default function (exports, require) {
  const { numbers } = require('internal/constants');
  const constants = { __proto__: null, UV_UDP_REUSEADDR: 4 };
  for (const name of ['dlopen', 'errno', 'signals', 'priority']) constants[name] = Object.assign({ __proto__: null }, numbers(`os.${name}`));
  Object.assign(exports, {
    arch: () => 'x64',
    availableParallelism: () => 1,
    cpus: () => [{ model: 'cpu', speed: 2000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
    endianness: () => 'LE',
    freemem: () => 256 * 1024 * 1024,
    getPriority: () => 0,
    homedir: () => '/home/function',
    hostname: () => 'localhost',
    loadavg: () => [0, 0, 0],
    networkInterfaces: () => ({}),
    platform: () => 'linux',
    release: () => '5.10.0',
    setPriority() {},
    tmpdir: () => '/tmp',
    totalmem: () => 512 * 1024 * 1024,
    type: () => 'Linux',
    uptime: () => require('process').uptime(),
    userInfo: () => ({ uid: 1000, gid: 1000, username: 'function', homedir: '/home/function', shell: null }),
    version: () => '#1 SMP',
    machine: () => 'x86_64',
    constants,
    EOL: '\n',
    devNull: '/dev/null',
  });
}
