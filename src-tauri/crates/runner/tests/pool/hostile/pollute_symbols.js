// Tries: to bend the host with Symbol.hasInstance, toPrimitive and toStringTag
// Must give: failed thrown "RangeError: the real one"
exports.handler = async (p) => {
  Object.defineProperty(Error, Symbol.hasInstance, { value: () => { throw 'mine'; } });
  Object.defineProperty(Object.prototype, Symbol.toPrimitive, { get() { throw 'mine'; }, configurable: true });
  Object.defineProperty(Error.prototype, Symbol.toStringTag, { get() { throw 'mine'; }, configurable: true });
  throw new RangeError('the real one');
};
