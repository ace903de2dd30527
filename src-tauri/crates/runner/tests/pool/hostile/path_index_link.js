// Tries: to be a link that leads out itself
// Must give: failed missing "leads out"
// Outside: secret.js exports.handler = () => "secret";
// Link: index.js -> ../secret.js
exports.handler = () => 'out';
