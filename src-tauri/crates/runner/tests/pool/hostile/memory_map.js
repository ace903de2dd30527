// Tries: to fill memory with a Map
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const map = new Map();
  for (let n = 0; ; n++) map.set(n, { n });
};
