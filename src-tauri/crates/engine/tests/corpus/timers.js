// The order of everything.
const { setTimeout: sleep } = require('timers/promises');
exports.handler = async () => {
  const order = [];
  const put = (text) => () => order.push(text);
  setTimeout(put('timeout 250'), 250); setTimeout(put('timeout 0'), 0); setTimeout(put('timeout 1'), 1); setTimeout(put('timeout 400'), 400);
  process.nextTick(put('tick 1')); Promise.resolve().then(put('micro 1')).then(put('micro 2')); queueMicrotask(put('micro 3'));
  process.nextTick(() => { order.push('tick 2'); process.nextTick(put('tick 3')); Promise.resolve().then(put('micro 4')); });
  order.push('sync');
  await sleep(500); // far apart: a busy machine takes its time between two lines
  console.log(order.join(', '));
  order.length = 0;
  await new Promise((done) => setTimeout(() => {
    setImmediate(put('immediate 1')); setImmediate(() => { order.push('immediate 2'); process.nextTick(put('tick')); Promise.resolve().then(put('micro')); setImmediate(put('immediate 4')); }); setImmediate(put('immediate 3'));
    setTimeout(done, 10);
  }, 1));
  console.log(order.join(', '));
  let count = 0;
  await new Promise((done) => { const handle = setInterval(() => { if (++count === 3) { clearInterval(handle); done(); } }, 2); });
  console.log('interval', count);
  const cancelled = setTimeout(() => console.log('never'), 1); clearTimeout(cancelled); clearTimeout(undefined); clearTimeout(null); clearImmediate(setImmediate(() => console.log('never')));
  const unref = setTimeout(() => {}, 5); console.log(unref.hasRef(), unref.unref().hasRef(), typeof unref[Symbol.toPrimitive]());
  setTimeout((a, b) => console.log('arguments', a, b), 1, 'x', 'y');
  console.log(await sleep(3, 'value'));
  try { setTimeout('code'); } catch (error) { console.log(error.name, error.code, error.message); }
  const controller = new AbortController(); const waiting = sleep(1000, null, { signal: controller.signal }); controller.abort();
  await waiting.catch((error) => console.log(error.name, error.code, error.message));
  await require('util').promisify(setTimeout)(1);
  for await (const tick of require('timers/promises').setInterval(1, 'tick')) { console.log(tick); break; }
  return order.length;
};
