// Tries: to be redirected for ever
// Must give: failed thrown "fetch failed"
// Limits: time_ms=5000
exports.handler = async (p) => {
  await fetch(`${p.server}/loop`);
};
