// Tries: to stay in a native search
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  const text = 'a'.repeat(20 << 20);
  const part = 'a'.repeat(10 << 20) + 'b';
  for (let n = 0; n < 1000; n++) text.indexOf(part);
};
