// Tries: to be answered with what is not HTTP
// Must give: failed thrown "fetch failed"
// Limits: time_ms=3000
exports.handler = async (p) => {
  await fetch(`${p.server}/garbage`);
};
