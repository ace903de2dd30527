// Tries: to fill memory with Buffers
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const all = [];
  for (;;) all.push(Buffer.alloc(1 << 20, 1));
};
