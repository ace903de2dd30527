// The messages that authors search for.
function message(run) {
  try { return `no error: ${run()}`; } catch (error) { return `${error.name}: ${error.message.split('\nRequire stack')[0]}`; }
}
exports.handler = async () => {
  let u; const n = null; const c = 1; const o = { a: {}, s: 'x', f() {}, list: [1] };
  const cases = [
    () => u.foo, () => u.foo.bar, () => n['foo'], () => { u.foo = 1; }, () => { n.x.y = 2; },
    () => o.missing(), () => o.a.missing(1), () => u(), () => missing(), () => missing,
    () => { c = 2; }, () => { c++; }, () => new o.a(), () => new o(), () => { const [x] = u; }, () => { const { x } = u; },
    () => { const { x } = null; },
    () => { for (const z of 5) ; }, () => { for (const z of u) ; }, () => [...o], () => o[u].x, () => o.a.b.c,
    () => { 'use strict'; Object.freeze(o.a); o.a.z = 1; }, () => { x1; let x1 = 1; }, () => null.x(), () => o.a.b.c(),
    () => { (function f() { f(); })(); }, () => new Array(-1), () => 2n + 1, () => `${Symbol('x')}`, () => +Symbol('x'), () => +2n,
    () => { const a = {}; a.a = a; JSON.stringify(a); }, () => { const a = { list: [] }; a.list.push({ back: a }); JSON.stringify(a); }, () => JSON.stringify(1n),
    () => [].reduce((a) => a), () => { throw new Error('own'); }, () => o.list.map((x) => x.y.z), () => o.f().g(), () => o.f().g, () => (o.a)(),
    () => new Date(NaN).toISOString(), () => (1.5).toFixed(200), () => o.list.foo(), () => o.list[0](), () => this.x.y, () => { new (class A { constructor() { this.b.c(); } })(); },
    () => 'abc'.foo(), () => u?.x.y, () => u?.x(), () => JSON.parse('{"a":}'), () => JSON.parse(''), () => JSON.parse('hello'), () => JSON.parse('{"a":1,}'), () => JSON.parse(u), () => JSON.parse('[1,2'), () => JSON.parse('{"a": }\n'), () => JSON.parse('01'), () => JSON.parse('1.'), () => JSON.parse('{"a":1}x'), () => JSON.parse('<html><head><title>Error</title></head></html>'), () => JSON.parse('undefined'), () => JSON.parse('"abc'), () => JSON.parse('{"a":"\\x"}'),
    () => Object.defineProperty(1, 'x', {}), () => (1).toString(99), () => decodeURIComponent('%'), () => Symbol.iterator(),
    () => o instanceof 5, () => o instanceof {}, () => Reflect.ownKeys(1), () => Promise(), () => o.s.t.u,
    () => require('./not-there'), () => require('not-there'), () => require(''), () => require(5), () => require('node:nothing'),
  ];
  cases.forEach((run, index) => console.log(index, message(run)));
  return null;
};
