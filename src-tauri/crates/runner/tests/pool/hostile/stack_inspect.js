// Tries: to end the stack while a value is printed
// Must give: returned 1 or failed stack_overflow
exports.handler = async (p) => {
  let value = {};
  for (let n = 0; n < 1e5; n++) value = { value };
  console.log(value);
  require('util').inspect(value, { depth: Infinity }).length;
  return 1;
};
