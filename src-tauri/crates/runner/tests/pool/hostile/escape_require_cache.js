// Tries: to replace a built-in for the host by writing to require.cache
// Must give: returned {"fs":"function","own":"mine"}
// File: lib/index.js module.exports = "real";
exports.handler = async (p) => {
  for (const key of ['fs', 'node:fs', 'internal/failure', 'internal/fetch', 'process']) require.cache[key] = { exports: { readFileSync: () => 'forged' }, loaded: true };
  require.cache[require.resolve('./lib')] = { exports: 'mine', loaded: true, id: 'x', children: [] };
  return { fs: typeof require('fs').createReadStream, own: require('./lib') };
};
