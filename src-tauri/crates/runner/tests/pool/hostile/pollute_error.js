// Tries: to lie about errors through Error.prototype and prepareStackTrace
// Must give: failed thrown "the real one"
exports.handler = async (p) => {
  Object.defineProperty(Error.prototype, 'name', { get() { throw 'mine'; } });
  Object.defineProperty(Error.prototype, 'stack', { get() { throw 'mine'; } });
  Error.prepareStackTrace = () => { throw 'mine'; };
  const error = new Error('x');
  Object.defineProperty(error, 'message', { value: 'the real one' });
  Object.defineProperty(error, 'name', { value: 'Error' });
  throw error;
};
