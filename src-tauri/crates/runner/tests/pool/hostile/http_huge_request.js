// Tries: to send a body larger than memory
// Must give: failed out_of_memory or failed thrown
// Limits: memory_bytes=33554432 time_ms=6000
exports.handler = async (p) => {
  await fetch(p.server, { method: 'POST', body: 'x'.repeat(5e8) });
};
