// Tries: to ask for more than there is at once
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  return Buffer.alloc(2 ** 31 - 1).length;
};
