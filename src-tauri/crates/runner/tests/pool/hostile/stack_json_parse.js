// Tries: to end the stack while JSON is parsed
// Must give: failed thrown or failed stack_overflow
exports.handler = async (p) => {
  return JSON.parse('['.repeat(1e6));
};
