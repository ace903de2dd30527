// Tries: never to end in a trap of the value returned
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  return new Proxy({}, { ownKeys() { for (;;) {} } });
};
