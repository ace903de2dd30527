// No package: what http.request and fetch send, byte for byte, and that they send it as it comes.
const http = require('http');
const { Readable, PassThrough } = require('stream');
const FormDataStream = require('form-data');

module.exports = async ({ base }) => {
  const out = {};
  const answer = (request) => new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => resolve(JSON.parse(text)));
    });
  });
  const send = (options, use, path = '/heads') => {
    const request = http.request(base + path, options);
    const answered = answer(request);
    use(request);
    return answered;
  };
  const end = (body) => (request) => request.end(body);
  out.get = await send({}, end());
  out.spelled = await send({ headers: { 'X-CamelCase': 'a', accept: 'b', COOKIE: 'c', 'X-List': ['1', '2'] } }, end());
  out.list = await send({ headers: ['Host', 'other.example', 'X-B', '1', 'x-a', '2'] }, end());
  out.later = await send({ headers: { a: '1' } }, (request) => request.setHeader('B', '2').removeHeader('a') ?? request.end());
  out.auth = await send({ auth: 'a:b' }, end());
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']) out[`empty ${method}`] = await send({ method }, end());
  out.whole = await send({ method: 'POST' }, end('grüße'));
  out.parts = await send({ method: 'POST' }, (request) => (request.write('a'), request.end('b')));
  out.length = await send({ method: 'POST', headers: { 'Content-Length': 2 } }, (request) => (request.write('a'), request.end('b')));
  out.chunked = await send({ method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }, end('abc'));
  out.close = await send({ headers: { Connection: 'close' } }, end());
  out.noAgent = await send({ agent: false }, end());
  out.keepAgent = await send({ agent: new http.Agent({ keepAlive: true }) }, end());
  out.ownAgent = await send({ agent: new http.Agent() }, end());
  out.path = await send({}, end(), '/heads?a=%7e&b={c}|d');
  out.expected = await send({ method: 'POST', headers: { Expect: '100-continue' } }, (request) => request.on('continue', () => request.end('abc')));
  const form = new FormDataStream();
  form.append('a', 'b');
  form.append('file', Readable.from(['x', 'y']), { filename: 'f.txt' });
  out.form = await send({ method: 'POST', headers: form.getHeaders() }, (request) => form.pipe(request));

  const web = async (init, path = '/heads') => (await fetch(base + path, init)).json();
  out['fetch get'] = await web();
  out['fetch spelled'] = await web({ headers: { 'X-CamelCase': 'a', 'USER-AGENT': 'b', accept: 'c' } });
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) out[`fetch empty ${method}`] = await web({ method });
  out['fetch text'] = await web({ method: 'POST', body: 'grüße' });
  out['fetch query'] = await web({ method: 'PUT', body: new URLSearchParams({ a: 'b c' }) });
  const fields = new FormData();
  fields.append('a', 'b');
  fields.append('file', new Blob(['x'], { type: 'text/plain' }), 'f.txt');
  out['fetch form'] = await web({ method: 'POST', body: fields });
  out['fetch stream'] = await web({ method: 'POST', duplex: 'half', body: Readable.from(['a', 'b']) });
  out['fetch request'] = await (await fetch(new Request(`${base}/heads`, { method: 'POST', body: new Blob(['xy']).stream(), duplex: 'half', headers: { 'Content-Type': 'text/x' } }))).json();
  out['response stream'] = await new Response(Readable.toWeb(Readable.from([Buffer.from('a'), Buffer.from('b')]))).text();
  out['fetch broken'] = await web({ method: 'POST', duplex: 'half', body: Readable.from((async function* () { yield 'a'; throw new Error('no more'); })()) }).catch((error) => [error.name, error.message]);

  // The second piece is made when the server has the first one: sent as it comes, or never.
  const arrived = async (bytes) => {
    for (let tries = 0; tries < 400; tries++) {
      if ((await web({}, '/arrived')).bytes >= bytes) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`the server did not get ${bytes} bytes`);
  };
  async function* pieces() {
    yield 'one';
    await arrived(3);
    yield 'two';
    await arrived(6);
    yield 'three';
  }
  out.streamed = await send({ method: 'POST' }, async (request) => {
    for await (const piece of pieces()) request.write(piece);
    request.end();
  }, '/arriving');
  out.piped = await send({ method: 'PUT' }, (request) => Readable.from(pieces()).pipe(new PassThrough()).pipe(request), '/arriving');
  out['fetch streamed'] = await web({ method: 'POST', duplex: 'half', body: Readable.from(pieces()) }, '/arriving');
  out.big = await send({ method: 'POST' }, (request) => {
    let left = 64;
    const more = () => {
      while (left-- > 0) if (!request.write(Buffer.alloc(16384, 120))) return void request.once('drain', more);
      request.end();
    };
    more();
  }, '/arriving');
  return out;
};
