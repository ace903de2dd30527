// Tries: to stay in JSON.stringify
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  const row = Array.from({ length: 2e5 }, (_, n) => ({ n }));
  for (;;) JSON.stringify(row);
};
