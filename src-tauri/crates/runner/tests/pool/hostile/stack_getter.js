// Tries: to end the stack with a getter
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  const object = { get x() { return this.x; } };
  return object.x;
};
