// Tries: to fill memory with registered symbols
// Must give: failed out_of_memory or failed timed_out
// Limits: memory_bytes=33554432 time_ms=600
exports.handler = async (p) => {
  for (let n = 0; ; n++) Symbol.for(`symbol ${n} ${'x'.repeat(100)}`);
};
