// Tries: to flood the log with one line
// Must give: returned 1
// Limits: log_bytes=50000 time_ms=5000
exports.handler = async (p) => {
  console.log('x'.repeat(2e7));
  return 1;
};
