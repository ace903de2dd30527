// Tries: to climb to the host's functions through caller, arguments and callee
// Must give: returned []
exports.handler = async (p) => {
  const found = [];
  function look() {
    try { if (look.caller) found.push(`caller ${look.caller}`); } catch {}
    try { if (look.arguments?.callee?.caller) found.push('callee'); } catch {}
  }
  [1].forEach(look);
  JSON.stringify({ toJSON: look });
  Promise.resolve().then(look);
  process.nextTick(look);
  await new Promise((resolve) => setTimeout(() => { look(); resolve(); }, 1));
  return found;
};
