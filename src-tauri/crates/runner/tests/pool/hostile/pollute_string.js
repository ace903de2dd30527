// Tries: to break the host through String.prototype
// Must give: failed thrown "Error: the real one"
exports.handler = async (p) => {
  for (const name of ['split', 'startsWith', 'endsWith', 'includes', 'replace', 'slice', 'indexOf', 'trim', 'match', 'replaceAll', 'charCodeAt']) String.prototype[name] = () => { throw 'mine'; };
  throw new Error('the real one');
};
