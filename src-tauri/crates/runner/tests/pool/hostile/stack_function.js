// Tries: to end the stack with a function
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  const deeper = () => deeper() + 1;
  return deeper();
};
