// Tries: to settle twice and throw
// Must give: returned 1
exports.handler = async (p) => {
  return { then(resolve) { resolve(1); resolve(2); throw 3; } };
};
