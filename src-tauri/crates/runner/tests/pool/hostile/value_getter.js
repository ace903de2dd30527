// Tries: to return a value whose getter throws
// Must give: failed unserializable "getter"
exports.handler = async (p) => {
  return { get x() { throw new Error('getter'); } };
};
