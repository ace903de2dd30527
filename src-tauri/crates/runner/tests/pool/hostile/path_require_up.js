// Tries: to require files outside the package by path
// Must give: returned []
// File: lib/index.js module.exports = 1;
// Outside: secret.js module.exports = "secret";
const names = ['../secret.js', '../secret', './lib/../../secret.js', '/etc/passwd', '/etc/hosts', '/var/task/../../etc/passwd', '..', '../', '../..', 'file:///etc/passwd', '....//secret', 'lib/../../secret', 'C:\\secret', '..\\secret.js', './lib/%2e%2e/%2e%2e/secret.js', '\0', './lib/\0', './lib/index.js\0.json', '//etc/passwd', '~/.ssh/id_rsa', '/proc/self/environ'];
exports.handler = () => names.filter((name) => {
  try { require(name); return true; } catch { return false; }
});
