// Tries: to leave timers and requests for the next call
// Must give: returned 1
exports.handler = async (p) => {
  for (let n = 0; n < 500; n++) setInterval(() => { globalThis.left = 1; }, 1);
  for (let n = 0; n < 20; n++) fetch(`${p.server}/never`).catch(() => {});
  return 1;
};
