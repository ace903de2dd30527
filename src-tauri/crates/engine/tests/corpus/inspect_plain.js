// Nested values as the console prints them.
exports.handler = async () => {
  console.log({}, [], '', 'text', 0, -0, 1.5, NaN, Infinity, 10n, true, null, undefined, Symbol('s'));
  console.log({ a: 1, 'b-c': 2, 3: 4, [Symbol('key')]: 5, __proto__: null });
  console.log([[[[[1]]]]], { a: { b: { c: { d: 1 } } } });
  console.log([undefined, null, , , 5], [, ,], new Array(3));
  console.log(['it\'s', "say \"hi\"", `both ' and "`, 'new\nline', 'tab\t', '\\', '\x00\x1b', '\ud83d', '😀', 'é']);
  console.log({ s: 'it\'s', k: "a'b\"c`d" });
  console.log(new Map([['a', 1], [{ b: 2 }, [3]]]), new Set([1, 'two', { three: 3 }]), new Map(), new Set());
  console.log([new Map([[1, { a: { b: {} } }]])]);
  console.log(new Date(0), new Date(NaN), /re/gi, [new Date(86400000), /x/]);
  console.log(function () {}, function named() {}, () => {}, async () => {}, function* gen() {}, async function* agen() {}, class {}, class A {}, class B extends Map {});
  console.log({ f() {}, g: () => {}, h: class {} });
  console.log(Object.assign(() => {}, { a: 1 }), Object.assign(function f() {}, { x: { y: {} } }));
  console.log(Promise.resolve(4), Promise.reject(new Error('x')).catch(() => {}) && new Promise(() => {}));
  console.log(new Number(3), new String('abc'), new Boolean(false), Object(Symbol('q')), Object(10n));
  console.log(new WeakMap(), new WeakSet(), Symbol.iterator, globalThis === global);
  console.log({ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} });
  class Point { constructor() { this.x = 1; this.y = 2; } }
  class Empty {}
  console.log(new Point(), new Empty(), [new Point()], { p: new Empty() });
  class Tagged { get [Symbol.toStringTag]() { return 'Tag'; } }
  console.log(new Tagged(), Object.create(null), Object.create({}), Object.create(Point.prototype));
  const circle = { name: 'c' }; circle.self = circle; circle.list = [circle, { circle }];
  console.log(circle);
  console.log((function () { return arguments; })(1, 'two'));
  console.log([1.0, 2.5, -3], [true, false], ['a', 'b', 'c']);
  console.log([[1, 2, [3, 4, [5, [6]]]], { a: [{ b: { c: {} } }] }]);
  console.log({ a: [], b: {}, c: new Map(), d: '' });
  console.log([new Error('inside').message, [null], [undefined]]);
  console.log('%o', { a: { b: { c: { d: { e: 1 } } } } }.a.b.c.d.e);
  return null;
};
