// Tries: to throw an error with a huge message
// Must give: failed thrown "cut here: 19 MB in all"
exports.handler = async (p) => {
  throw new Error('x'.repeat(2e7));
};
