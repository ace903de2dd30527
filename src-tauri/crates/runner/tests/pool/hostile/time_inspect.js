// Tries: never to end while a value is printed
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;) {} } });
};
