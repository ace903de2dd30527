// Tries: to find names among the globals that Node 20 does not have
// Must give: returned []
// Node globals: node-globals.json
exports.handler = async (p) => {
  const node = require('./node-globals.json');
  const names = [];
  for (let object = globalThis; object !== null; object = Object.getPrototypeOf(object)) {
    if (object === Object.prototype) break;
    names.push(...Object.getOwnPropertyNames(object));
  }
  return names.filter((name) => !node.includes(name));
};
