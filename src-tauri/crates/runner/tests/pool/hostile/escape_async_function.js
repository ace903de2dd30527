// Tries: to reach the host through AsyncFunction
// Must give: returned ["undefined","undefined","undefined"]
exports.handler = async (p) => {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  return AsyncFunction('return [typeof require, typeof module, typeof internal]')();
};
