// Tries: to leave words for the next call in symbols and weak references
// Must give: returned 1
exports.handler = async (p) => {
  Symbol.for('left').description;
  globalThis[Symbol.for('left')] = 1;
  new FinalizationRegistry(() => { globalThis.left = 1; }).register({}, 1);
  return 1;
};
