// Tries: to sleep past the limit with Atomics.wait
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  try { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000); } catch {}
  for (;;) {}
};
