// Tries: never to end in toJSON
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  return { toJSON() { for (;;) {} } };
};
