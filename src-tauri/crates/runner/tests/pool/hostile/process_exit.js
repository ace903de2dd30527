// Tries: to end the worker
// Must give: failed thrown "process.exit() is not available"
exports.handler = async (p) => {
  process.exit(0);
};
