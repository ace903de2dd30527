// Tries: to stay in key derivation
// Must give: failed timed_out or failed out_of_memory or failed thrown "Maximum BigInt size exceeded" or failed thrown "BigInt is too large" or failed thrown "does not have it yet"
// Limits: time_ms=300
exports.handler = async (p) => {
  return require('crypto').pbkdf2Sync ? require('crypto').pbkdf2Sync('a', 'b', 2 ** 31 - 1, 64, 'sha512') : (() => { for (;;) {} })();
};
