const vm = require('vm');
const message = (run) => { try { return run(); } catch (error) { return `${error.name}: ${error.message}`; } };
exports.handler = async () => {
  globalThis.outer = 5;
  console.log(vm.runInThisContext('outer + 1'), new vm.Script('typeof require + typeof outer').runInThisContext(), vm.runInThisContext('var made = 3; made'), globalThis.made, message(() => vm.runInThisContext('nothing.here')));
  const sandbox = { x: 2, list: [1], add(n) { return n + this.x; } };
  console.log(vm.runInNewContext('x * 21', sandbox), vm.runInNewContext('typeof outer'), vm.runInNewContext('typeof require + typeof process + typeof console + typeof setTimeout + typeof Array + typeof JSON'));
  vm.createContext(sandbox); console.log(vm.isContext(sandbox), vm.isContext({}));
  vm.runInContext('y = x + 1; var z = y; let hidden = 1; list.push(2); x = 10; function fn(a) { return a + y; }', sandbox); console.log(sandbox.y, sandbox.z, sandbox.hidden, sandbox.list, sandbox.x, sandbox.fn(1), Object.keys(sandbox).sort());
  sandbox.x = 20; console.log(vm.runInContext('x + z', sandbox), vm.runInContext('hidden', sandbox));
  console.log(vm.runInNewContext('[1, 2]') instanceof Array, Array.isArray(vm.runInNewContext('[1, 2]')), vm.runInNewContext('this.constructor.name'), vm.runInNewContext('Object.getPrototypeOf(f) === Object.prototype', { f: {} }));
  console.log(message(() => vm.runInNewContext('throw new TypeError("inside")')), message(() => vm.runInNewContext('missing')), message(() => new vm.Script('let = ')), message(() => vm.runInContext('1', {})), message(() => vm.runInNewContext(5)), message(() => vm.createContext(1)));
  const script = new vm.Script('count = (typeof count === "undefined" ? 0 : count) + 1', { filename: 'counter.js' }); const c = vm.createContext({}); script.runInContext(c); script.runInContext(c); console.log(c.count);
  console.log(vm.compileFunction('return a + b', ['a', 'b'])(1, 2), message(() => vm.compileFunction('syntax error here')));
  try { vm.runInThisContext('\n  undefined.x', 'given.js'); } catch (error) { console.log(error.stack.split('\n').filter((line) => line.includes('given.js')).length > 0); }
  const log = []; vm.runInNewContext('for (const n of items) log(n)', { items: [1, 2], log: (n) => log.push(n) }); console.log(log);
  return vm.runInNewContext('({ a: [1, { b: 2 }] })');
};
