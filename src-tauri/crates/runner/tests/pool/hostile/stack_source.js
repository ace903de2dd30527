// Tries: to end the stack while source is parsed
// Must give: returned ["SyntaxError"] or returned ["RangeError"] or returned ["InternalError"]
exports.handler = async (p) => {
  try { Function('('.repeat(2e5) + '1' + ')'.repeat(2e5)); return []; } catch (error) { return [error.name]; }
};
