// Tries: never to let the loop go on with nextTick
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  const again = () => process.nextTick(again);
  again();
  await new Promise(() => {});
};
