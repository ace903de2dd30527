// Tries: to open more requests than are allowed
// Must give: returned {"most":true}
// Limits: time_ms=15000
exports.handler = async (p) => {
  let open = 0;
  const all = Array.from({ length: 200 }, () => fetch(`${p.server}/open`).then((response) => response.text()).then((text) => { open = Math.max(open, Number(text)); }));
  await Promise.all(all);
  return { most: open <= 64 };
};
