// Tries: to leave a body unread that unpacks to gigabytes
// Must give: returned 200
// Limits: memory_bytes=33554432 time_ms=6000
exports.handler = async (p) => {
  return (await fetch(`${p.server}/bomb`)).status;
};
