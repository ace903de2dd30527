// Tries: never to end with timers
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  const again = () => setTimeout(again, 0);
  again();
  await new Promise(() => {});
};
