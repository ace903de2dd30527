// Tries: to flood the log with lines
// Must give: returned 1
// Limits: log_bytes=50000 time_ms=5000
exports.handler = async (p) => {
  for (let n = 0; n < 5000; n++) console.log('flood', n);
  return 1;
};
