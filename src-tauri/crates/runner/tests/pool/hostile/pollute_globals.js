// Tries: to break the host by overwriting every global
// Must give: returned {"honest":true}
exports.handler = async (p) => {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    try { if (name !== 'globalThis') globalThis[name] = undefined; } catch {}
  }
  return { honest: true };
};
