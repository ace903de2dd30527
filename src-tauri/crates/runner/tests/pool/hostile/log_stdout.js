// Tries: to flood the log through process.stdout
// Must give: returned 1
// Limits: log_bytes=50000 time_ms=5000
exports.handler = async (p) => {
  for (let n = 0; n < 3000; n++) process.stdout.write(`flood ${n}\n`.repeat(5));
  return 1;
};
