// Tries: to smuggle a header through a line break
// Must give: returned []
// Limits: time_ms=5000
exports.handler = async (p) => {
  const sent = [];
  for (const headers of [{ a: 'b\r\nX-Forged: 1' }, { 'a\r\nX-Forged': '1' }, { a: 'b\nX-Forged: 1' }, { 'a b': '1' }, { a: 'b\0' }]) {
    try { const text = await (await fetch(`${p.server}/echo`, { headers })).text(); if (/x-forged/i.test(text)) sent.push(headers); } catch {}
  }
  for (const method of ['GET / HTTP/1.1\r\nX-Forged: 1\r\n\r\nGET', 'CONNECT', 'TRACE', 'G ET']) {
    try { const text = await (await fetch(`${p.server}/echo`, { method })).text(); if (/x-forged/i.test(text)) sent.push(method); } catch {}
  }
  try { const text = await (await fetch(`${p.server}/echo?a=b HTTP/1.1\r\nX-Forged: 1`)).text(); if (/^x-forged/im.test(text)) sent.push('url'); } catch {}
  return sent;
};
