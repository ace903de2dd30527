// Tries: to read through a link in the package with fs
// Must give: returned []
// Link: link -> /etc/passwd
// Link: folder -> /etc
exports.handler = async (p) => {
  const fs = require('fs');
  return ['link', 'folder/passwd', './folder/../folder/passwd'].filter((name) => {
    try { return fs.readFileSync(`${__dirname}/${name}`, 'utf8').includes('root:'); } catch { return false; }
  });
};
