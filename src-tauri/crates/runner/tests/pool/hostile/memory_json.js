// Tries: to fill memory with JSON text
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  let value = [1];
  for (;;) value = JSON.parse(JSON.stringify([value, value]));
};
