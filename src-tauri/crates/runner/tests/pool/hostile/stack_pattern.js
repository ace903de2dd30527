// Tries: to end the stack with a nested pattern
// Must give: returned ["SyntaxError"] or returned ["RangeError"] or returned ["InternalError"]
exports.handler = async (p) => {
  try { new RegExp('('.repeat(2e5) + ')'.repeat(2e5)); return []; } catch (error) { return [error.name]; }
};
