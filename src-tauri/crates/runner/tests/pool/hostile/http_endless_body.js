// Tries: to read a body without end
// Must give: failed out_of_memory or failed thrown "fetch failed" or failed timed_out or failed thrown "terminated"
// Limits: memory_bytes=33554432 time_ms=6000
exports.handler = async (p) => {
  return (await fetch(`${p.server}/endless`)).text();
};
