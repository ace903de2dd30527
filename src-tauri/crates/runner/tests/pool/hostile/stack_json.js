// Tries: to end the stack with nested JSON
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  let value = [];
  for (let n = 0; n < 2e5; n++) value = [value];
  return JSON.stringify(value);
};
