// Tries: to fill memory with typed arrays
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const all = [];
  for (;;) all.push(new Float64Array(1e5));
};
