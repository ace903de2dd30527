// Tries: to send the resolver round a loop of links
// Must give: failed thrown "Cannot find module"
// Link: a -> b
// Link: b -> a
exports.handler = () => require('./a/b/c');
