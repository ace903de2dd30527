// Tries: to return a value that is small in memory and huge as JSON
// Must give: failed too_large or failed out_of_memory or failed timed_out or failed unserializable
// Limits: time_ms=1000
exports.handler = async (p) => {
  const one = Array(100).fill('0123456789');
  let value = one;
  for (let n = 0; n < 4; n++) value = Array(100).fill(value);
  return value;
};
