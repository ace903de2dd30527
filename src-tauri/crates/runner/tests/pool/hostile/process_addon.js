// Tries: to require a native addon
// Must give: failed thrown "native addon"
// File: addon.node ELF
exports.handler = async (p) => {
  return require('./addon.node');
};
