// How a call failed, in words.
export default function (exports, require, _module, internal) {
  const { control } = internal;

  function describe(value) {
    try {
      if (typeof value === 'string') return JSON.stringify(value);
      return require('internal/inspect').inspect(value, { depth: 1 });
    } catch {
      return typeof value;
    }
  }

  function report(reason, message, stack, frames) {
    const own = frames === undefined ? undefined : (frames.find((frame) => !frame.file.includes('/node_modules/')) ?? frames[0]);
    control.failed({ reason, message, stack: stack ?? '', file: own?.file, line: own?.line, column: own?.column });
  }

  const isError = (value) => internal.isError(value) || Object.prototype.toString.call(value) === '[object Error]';

  exports.thrown = function (error) {
    if (!isError(error)) {
      if (error === null && control.exhausted()) return report('out_of_memory', '', '', undefined);
      return report('thrown', `The code threw a value that is not an Error: ${describe(error)}`, '', undefined);
    }
    const name = String(error.name);
    const message = error.message === '' || error.message === undefined ? name : `${name}: ${error.message}`;
    let reason = 'thrown';
    // Without memory the engine cannot always say that it has none.
    if (name === 'InternalError' && (error.message === 'out of memory' || control.exhausted())) reason = 'out_of_memory';
    else if (name === 'RangeError' && error.message === 'Maximum call stack size exceeded') reason = 'stack_overflow';
    else if (internal.syntaxErrors?.has(error)) reason = 'syntax';
    let stack = error.stack;
    if (typeof stack !== 'string') stack = message;
    report(reason, message, stack, internal.framesOf(error));
  };

  // A file is not JavaScript: V8's words, and where.
  exports.syntax = function (error) {
    const frames = internal.framesOf(error);
    const at = frames?.[0];
    if (at === undefined) return;
    const text = require('internal/v8errors').syntax(error.message, internal.sourceLine(at.file, at.line), at.column);
    const last = internal.lastLine(at.file);
    if (at.line > last && last > 0) {
      at.line = last;
      at.column = internal.sourceLine(at.file, last).length + 1;
    }
    if (text === undefined || text === error.message) return;
    Object.defineProperty(error, 'message', { value: text, writable: true, enumerable: false, configurable: true });
  };

  exports.noHandler = function (exported, handler) {
    const file = internal.modules.entry();
    let message;
    if (exported === null || (typeof exported !== 'object' && typeof exported !== 'function')) {
      message = `${file} exports ${describe(exported)} instead of an object with \`handler\``;
    } else if (handler === undefined) {
      const names = Object.keys(exported);
      message = names.length === 0 ? `${file} exports nothing` : `${file} exports no \`handler\`, only ${names.slice(0, 5).map((name) => `\`${name}\``).join(', ')}${names.length > 5 ? ', …' : ''}`;
    } else {
      message = `\`handler\` of ${file} is ${describe(handler)}, not a function`;
    }
    report('handler', `${message}. Write exports.handler = async (parameters) => { … }.`, '', undefined);
  };

  exports.unserializable = function (value, error) {
    let message;
    if (value === undefined) message = 'The handler returned undefined: a `return` is missing, or a path through the code has none.';
    else if (typeof value === 'function') message = 'The handler returned a function, which JSON cannot hold.';
    else if (typeof value === 'symbol' || typeof value === 'bigint') message = `The handler returned a ${typeof value === 'bigint' ? 'BigInt' : 'symbol'} (${describe(value)}), which JSON cannot hold.`;
    else if (error === undefined) message = 'The handler returned a value whose toJSON gives nothing.';
    else message = culprit(value) ?? `The value returned cannot be written as JSON: ${error.message}.`;
    report('unserializable', message, error?.stack, error === undefined ? undefined : internal.framesOf(error));
  };

  // Walks the value to where JSON fails.
  function culprit(value) {
    const open = [];
    const step = (path, key) => (Number.isInteger(Number(key)) && key !== '' ? `${path}[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`);
    function visit(node, path) {
      if (typeof node === 'bigint') return `${path} is a BigInt (${node}n), which JSON cannot hold; convert it with String() or Number().`;
      if (node === null || typeof node !== 'object') return undefined;
      const circle = open.find((one) => one.node === node);
      if (circle !== undefined) return `${path} leads back to ${circle.path}: a value that contains itself cannot be written as JSON.`;
      if (typeof node.toJSON === 'function') return undefined;
      open.push({ node, path });
      for (const key of Object.keys(node)) {
        const found = visit(node[key], step(path, key));
        if (found !== undefined) return found;
      }
      open.pop();
      return undefined;
    }
    try {
      return visit(value, 'result');
    } catch {
      return undefined;
    }
  }
}
