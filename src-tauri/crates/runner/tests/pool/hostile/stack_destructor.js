// Tries: to end the stack while a long chain is freed
// Must give: returned 1
exports.handler = async (p) => {
  let list = null;
  for (let n = 0; n < 2e5; n++) list = { list };
  list = null;
  return 1;
};
