// Tries: to wait for a body that drips
// Must give: failed timed_out
// Limits: time_ms=600
exports.handler = async (p) => {
  return (await fetch(`${p.server}/slow`)).text();
};
