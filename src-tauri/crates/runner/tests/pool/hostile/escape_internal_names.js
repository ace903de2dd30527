// Tries: to require the host's internal modules by name
// Must give: returned []
exports.handler = async (p) => {
  const loaded = [];
  for (const name of ['internal/bootstrap', 'node:internal/bootstrap', 'internal/failure', 'internal/errors', 'node:internal/util', 'internal/../internal/failure', './internal/failure', 'internal', 'native', 'node:bootstrap']) {
    try { require(name); loaded.push(name); } catch {}
    try { await import(name); loaded.push(`import ${name}`); } catch {}
  }
  return loaded;
};
