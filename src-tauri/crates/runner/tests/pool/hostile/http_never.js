// Tries: to wait for an answer that never comes
// Must give: failed timed_out "HTTP"
// Limits: time_ms=600
exports.handler = async (p) => {
  await fetch(`${p.server}/never`);
};
