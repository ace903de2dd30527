// Tries: to change built-ins that load after Object.prototype is polluted
// Must give: returned {"hash":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","url":"/b"}
exports.handler = async (p) => {
  Object.prototype.encoding = 'hex';
  Object.prototype.searchParams = 'polluted';
  const hash = require('crypto').createHash('sha256').update('abc').digest('hex');
  const url = new URL('/b', 'https://a.example').pathname;
  for (const name of ['encoding', 'searchParams']) delete Object.prototype[name];
  return { hash, url };
};
