// Tries: to leave files for the next call
// Must give: returned 1
exports.handler = async (p) => {
  const fs = require('fs');
  for (const folder of [require('os').tmpdir(), '/tmp', '.']) {
    try { fs.writeFileSync(`${folder}/left`, 'x'); } catch {}
    try { fs.mkdirSync(`${folder}/left-folder/deep`, { recursive: true }); } catch {}
  }
  return 1;
};
