// Tries: to fill memory with structuredClone
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const all = [];
  const value = { bytes: new Uint8Array(1 << 18) };
  for (;;) all.push(structuredClone(value));
};
