// Tries: to fill memory with a pattern's states
// Must give: failed thrown or failed out_of_memory or failed timed_out or returned null
// Limits: memory_bytes=33554432 time_ms=1000
exports.handler = async (p) => {
  try { new RegExp('(?:a?){65535}'.repeat(200)).test('a'.repeat(1e5)); } catch (error) { if (error instanceof SyntaxError) return null; throw error; }
  return null;
};
