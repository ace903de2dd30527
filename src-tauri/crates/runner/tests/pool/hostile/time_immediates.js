// Tries: never to end with setImmediate
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  const again = () => setImmediate(again);
  again();
  await new Promise(() => {});
};
