// Tries: to abort the worker
// Must give: failed thrown
exports.handler = async (p) => {
  process.abort();
};
