// Tries: to fail after the call has returned
// Must give: returned 1
exports.handler = async (p) => {
  setTimeout(() => { throw new Error('late'); }, 0);
  setImmediate(() => { throw new Error('late'); });
  return 1;
};
