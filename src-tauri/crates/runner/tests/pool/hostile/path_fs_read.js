// Tries: to read the machine's files with fs
// Must give: returned []
// Outside: secret.js module.exports = "secret";
exports.handler = async (p) => {
  const fs = require('fs');
  const read = [];
  for (const path of ['/etc/passwd', '/etc/hostname', '/proc/self/environ', '/proc/self/maps', '/proc/1/cmdline', '../secret.js', '/var/task/../../etc/passwd', 'file:///etc/passwd', `${process.cwd()}/../../etc/passwd`, '/dev/zero', Buffer.from('/etc/passwd'), '/tmp/../etc/passwd']) {
    for (const name of ['readFileSync', 'readdirSync', 'openSync', 'createReadStream', 'statSync']) {
      try {
        const result = fs[name](path);
        if (typeof result?.on === 'function') await new Promise((done) => result.on('error', () => done()).on('data', () => { read.push(`${name} ${path}`); done(); }));
        else read.push(`${name} ${path}`);
      } catch {}
    }
    try { await fs.promises.readFile(path); read.push(`promises ${path}`); } catch {}
  }
  try { fs.readFileSync(new URL('file:///etc/passwd')); read.push('URL'); } catch {}
  return read;
};
