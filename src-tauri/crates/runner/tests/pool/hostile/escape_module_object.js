// Tries: to load from outside through Module and its internals
// Must give: failed thrown "outside the function's package"
exports.handler = async (p) => {
  const { createRequire, _load, _resolveFilename } = require('module');
  if (typeof _load === 'function') { try { _load('/etc/passwd'); return 'loaded'; } catch {} }
  if (typeof _resolveFilename === 'function') { try { return _resolveFilename('/etc/passwd'); } catch {} }
  return createRequire('/etc/x.js')('./passwd');
};
