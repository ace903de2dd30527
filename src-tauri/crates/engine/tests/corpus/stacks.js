const shown = (stack) => stack.split('\n').filter((line) => !line.includes('node:') && !line.includes('Promise.all') && !line.includes('_onTimeout')).join('\n');
const print = (error) => console.log(shown(error.stack));
async function inner() { await null; throw new Error('deep'); }
async function middle() {
  await inner();
}
const arrow = async () => { const x = 1; return await middle(); };
class A { async method() { for (const i of [1]) { await arrow(); } } static async st() { await new A().method(); } get got() { throw new TypeError('getter'); } constructor(fail) { if (fail) throw new Error('in constructor'); } plain() { return [1].map((n) => n.missing.here); } }
class Sub extends A { constructor() { super(true); } }
const object = { method() { null.x; }, arrow: () => { undefined.y; }, nested: { deep() { return object.method(); } } };
function Old() { throw new RangeError('old style'); }
const sync = (run) => { try { run(); } catch (error) { print(error); } };
const order = []; function held() { const made = {}; Error.captureStackTrace(made); return made; }
function Captured() { Error.captureStackTrace(this, Captured); this[['na', 'me'].join('')] = 'Captured'; }
// Whoever catches an error sees the frames up to himself; V8 has those above him, too.
const upTo = (stack) => shown(stack).replace(/\n {4}at async later .*[^]*/, '');
const later = async (run) => { try { await run(); } catch (error) { console.log(upTo(error.stack)); } };
exports.handler = async () => {
  await later(() => A.st());
  await later(async () => { try { await inner(); } catch (error) { throw error; } });
  await later(async function rec(n = 3) { if (n === 0) { await 1; throw new Error('rec'); } await rec(n - 1); });
  await later(async () => { for await (const x of (async function* gen() { yield 1; await inner(); })()) x; });
  await later(async () => { await inner().then((x) => x); });
  await later(async () => { const p = inner(); await
    p; });
  await later(async () => { try { await middle(); } finally { order.push(1); } });
  await later(async () => { try { await middle(); } catch (cause) { throw new Error('wrapped', { cause }); } });
  for (const run of [function r1() { return new Sub(); }, function r2() { return new A().plain(); }, function r3() { return object.nested.deep(); }, function r4() { return object.arrow(); }, function r5() { return new Old(); }, function r6() { return [3, 1].sort(() => { throw new Error('in sort'); }); }, function r7() { return new Promise(() => { object.method(); }).catch(() => {}); }, function r8() { return 'a'.replace(/a/, () => { throw new Error('replacer'); }); }]) sync(run);
  print(new Captured()); print(held());
  const before = Error.prepareStackTrace; Error.prepareStackTrace = (error, sites) => [error.message, sites]; const [message, sites] = new Error('prepared').stack; Error.prepareStackTrace = before;
  const own = sites.filter((site) => site.getFileName() === __filename); console.log(message, own.length > 0, own.map((site) => [site.getLineNumber(), site.getColumnNumber(), site.getFunctionName(), site.getTypeName(), site.getMethodName(), site.isNative(), site.isConstructor(), site.isEval(), site.isAsync(), site.toString().replace(__dirname, '')]));
  const limit = Error.stackTraceLimit; Error.stackTraceLimit = 1; const short = new Error('short').stack; Error.stackTraceLimit = 0; const none = new Error('none').stack; Error.stackTraceLimit = limit; console.log(limit, short.split('\n').length, none);
  const named = new Error('first'); named.name = 'Renamed'; named.message = 'changed'; print(named); const custom = new (class Custom extends Error { get name() { return 'Custom'; } })('own'); print(custom); 
  const error = new Error('printed', { cause: new TypeError('the cause') }); console.log(shown(require('util').inspect(error))); console.log(shown(require('util').inspect(new AggregateError([new Error('one')], 'many'))));
  return middle();
};
