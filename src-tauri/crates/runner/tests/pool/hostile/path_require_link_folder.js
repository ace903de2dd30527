// Tries: to require through a linked folder, in one step and in two
// Must give: returned []
// Outside: secret.js module.exports = "secret";
// Link: folder -> ..
// Link: twice -> .
exports.handler = () => ['./folder/secret.js', './folder/secret', './twice/folder/secret', './folder'].filter((name) => {
  try { require(name); return true; } catch { return false; }
});
