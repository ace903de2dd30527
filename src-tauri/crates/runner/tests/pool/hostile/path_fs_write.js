// Tries: to change its own package and the machine
// Must give: returned {"written":[],"kept":true}
exports.handler = async (p) => {
  const fs = require('fs');
  const written = [];
  for (const path of [__filename, `${__dirname}/new.js`, '/etc/stepsmith', '/var/task/x', '../x', '/dev/shm/x']) {
    for (const [name, ...more] of [['writeFileSync', 'x'], ['appendFileSync', 'x'], ['unlinkSync'], ['mkdirSync'], ['rmSync', { recursive: true, force: false }], ['renameSync', '/tmp/y'], ['chmodSync', 0o777], ['truncateSync', 0]]) {
      try { fs[name](path, ...more); written.push(`${name} ${path}`); } catch {}
    }
    try { fs.symlinkSync('/tmp/z', path); written.push(`symlinkSync ${path}`); } catch {}
    try { fs.symlinkSync(path, '/tmp/link'); fs.writeFileSync('/tmp/link', 'x'); written.push(`link to ${path}`); } catch {}
    try { fs.unlinkSync('/tmp/link'); } catch {}
  }
  let kept = true;
  try { kept = fs.readFileSync(__filename, 'utf8').includes('to change its own package'); } catch {}
  return { written, kept };
};
