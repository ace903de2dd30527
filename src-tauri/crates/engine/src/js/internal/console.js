// The console: every method writes a line of the call's log.
export default function (exports, require, module, internal) {
  const { write } = internal.group('console');
  const { control, OwnMap } = internal;
  // Most lines are strings and numbers: they need no inspection.
  function format(args) {
    if (args.length === 1 && typeof args[0] === 'string') return args[0];
    let simple = args.length > 0 && (typeof args[0] !== 'string' || !args[0].includes('%'));
    for (let index = 0; simple && index < args.length; index++) {
      const type = typeof args[index];
      simple = type === 'string' || type === 'boolean' || type === 'undefined' || (type === 'number' && args[index] !== 0) || args[index] === null;
    }
    return simple ? args.map(String).join(' ') : require('internal/inspect').format(...args);
  }
  // A console whose lines go to `put`.
  function make(put) {
    let indent = '';
    const counts = new OwnMap();
    const timers = new OwnMap();
    const line = (level, text) => put(level, indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`));

    const console = {
      log(...args) {
        line('log', format(args));
      },
      warn(...args) {
        line('warn', format(args));
      },
      dir(value, options) {
        line('log', require('internal/inspect').inspect(value, { customInspect: false, ...options }));
      },
      time(label = 'default') {
        label = `${label}`;
        if (timers.has(label)) return line('warn', `Warning: Label '${label}' already exists for console.time()`);
        timers.set(label, control.now());
      },
      timeEnd(label = 'default') {
        label = `${label}`;
        if (!timers.has(label)) return line('warn', `Warning: No such label '${label}' for console.timeEnd()`);
        line('log', `${label}: ${span(control.now() - timers.get(label))}`);
        timers.delete(label);
      },
      timeLog(label = 'default', ...data) {
        label = `${label}`;
        if (!timers.has(label)) return line('warn', `Warning: No such label '${label}' for console.timeLog()`);
        line('log', [`${label}: ${span(control.now() - timers.get(label))}`, ...(data.length > 0 ? [format(data)] : [])].join(' '));
      },
      trace(...args) {
        const text = format(args);
        const holder = { name: 'Trace', message: text };
        Error.captureStackTrace(holder, console.trace);
        const frames = String(holder.stack).split('\n').filter((one) => /^ {4}at /.test(one));
        line('error', [text === '' ? 'Trace' : `Trace: ${text}`, ...frames].join('\n'));
      },
      assert(condition, ...args) {
        if (condition) return;
        args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
        line('warn', format(args));
      },
      clear() {},
      count(label = 'default') {
        label = `${label}`;
        const count = (counts.get(label) ?? 0) + 1;
        counts.set(label, count);
        line('log', `${label}: ${count}`);
      },
      countReset(label = 'default') {
        label = `${label}`;
        if (!counts.has(label)) return line('warn', `Warning: Count for '${label}' does not exist`);
        counts.delete(label);
      },
      group(...args) {
        if (args.length > 0) line('log', format(args));
        indent += '  ';
      },
      groupEnd() {
        indent = indent.slice(0, -2);
      },
      table(data, properties) {
        if (data === null || typeof data !== 'object') return line('log', format([data]));
        line('log', require('internal/table').table(data, properties));
      },
      debug(...args) {
        line('debug', format(args));
      },
      info(...args) {
        line('info', format(args));
      },
      dirxml(...args) {
        line('log', format(args));
      },
      error(...args) {
        line('error', format(args));
      },
      groupCollapsed(...args) {
        console.group(...args);
      },
      get Console() {
        return require('internal/console_class').Console;
      },
      profile() {},
      profileEnd() {},
      timeStamp() {},
      context() {
        return console;
      },
      createTask() {
        return { run: (task) => task() };
      },
      [Symbol.toStringTag]: 'console',
    };
    Object.defineProperty(console, Symbol.toStringTag, { enumerable: false });

    function span(ms) {
      if (ms >= 3_600_000) {
        const hours = Math.floor(ms / 3_600_000);
        return `${hours}:${String(Math.floor((ms % 3_600_000) / 60_000)).padStart(2, '0')}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')} (h:mm:ss)`;
      }
      if (ms >= 60_000) return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
      if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
      return `${Number(ms.toFixed(3))}ms`;
    }
    for (const name of Object.keys(console)) if (name !== 'Console') Object.defineProperty(console[name], 'name', { value: name });
    return console;
  }
  internal.consoleOf = make;

  module.exports = make((level, text) => {
    const at = internal.caller();
    write(level, text, at?.file, at?.line, at?.column);
  });
}
