// Tries: to open more timers than are allowed
// Must give: failed thrown "Too many timers are open: at most 1000 at once"
exports.handler = async (p) => {
  for (let n = 0; n < 1e6; n++) setTimeout(() => {}, 60000);
};
