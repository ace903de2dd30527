// CommonJS as Node does it.
const first = require('./lib');
exports.before = true;
const cycle = require('./lib/cycle-a');
exports.handler = async function () {
  console.log(first, cycle, require('./lib/data'), require('./lib/data.json') === require('./lib/data'));
  console.log(require('plain'), require('mapped'), require('mapped/sub'), require('@org/scoped/deep'), require('./lib/uses-nested'));
  console.log(require.resolve('./lib'), require.resolve('plain'), require.resolve('fs'), require.resolve('node:path'));
  console.log(__filename, __dirname, typeof module, module.id, module.filename, module.loaded, module.children.length, require.main === module, this === undefined, typeof exports);
  console.log(require.cache[__filename] === module, require('./lib/counter').next(), require('./lib/counter').next());
  delete require.cache[require.resolve('./lib/counter')]; console.log(require('./lib/counter').next());
  for (const name of ['./missing', 'absent', 'mapped/hidden', './lib/broken-json.json', './lib/throws', 'mapped/package.json']) {
    try { console.log(require(name)); } catch (error) { console.log(error.name, error.code, error.message.split('\n')[0]); }
  }
  try { require('./lib/throws'); } catch (error) { console.log('again', error.message); }
  console.log(require('./lib/this'), require('./lib/returns'), require('./lib/shebang'), require('./lib/wrapper').length, require('./lib/strict'));
  console.log(require('module').builtinModules.includes('fs'), require('node:events') === require('events'), require('./lib/function')(2));
  return { ok: true };
};
