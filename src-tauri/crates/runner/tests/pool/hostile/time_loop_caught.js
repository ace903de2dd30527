// Tries: never to end, catching the interruption
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  for (;;) {
    try { for (;;) {} } catch {} finally { for (;;) {} }
  }
};
