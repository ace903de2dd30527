// Tries: to pollute through __proto__ in the parameters
// Must give: returned {"polluted":false,"own":true}
exports.handler = async (p) => {
  const merged = Object.assign({}, p.proto);
  return { polluted: ({}).admin === true, own: Object.hasOwn(p.proto, '__proto__') && merged.admin === true ? true : Object.hasOwn(p.proto, '__proto__') };
};
