const { AsyncLocalStorage, AsyncResource, executionAsyncId } = require('async_hooks');
const channels = require('diagnostics_channel');
const EventEmitter = require('events');
const { setTimeout: sleep } = require('timers/promises');
const als = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
const at = (label) => console.log(label, als.getStore(), other.getStore());
async function deep(label) { await null; at(`${label} 1`); await sleep(1); at(`${label} 2`); await new Promise((done) => setImmediate(done)); at(`${label} 3`); return als.getStore(); }
exports.handler = async () => {
  at('outside');
  console.log(await als.run('a', () => deep('first')), als.getStore());
  console.log(await Promise.all([1, 2, 3].map((n) => als.run(n, async () => { await sleep(4 - n); await Promise.resolve(); return [n, als.getStore()]; }))));
  await als.run('outer', async () => {
    await other.run('inner', async () => { await 1; at('both'); });
    at('inner gone');
    als.exit(() => at('exit'));
    await als.exit(async () => { await null; at('exit async'); });
    at('back');
    process.nextTick(() => at('tick')); queueMicrotask(() => at('micro')); await sleep(3); setTimeout(() => at('timeout'), 0); await sleep(3); setImmediate(() => at('immediate'));
    await sleep(5);
    const rejected = Promise.reject(new Error('no')); try { await rejected; } catch (error) { at(`caught ${error.message}`); }
    await Promise.reject(new Error('then')).catch(() => at('in catch')); at('after catch');
    const thenable = { then(resolve) { setTimeout(() => als.run('foreign', resolve, 'value'), 1); } };
    console.log(await thenable); at('after thenable');
    for await (const n of (async function* () { yield als.getStore(); await sleep(1); yield als.getStore(); })()) console.log('generated', n, als.getStore());
    const emitter = new EventEmitter(); emitter.on('x', () => at('event')); als.run('emitter', () => emitter.emit('x'));
    emitter.on('y', AsyncResource.bind(() => at('bound event'))); als.run('emitter', () => emitter.emit('y'));
    const snapshot = AsyncLocalStorage.snapshot(); als.run('else', () => snapshot(() => at('snapshot')));
    const bound = AsyncLocalStorage.bind((x) => [x, als.getStore()]); als.run('else', () => console.log(bound(1)));
    const resource = new AsyncResource('Mine'); als.run('else', () => console.log(resource.runInAsyncScope(function (x) { return [this.y, x, als.getStore(), executionAsyncId() === resource.asyncId()]; }, { y: 1 }, 2)));
  });
  at('outside again');
  const shared = new Promise((done) => setTimeout(done, 2, 'shared'));
  await Promise.all(['p', 'q'].map((name) => als.run(name, async () => { console.log(await shared, als.getStore()); await shared; at('settled'); })));
  await als.run('kept', () => Promise.resolve(1).then(() => deep('then')).finally(() => at('finally')));
  als.enterWith('entered'); at('entered'); await null; at('still'); const work = (async () => { await sleep(1); return als.getStore(); })(); als.enterWith('later'); console.log(await work, als.getStore()); als.disable(); at('disabled');
  class Sub extends Promise {} await als.run('sub', async () => { await Sub.resolve(1); at('subclass'); await new Sub((done) => setTimeout(done, 1)); at('subclass 2'); });
  const order = []; await als.run('order', async () => { const tell = async (name) => { for (let i = 0; i < 3; i++) { await (i === 1 ? undefined : Promise.resolve()); order.push(name + i); } }; const a = tell('a'), b = tell('b'); Promise.resolve().then(() => order.push('t1')).then(() => order.push('t2')); await a; await b; }); console.log(order.join());
  const channel = channels.channel('test'); console.log(channel.hasSubscribers, channels.channel('test') === channel); const hear = (message, name) => console.log('heard', message, name); channel.subscribe(hear); channel.publish({ a: 1 }); console.log(channel.unsubscribe(hear), channel.unsubscribe(hear), channels.hasSubscribers('test'));
  channel.bindStore(als, (message) => message.id); channel.runStores({ id: 7 }, () => at('in stores')); channel.unbindStore(als);
  const tracing = channels.tracingChannel('work'); tracing.subscribe({ start: (m) => console.log('start', m.n), end: (m) => console.log('end', m.n), asyncStart: (m) => console.log('asyncStart', m.result), asyncEnd: () => console.log('asyncEnd'), error: (m) => console.log('error', m.error.message) });
  tracing.traceSync((x) => x + 1, { n: 1 }, null, 1); await tracing.tracePromise(async (x) => x * 2, { n: 2 }, null, 4); try { tracing.traceSync(() => { throw new Error('bad'); }, { n: 3 }); } catch (error) { console.log(error.message); }
  await new Promise((done) => tracing.traceCallback((x, callback) => setImmediate(callback, null, x), -1, { n: 4 }, null, 9, (error, value) => { console.log(error, value); done(); }));
  for (const run of [() => new AsyncResource(), () => new AsyncResource('x').bind(1), () => channels.channel(1), () => channel.subscribe(1), () => new AsyncResource('a', { triggerAsyncId: -5 })]) try { run(); console.log('fine'); } catch (error) { console.log(error.name, error.code, error.message); }
  return als.getStore() ?? null;
};
