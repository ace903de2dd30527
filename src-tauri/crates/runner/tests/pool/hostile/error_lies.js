// Tries: to throw what cannot be read
// Must give: failed thrown
exports.handler = async (p) => {
  throw new Proxy(new Error('x'), { get() { throw new Error('trap'); }, getPrototypeOf() { throw 1; } });
};
