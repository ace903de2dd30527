// Tries: to stay in a sort
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  const numbers = Array.from({ length: 3e6 }, (_, n) => (n * 7919) % 1000003);
  for (;;) numbers.slice().sort();
};
