const tell = async (name, work) => {
  try {
    console.log(name, await work());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
};
exports.handler = async () => {
  await tell('names', async () => {
    const m = await import('./lib/a.mjs');
    return [Object.keys(m), m.default.name, m.v, m.u];
  });
  await tell('again', async () => (await import('./lib/a.mjs')) === (await import('./lib/../lib/a.mjs')));
  await tell('query', async () => [(await import('./lib/count.mjs')).n, (await import('./lib/count.mjs?a')).n, (await import('./lib/count.mjs')).n]);
  await tell('built-in', async () => {
    const path = await import('node:path');
    return [path.default === require('path'), path.join('a', 'b'), (await import('path')) === path];
  });
  await tell('commonjs', async () => [await import('./lib/c.cjs'), (await import('./lib/c.cjs')).default === require('./lib/c.cjs')]);
  await tell('reexports', async () => Object.keys(await import('./lib/reexports.cjs')));
  await tell('json', async () => (await import('./lib/d.json', { with: { type: 'json' } })).default);
  await tell('json without type', () => import('./lib/d.json'));
  await tell('type without json', () => import('./lib/a.mjs', { with: { type: 'json' } }));
  await tell('no package.json', async () => (await import('./lib/unsaid.js')).default);
  await tell('top-level await', async () => (await import('./lib/tla.mjs')).default);
  await tell('throws', () => import('./lib/throws.mjs'));
  await tell('throws again', () => import('./lib/throws.mjs'));
  await tell('order', async () => {
    globalThis.order = [];
    await import('./lib/order.mjs');
    return globalThis.order;
  });
  await tell('cycle', async () => (await import('./lib/even.mjs')).even(10));
  await tell('live', async () => {
    const m = await import('./lib/live.mjs');
    m.add();
    return m.n;
  });
  await tell('frozen', async () => {
    'use strict';
    const m = await import('./lib/live.mjs');
    return [Object.isSealed(m), Object.prototype.toString.call(m), Reflect.set(m, 'n', 1)];
  });
  await tell('require', () => [require('./lib/b.mjs').q, require('./lib/b.mjs').__esModule, require('./lib/b.mjs') === require('./lib/b.mjs')]);
  await tell('require without default', () => [require('./lib/live.mjs').n, require('./lib/live.mjs').__esModule]);
  await tell('require module.exports', () => require('./lib/whole.mjs'));
  await tell('require unsaid', () => require('./lib/unsaid.js').default);
  await tell('require top-level await', () => require('./lib/tla2.mjs'));
  await tell('createRequire', async () => (await import('./lib/create.mjs')).default.join());
  await tell('eval', () => eval("import('./lib/live.mjs')").then((m) => typeof m.add));
  await tell('strict', async () => (await import('./lib/strict.mjs')).default);
  return 'done';
};
