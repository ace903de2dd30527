// Tries: to stay in Unicode normalization
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  const text = 'e\u0301'.repeat(2e6);
  for (;;) text.normalize('NFC').normalize('NFD');
};
