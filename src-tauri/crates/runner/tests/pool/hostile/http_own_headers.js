// Tries: to send gigantic headers
// Must give: failed thrown
// Limits: time_ms=5000
exports.handler = async (p) => {
  await fetch(p.server, { headers: Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`x-${n}`, 'v'.repeat(1000)])) });
};
