// Tries: to leave globals and prototypes for the next call
// Must give: returned 1
exports.handler = async (p) => {
  globalThis.left = 1;
  var also = 2;
  Object.prototype.left = 1;
  require('fs').left = 1;
  process.env.LEFT = 'x';
  process.title = 'left';
  process.on('exit', () => {});
  Math.random = () => 4;
  Date.now = () => 0;
  Array.prototype.map = null;
  return 1;
};
