const show = (name, error) => {
  const { code, path, requestPath, requireStack, url } = error;
  const [first, ...more] = error.message.split('\nRequire stack:\n');
  console.log(name, error.name, first, more.length, JSON.stringify({ code, path, requestPath, url }), requireStack?.[0]);
};
const specifiers = ['./nope', 'nope', 'nope/x', '@s/n', 'ex', 'ex/a', 'ex/n', 'ex/miss', 'ex/bad', 'ex/nm', 'ex/arr', 'ex/num', 'ex/cond', 'ex/zz', 'ex/p/i', 'ex/p/private/x', 'ex/', 'ex/p/%2e', 'bad', 'nomain', './bad.json', './folder', 'esm', 'esm/i.js', 'esm/d.js', 'node:nope', '#x', '.\\x', 'test'];
exports.handler = async () => {
  for (const specifier of specifiers) {
    try {
      console.log('require', specifier, Object.keys(require(specifier)));
    } catch (error) {
      show(`require ${specifier}`, error);
    }
    try {
      console.log('import', specifier, Object.keys(await import(specifier)));
    } catch (error) {
      show(`import ${specifier}`, error);
    }
  }
  for (const [index, one] of require('ex/p/i').entries()) {
    try {
      console.log(index, one());
    } catch (error) {
      show(`inside ${index}`, error);
    }
  }
  for (const specifier of ['./lib/plain.txt', 'http://x/y.js', './lib', './bad.json?x', '@s']) {
    await import(specifier).then(
      () => console.log('imported', specifier),
      (error) => show(`import ${specifier}`, error),
    );
  }
  for (const id of [3, undefined, '', null]) {
    try {
      require(id);
    } catch (error) {
      show(`require ${id}`, error);
    }
  }
  console.log(require.resolve('ex/a'), require.resolve('node:fs'), require.resolve('fs'));
  console.log(require.resolve('./plain.txt', { paths: [`${__dirname}/lib`] }), require.resolve('ex/a', { paths: [`${__dirname}/lib`] }));
  try {
    require.resolve('./other.txt', { paths: [`${__dirname}/lib`] });
  } catch (error) {
    show('resolve', error);
  }
  console.log(require.resolve.paths('./x'), require.resolve.paths('fs'), require.resolve.paths('x')[0]);
  console.log(Object.keys(require), Object.keys(require.extensions), typeof require('./lib/plain.txt'));
  console.log(Object.keys(module), module.children.length, module.paths[0], module.loaded, require.cache[__filename] === module);
  delete require.cache[require.resolve('ex/a')];
  console.log(require('ex/a') === require('ex/a'));
  require.cache[require.resolve('ex/a')].exports = 'mine';
  console.log(require('ex/a'));
  return module.constructor === require('module');
};
