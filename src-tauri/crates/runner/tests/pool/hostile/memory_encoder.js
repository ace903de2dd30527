// Tries: to fill memory behind the engine with TextEncoder and atob
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const all = [];
  const text = 'ä'.repeat(1e5);
  for (;;) all.push(new TextEncoder().encode(text));
};
