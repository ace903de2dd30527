// Tries: to fill memory with closures
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const all = [];
  for (let n = 0; ; n++) all.push(() => n);
};
