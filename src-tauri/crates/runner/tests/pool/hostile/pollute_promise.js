// Tries: to take over the call's end through Promise.prototype.then
// Must give: returned {"honest":true}
exports.handler = async (p) => {
  const { then } = Promise.prototype;
  Promise.prototype.then = function (resolved, rejected) { return then.call(this, () => resolved({ forged: true }), rejected); };
  globalThis.Promise = class Forged {};
  return { honest: true };
};
