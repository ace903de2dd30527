// Tries: to find a package in a node_modules above the function
// Must give: failed thrown "Cannot find module 'above'"
// Outside: node_modules/above/index.js module.exports = "above";
exports.handler = () => require('above');
