// Tries: never to end while the value returned is read
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  return { get x() { for (;;) {} } };
};
