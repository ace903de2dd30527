// Tries: to flood the log with one value
// Must give: returned 1
// Limits: log_bytes=50000 time_ms=5000
exports.handler = async (p) => {
  console.log(Array.from({ length: 2e4 }, (_, n) => ({ n })));
  console.table(Array.from({ length: 500 }, (_, n) => ({ n })));
  return 1;
};
