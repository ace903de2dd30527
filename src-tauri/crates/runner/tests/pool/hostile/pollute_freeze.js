// Tries: to break the host by freezing what it still has to fill
// Must give: returned {"honest":true}
exports.handler = async (p) => {
  for (const value of [globalThis, Object.prototype, Array.prototype, Error, Error.prototype, Function.prototype, Promise, Promise.prototype, Object]) {
    try { Object.freeze(value); } catch {}
  }
  console.log('still here', { a: 1 });
  require('util').inspect(new Map());
  return { honest: true };
};
