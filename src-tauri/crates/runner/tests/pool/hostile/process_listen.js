// Tries: to listen on a port
// Must give: returned []
exports.handler = async (p) => {
  const open = [];
  for (const make of [() => require('net').createServer().listen(0), () => require('http').createServer().listen(0), () => require('dgram').createSocket('udp4').bind(0), () => require('http2').createServer().listen(0), () => require('tls').createServer().listen(0)]) {
    try { make(); open.push(`${make}`); } catch {}
  }
  return open;
};
