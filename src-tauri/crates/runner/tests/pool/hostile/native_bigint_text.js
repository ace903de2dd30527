// Tries: to stay in the text of a BigInt
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  const n = (1n << 900000n) - 1n;
  for (;;) n.toString(10);
};
