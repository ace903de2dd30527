// Tries: to fill memory with nextTick callbacks
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  for (;;) process.nextTick(() => {});
};
