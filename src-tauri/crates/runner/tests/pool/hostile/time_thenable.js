// Tries: never to end in a thenable
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  return { then() { for (;;) {} } };
};
