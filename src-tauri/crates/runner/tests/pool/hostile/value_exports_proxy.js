// Tries: to export a proxy that lies
// Must give: failed thrown "no handler for you"
module.exports = new Proxy({}, { get() { throw new Error('no handler for you'); } });
