// Tries: to return more than is allowed
// Must give: failed too_large "at most 6 MB"
exports.handler = async (p) => {
  return 'x'.repeat(7 << 20);
};
