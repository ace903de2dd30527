// Tries: never to end in an async generator
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  const endless = { async *[Symbol.asyncIterator]() { for (;;) yield 1; } };
  for await (const value of endless) void value;
};
