// Tries: to go on after the end of memory by catching it again and again
// Must give: failed out_of_memory or failed timed_out
// Limits: memory_bytes=16777216 time_ms=500
exports.handler = async (p) => {
  const all = [];
  for (;;) {
    try {
      for (;;) all.push(new Array(1e4).fill(all.length));
    } catch {
      all.length = Math.floor(all.length / 2);
    }
  }
};
