// Tries: to end the stack with toString
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  const object = { toString() { return `${object}`; } };
  return `${object}`;
};
