// Tries: never to let the loop go on
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  const again = () => Promise.resolve().then(again);
  await again();
};
