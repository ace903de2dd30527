// Tries: never to end in prepareStackTrace
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  Error.prepareStackTrace = () => { for (;;) {} };
  return new Error('x').stack;
};
