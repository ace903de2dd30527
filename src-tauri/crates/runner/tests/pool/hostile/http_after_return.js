// Tries: to go on sending after the call has returned
// Must give: returned 1
exports.handler = async (p) => {
  setInterval(() => fetch(`${p.server}/echo`).catch(() => {}), 1);
  return 1;
};
