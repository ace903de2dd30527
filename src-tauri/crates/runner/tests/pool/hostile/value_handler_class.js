// Tries: to export a class as the handler
// Must give: failed thrown "Class constructor"
exports.handler = class Handler {};
