// Tries: to end the worker
// Must give: failed thrown "ended its process with process.exit(0)"
exports.handler = async (p) => {
  process.exit(0);
};
