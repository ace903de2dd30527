// Tries: to forge the answer by replacing JSON
// Must give: returned {"honest":true}
exports.handler = async (p) => {
  JSON.stringify = () => '{"forged":true}';
  JSON.parse = () => ({ forged: true });
  Object.prototype.toJSON = undefined;
  globalThis.JSON = { stringify: () => '{"forged":true}', parse: () => 1 };
  return { honest: true };
};
