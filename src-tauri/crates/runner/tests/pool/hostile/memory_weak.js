// Tries: to fill memory behind WeakRef and WeakMap
// Must give: failed out_of_memory
// Limits: memory_bytes=16777216 time_ms=20000
exports.handler = async (p) => {
  const map = new WeakMap();
  const keys = [];
  for (;;) {
    const key = { at: keys.length };
    map.set(key, new Array(100).fill(key));
    keys.push(key, new WeakRef(key));
  }
};
