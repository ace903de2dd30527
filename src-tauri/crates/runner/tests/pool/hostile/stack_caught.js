// Tries: to end the stack in an endless loop that catches it
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  for (;;) {
    try { (function deeper() { deeper(); })(); } catch {}
  }
};
