// Tries: to return a proxy whose traps throw
// Must give: failed unserializable
exports.handler = async (p) => {
  return new Proxy({}, { ownKeys() { throw new Error('trap'); } });
};
