// Tries: to send the resolver round in package.json
// Must give: failed thrown "Cannot find module"
// File: node_modules/round/package.json {"main": "."}
// File: node_modules/round/lib/package.json {"main": ".."}
exports.handler = () => require('round');
