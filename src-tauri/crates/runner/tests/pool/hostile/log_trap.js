// Tries: to break the console with hostile values
// Must give: returned 1
exports.handler = async (p) => {
  for (const value of [new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } }), { get [Symbol.toStringTag]() { throw 4; } }, { get constructor() { throw 5; } }, Object.create(null), { [Symbol.for('nodejs.util.inspect.custom')]: 1 }]) {
    try { console.log(value, [value], { value }); } catch {}
    try { console.error('%s %o %O %d %j', value, value, value, value, value); } catch {}
  }
  return 1;
};
