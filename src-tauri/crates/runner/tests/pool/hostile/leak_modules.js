// Tries: to leave a changed module in the cache
// Must give: returned 1
// File: lib/index.js exports.real = true;
exports.handler = async (p) => {
  require('./lib').left = 1;
  require('crypto').randomBytes = () => Buffer.alloc(1);
  return 1;
};
