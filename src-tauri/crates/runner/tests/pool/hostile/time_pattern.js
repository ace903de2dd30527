// Tries: to backtrack for ever
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  return /^(a+)+$/.test(`${'a'.repeat(50)}!`);
};
