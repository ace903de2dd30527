// Tries: to reach the host through Object.prototype
// Must give: failed thrown "TypeError: the real one"
exports.handler = async (p) => {
  for (const name of ['reason', 'message', 'stack', 'file', 'line', 'column', 'get', 'set', 'value', 'enumerable', 'writable', 'configurable', 'then', 'code', 'filename', 'exports', 'builtin', 'path']) {
    try { Object.defineProperty(Object.prototype, name, { get() { return undefined; }, set() {}, configurable: true }); } catch {}
  }
  throw new TypeError('the real one');
};
