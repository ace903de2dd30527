// Tries: to break the host by replacing Array.prototype's methods
// Must give: failed thrown "Error: the real one"
exports.handler = async (p) => {
  for (const name of Object.getOwnPropertyNames(Array.prototype)) {
    if (typeof Array.prototype[name] === 'function' && name !== 'constructor') Array.prototype[name] = () => { throw 'mine'; };
  }
  Array.prototype[Symbol.iterator] = () => { throw 'mine'; };
  throw new Error('the real one');
};
