// Tries: to stay in replaceAll
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  const text = 'ab'.repeat(4e6);
  for (;;) text.replaceAll('ab', 'cd');
};
