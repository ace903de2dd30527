// What the language itself can do.
class Counter { static #made = 0; #n = 0; static { this.ready = true; } get n() { return this.#n; } inc() { Counter.#made++; return ++this.#n; } static get made() { return Counter.#made; } }
exports.handler = async ({ name, ...rest }) => {
  const c = new Counter(); c.inc(); console.log(c.n, Counter.made, Counter.ready, c);
  console.log(name ?? 'none', rest?.list?.[1], rest.nope?.x, `${name}!`, [..."añ😀"].length, 'x'.padStart(3, '-'), 'a-b-c'.replaceAll('-', '+'), ' t '.trim(), 'abc'.at(-1));
  console.log([3, 1, 2].toSorted(), [1, 2, 3].with(1, 9), [1, 2, 3].findLast((x) => x < 3), [[1], [2, [3]]].flat(Infinity), Object.entries({ a: 1 }), Object.fromEntries([['b', 2]]), Array.from({ length: 3 }, (_, i) => i * i));
  label: for (const x of [1, 2, 3]) { for (const y of [1, 2]) { if (y === 2) continue label; if (x === 3) break label; console.log(x, y); } }
  const gen = (function* () { const got = yield 1; console.log('got', got); yield* [2, 3]; return 4; })(); console.log(gen.next(), gen.next('hi'), gen.next(), gen.next(), gen.next());
  console.log(await Promise.all([1, Promise.resolve(2)]), await Promise.allSettled([Promise.reject(new Error('x')), 1]).then((r) => r.map((x) => x.status)), await Promise.any([Promise.reject(1), 2]), await Promise.race([3, new Promise(() => {})]));
  for await (const v of (async function* () { yield 'async'; })()) console.log(v);
  console.log(/(?<y>\d{4})-(?<m>\d\d)/u.exec('on 2024-05-06').groups.y, 'aBc'.replace(/[A-Z]/g, (m) => `<${m}>`), [...'a1b2'.matchAll(/[a-z](\d)/g)].map((m) => m[1]), /(?<=\$)\d+/.exec('cost $42')[0], /\p{L}+/u.exec('héé1')[0], 'x'.match(/y/));
  console.log(0.1 + 0.2, (1234.5678).toFixed(2), parseInt('12px'), Number(''), Number('0x1f'), 2 ** 53, 10n ** 20n, 7n / 2n, -7 % 3, 5 / 0, (255).toString(16), (0.000001234).toString(), 1e21, Math.max(...[1, 5, 3]), Math.trunc(-1.5), Number.MAX_SAFE_INTEGER);
  console.log(typeof null, typeof undefined, [] + {}, [1, 2] + '', null == undefined, NaN === NaN, Object.is(NaN, NaN), '2' > '12', 2 > '12');
  const proxy = new Proxy({}, { get: (t, k) => `prop ${String(k)}` }); console.log(proxy.x, Reflect.has({ a: 1 }, 'a'));
  const { a = 1, b: { c: d = 2 } = {}, ...others } = { e: 5, f: 6 }; console.log(a, d, others); const [x, , y = 9, ...z] = [1, 2, undefined, 4, 5]; console.log(x, y, z);
  const tagged = (s, ...v) => s.raw.join('|') + v.join(); console.log(tagged`a${1}\n${2}b`); console.log(new Intl0().ok); function Intl0() { this.ok = new.target === Intl0; }
  const kept = {}; const weak = new WeakRef(kept); console.log(typeof weak.deref(), Symbol.for('k') === Symbol.for('k'), Symbol('d').description); try { null.f(); } catch { console.log('caught'); } finally { console.log('finally'); }
  const dates = ['2024-02-30', '2024-01-15T10:00:00Z', 'Jan 5, 2024 UTC', '2024/01/05 GMT', 'nope']; console.log(dates.map((t) => new Date(t).getTime())); console.log(new Date(2024, 0, 31, 12).getMonth(), new Date('2024-01-15T10:00:00Z').toJSON(), new Date(0).getTimezoneOffset() === new Date(0).getTimezoneOffset());
  var hoisted = typeof later; function later() {} console.log(hoisted, (() => { try { return 'try'; } finally { console.log('f'); } })(), void 0, (1, 2)); console.log(eval('1 + 1'), new Function('a', 'return a * 2')(4), [10, 9, 1].sort(), ['b', 'a', 'C'].sort(), 'ß'.toUpperCase(), 'İ'.toLowerCase().length, 'é'.normalize('NFD').length);
  return { done: true };
};
