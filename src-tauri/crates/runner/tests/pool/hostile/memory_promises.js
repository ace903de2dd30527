// Tries: to fill memory with promises that wait for each other
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  let promise = Promise.resolve();
  const all = [];
  for (;;) all.push((promise = promise.then(() => all)));
};
