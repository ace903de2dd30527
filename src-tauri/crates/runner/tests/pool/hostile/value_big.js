// Tries: to return what JSON cannot hold
// Must give: failed unserializable "BigInt"
exports.handler = async (p) => {
  return { a: [1n] };
};
