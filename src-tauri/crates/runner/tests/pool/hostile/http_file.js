// Tries: to fetch a file
// Must give: failed thrown "fetch failed"
exports.handler = async (p) => {
  await fetch('file:///etc/passwd');
};
