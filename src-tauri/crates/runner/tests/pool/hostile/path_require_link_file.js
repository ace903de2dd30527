// Tries: to require through a symbolic link that leads out
// Must give: failed thrown "outside the function's package"
// Outside: secret.js module.exports = "secret";
// Link: link.js -> ../secret.js
exports.handler = () => require('./link.js');
