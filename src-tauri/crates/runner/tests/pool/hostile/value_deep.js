// Tries: to return a value nested without end
// Must give: failed unserializable or failed stack_overflow
exports.handler = async (p) => {
  let value = 1;
  for (let n = 0; n < 5000; n++) value = [value];
  return value;
};
