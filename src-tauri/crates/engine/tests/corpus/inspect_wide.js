// Where lines break.
exports.handler = async () => {
  const object = (count, width) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, 'v'.repeat(width)]));
  for (const count of [1, 3, 5, 6, 8]) for (const width of [1, 5, 10, 20, 60]) console.log(object(count, width));
  for (const count of [3, 6, 7, 10, 26, 27, 100, 101, 120]) console.log(Array.from({ length: count }, (_, i) => i));
  for (const count of [7, 12, 30]) console.log(Array.from({ length: count }, (_, i) => `item ${i * 37}`));
  for (const count of [7, 12]) console.log(Array.from({ length: count }, (_, i) => 'x'.repeat(i * 3)));
  console.log(Array.from({ length: 12 }, (_, i) => ({ id: i })));
  console.log(Array.from({ length: 8 }, (_, i) => [i, i * 100000]));
  console.log(Array.from({ length: 40 }, (_, i) => (i % 3 ? i * 1234.5 : -i)));
  console.log(Array.from({ length: 9 }, (_, i) => BigInt(i) ** 9n));
  console.log({ list: Array.from({ length: 30 }, (_, i) => i), deep: { list: Array.from({ length: 30 }, (_, i) => `${i}`) } });
  console.log({ text: 'line one\nline two\nline three which is rather longer than the others are\nend' });
  console.log(['a'.repeat(100), 'b'.repeat(100)]);
  console.log({ a: 'x'.repeat(70), b: 1 }, { a: 'x'.repeat(75) });
  console.log({ user: { name: 'Ada Lovelace', address: { street: 'Somewhere 1', city: 'London', country: { code: 'GB' } }, tags: ['a', 'b', 'c'] }, active: true });
  console.log(new Map(Array.from({ length: 12 }, (_, i) => [`key ${i}`, { value: i }])));
  console.log(new Set(Array.from({ length: 30 }, (_, i) => i)), new Set(Array.from({ length: 105 }, (_, i) => i)));
  console.log('x'.repeat(10001).length, ['y'.repeat(10005)][0].length, { z: 'z'.repeat(10003) });
  console.log(Object.assign([1, 2, 3], { extra: 'x', 'other-key': 1 }), Object.assign([], { a: 1 }));
  console.log(new Uint8Array(3), new Float64Array([1.5, -0, NaN]), new BigInt64Array(2), new Uint8Array(120), new ArrayBuffer(4), new DataView(new ArrayBuffer(2)));
  console.log({ fn: function () {}, nested: { fn: class X {} }, sym: Symbol.for('x') });
  console.log([['a', 1], ['b', 2]].map(([k, v]) => ({ [k]: v, nested: { deeper: { deepest: true } } })));
  console.log(Array.from({ length: 7 }, () => ({ a: 1, b: { c: 2 } })));
  console.log({ 'a b': 1, a1: 2, $x: 3, _y: 4, é: 5, 'x-y': 6, 12: 7 });
  return null;
};
