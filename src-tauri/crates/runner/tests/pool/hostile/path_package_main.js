// Tries: to leave the package through package.json main and exports
// Must give: returned []
// Outside: secret.js module.exports = "secret";
// File: node_modules/main/package.json {"main": "../../../secret.js"}
// File: node_modules/exported/package.json {"exports": "./../../../secret.js"}
// File: node_modules/mapped/package.json {"exports": {".": {"require": "../../../secret.js"}}}
exports.handler = () => ['main', 'exported', 'mapped'].filter((name) => {
  try { return require(name) === 'secret'; } catch { return false; }
});
