// Tries: to end the stack inside a replacer
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  const replace = () => 'x'.replace(/x/, replace);
  return replace();
};
