// Tries: to find host names from the global scope with indirect eval
// Must give: returned ["undefined","undefined","undefined"]
exports.handler = async (p) => {
  return (0, eval)('[typeof require, typeof internal, typeof __filename]');
};
