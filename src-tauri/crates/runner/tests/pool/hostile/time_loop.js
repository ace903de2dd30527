// Tries: never to end
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  for (;;) {}
};
