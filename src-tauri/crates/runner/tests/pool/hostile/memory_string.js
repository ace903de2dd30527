// Tries: to fill memory with strings
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const all = [];
  let text = 'x';
  for (;;) {
    text = text.length < 1e6 ? text + text : text;
    all.push(text.toUpperCase() + all.length);
  }
};
