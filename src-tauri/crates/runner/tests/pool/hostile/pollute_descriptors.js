// Tries: to bend every property that the host defines
// Must give: returned {"polluted":false} or failed thrown "descriptor"
exports.handler = async (p) => {
  Object.prototype.get = () => 'polluted';
  Object.prototype.enumerable = true;
  const hash = require('crypto').createHash('sha256').update('abc').digest('hex');
  const url = new URL('/b', 'https://a.example').pathname;
  delete Object.prototype.get;
  return { polluted: hash === 'polluted' || url === 'polluted' };
};
