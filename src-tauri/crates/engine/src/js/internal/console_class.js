// console.Console: the console's methods over streams of one's own.
export default function (exports, require, _module, internal) {
  const { OwnWeakMap, OwnSet } = internal;
  const console = require('internal/console');
  const { consoleOf } = internal;

  // Each one's methods.
  const made = new OwnWeakMap();
  const methods = 'log warn dir time timeEnd timeLog trace assert clear count countReset group groupEnd table debug info dirxml error groupCollapsed'.split(' ');
  const toErrors = new OwnSet(['warn', 'error']);
  function Console(options, stderr) {
    if (!new.target) return Reflect.construct(Console, arguments);
    const { stdout, stderr: errors = stdout } = typeof options?.write === 'function' ? { stdout: options, stderr } : (options ?? {});
    for (const [name, stream] of [['stdout', stdout], ['stderr', errors ?? stdout]]) {
      if (typeof stream?.write !== 'function') throw require('internal/errors').coded(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`);
    }
    made.set(this, consoleOf((level, text) => void (toErrors.has(level) ? (errors ?? stdout) : stdout).write(`${text}\n`)));
    for (const name of methods) this[name] = this[name].bind(this);
  }
  for (const name of methods) {
    Console.prototype[name] = function (...args) {
      return (made.get(this) ?? console)[name](...args);
    };
    Object.defineProperty(Console.prototype[name], 'name', { value: name });
  }
  exports.Console = Console;
}
