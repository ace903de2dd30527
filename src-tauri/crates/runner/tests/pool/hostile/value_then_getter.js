// Tries: to throw from a getter named then
// Must give: failed thrown "then getter"
exports.handler = async (p) => {
  return { get then() { throw new Error('then getter'); } };
};
