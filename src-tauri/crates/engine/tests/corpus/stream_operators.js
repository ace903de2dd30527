// What readable streams have in common with arrays.
const { Readable, Transform } = require('stream');
const pause = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const from = (...items) => Readable.from(items);

exports.handler = async () => {
  const said = async (name, what) => {
    try {
      console.log(name, await what());
    } catch (error) {
      console.log(name, 'failed', error.name, error.code, error.message);
    }
  };
  await said('map', () => from(1, 2, 3).map((x) => x * 2).toArray());
  await said('map async', () => from(3, 1, 2).map((x) => pause(x * 5, x), { concurrency: 3 }).toArray());
  await said('filter', () => from(1, 2, 3, 4).filter(async (x) => x % 2 === 0).toArray());
  await said('chain', () => from('a', 'b').map((x) => x + x).filter((x) => x !== 'aa').toArray());
  await said('flatMap', () => from(1, 2).flatMap((x) => [x, x * 10]).toArray());
  await said('drop take', () => from(1, 2, 3, 4, 5).drop(1).take(3).toArray());
  await said('take 0', () => from(1, 2).take(0).toArray());
  await said('forEach', async () => {
    const seen = [];
    return [await from(1, 2).forEach((x) => seen.push(x)), seen];
  });
  await said('some', () => from(1, 2).some((x) => x > 1));
  await said('some none', () => from(1, 2).some((x) => x > 2));
  await said('every', () => from(1, 2).every(async (x) => x > 0));
  await said('every not', () => from(1, 2).every((x) => x > 1));
  await said('find', () => from(1, 2, 3).find((x) => x > 1));
  await said('find none', () => from(1).find((x) => x > 1));
  await said('reduce', () => from(1, 2, 3).reduce((sum, x) => sum + x));
  await said('reduce initial', () => from(1, 2, 3).reduce(async (sum, x) => sum + x, 10));
  await said('reduce empty', () => from().reduce((sum, x) => sum + x));
  await said('reduce empty initial', () => from().reduce((sum, x) => sum + x, 7));
  await said('thrown', () => from(1, 2).map((x) => { if (x === 2) throw new TypeError('no 2'); return x; }).toArray());
  await said('source fails', () => new Readable({ objectMode: true, read() { this.destroy(new Error('broken')); } }).map((x) => x).toArray());
  await said('aborted', () => from(1, 2).toArray({ signal: AbortSignal.abort() }));
  await said('aborted later', () => {
    const control = new AbortController();
    setTimeout(() => control.abort(), 5);
    return from(1, 2).forEach((x, { signal }) => pause(50, signal), { signal: control.signal });
  });
  await said('signal', () => from(1).map((x, { signal }) => [x, signal.aborted, signal instanceof AbortSignal]).toArray());
  await said('no function', () => from(1).map(3));
  await said('no function later', () => from(1).some('x'));
  await said('no reducer', () => from(1).reduce(3));
  await said('concurrency text', () => from(1).map((x) => x, { concurrency: 'x' }));
  await said('negative', () => from(1).drop(-1));
  await said('concurrency', () => from(1).map((x) => x, { concurrency: 0 }));
  await said('many at once', async () => {
    let now = 0;
    let most = 0;
    await from(1, 2, 3, 4, 5, 6).map(async (x) => { now++; most = Math.max(most, now); await pause(2); now--; return x; }, { concurrency: 2 }).toArray();
    return most;
  });
  await said('compose', () => from('a', 'b').compose(new Transform({ objectMode: true, transform(chunk, _, done) { done(null, `${chunk}!`); } })).toArray());
  await said('compose generator', () => from('a', 'b').compose(async function* (source) { for await (const chunk of source) yield `${chunk}?`; }).toArray());
  console.log(from(1).map((x) => x) instanceof Readable, from(1).map((x) => x).readableObjectMode, Object.keys(Readable.prototype).includes('map'));
  return null;
};
