// The world that the scripts talk to: prints its port, ends with its standard input.
const http = require('http');
const zlib = require('zlib');

const json = (response, status, value, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
};
const told = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => /^(?:accept|authorization|content-type|content-length|cookie|x-.*|idempotency-key|stripe-version)$/.test(name) && name !== 'x-stripe-client-user-agent'));

const routes = {
  echo({ request, url, body }, response) {
    const headers = told(request.headers);
    let text = body.toString('latin1');
    const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1];
    if (boundary !== undefined) {
      text = text.replaceAll(boundary, 'BOUNDARY');
      headers['content-type'] = headers['content-type'].replace(boundary, 'BOUNDARY');
      delete headers['content-length'];
    }
    json(response, 200, { method: request.method, path: url.pathname, query: [...url.searchParams], headers, body: text });
  },
  // The request's head as it came over the wire.
  heads({ request, body }, response) {
    const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1] ?? 'no boundary';
    const plain = (text) => text.replaceAll(boundary, 'BOUNDARY').replaceAll(request.headers.host, 'HOST');
    const heads = [];
    for (let index = 0; index < request.rawHeaders.length; index += 2) {
      const [name, value] = request.rawHeaders.slice(index, index + 2);
      heads.push(`${name}: ${/^content-length$/i.test(name) && boundary !== 'no boundary' ? 'LENGTH' : plain(value)}`);
    }
    json(response, 200, { line: `${request.method} ${request.url}`, heads, body: plain(body.toString('latin1')) });
  },
  // How many bytes of the body of the request to /arriving have come so far.
  arrived(_, response) {
    json(response, 200, { bytes: arriving });
  },
  arriving({ body }, response) {
    json(response, 200, { bytes: body.length });
  },
  status({ rest }, response) {
    json(response, Number(rest[0]) || 400, { error: { code: `E${rest[0]}`, message: 'as asked' } }, { 'x-reason': 'asked' });
  },
  redirect({ rest, url }, response) {
    const left = Number(rest[0]);
    response.writeHead(Number(url.searchParams.get('code') ?? 302), { location: left > 1 ? `/redirect/${left - 1}` : '/echo' });
    response.end();
  },
  packed({ rest }, response) {
    const pack = { gzip: zlib.gzipSync, br: zlib.brotliCompressSync, deflate: zlib.deflateSync }[rest[0]];
    const bytes = pack(JSON.stringify({ packed: rest[0], text: 'ä'.repeat(1000) }));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-encoding': rest[0], 'content-length': bytes.length });
    response.end(bytes);
  },
  async stream(_, response) {
    response.writeHead(200, { 'content-type': 'text/plain' });
    for (let index = 0; index < 5; index++) {
      response.write(`part ${index}\n`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.end();
  },
  bytes(_, response) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(Buffer.from(Array.from({ length: 256 }, (_, index) => index)));
  },
  cookies(_, response) {
    json(response, 200, {}, { 'set-cookie': ['a=1; Path=/', 'b=2; HttpOnly'] });
  },
  slow(_, response) {
    setTimeout(() => json(response, 200, {}), 3000).unref();
  },
  gone({ request }) {
    request.socket.destroy();
  },
  // How many requests came over this connection.
  connection({ request }, response) {
    json(response, 200, { count: request.socket.count });
  },
  'slack/auth.test': (_, response) => json(response, 200, { ok: true, user: 'bot', user_id: 'U1', team: 'T' }, { 'x-oauth-scopes': 'chat:write,users:read' }),
  'slack/chat.postMessage': ({ body }, response) => json(response, 200, { ok: true, ts: '1.2', got: [...new URLSearchParams(body.toString())].sort() }),
  'slack/users.list': ({ body }, response) => {
    const cursor = new URLSearchParams(body.toString()).get('cursor');
    json(response, 200, { ok: true, members: [{ id: cursor === null ? 'U1' : 'U2' }], response_metadata: { next_cursor: cursor === null ? 'more' : '' } });
  },
  'slack/channels.fail': (_, response) => json(response, 200, { ok: false, error: 'channel_not_found' }),
  'v1/customers': ({ request, url, body }, response) => {
    if (request.method === 'GET') {
      const after = url.searchParams.get('starting_after');
      return json(response, 200, { object: 'list', url: '/v1/customers', has_more: after === null, data: [{ id: after === null ? 'cus_1' : 'cus_2', object: 'customer' }] });
    }
    json(response, 200, { id: 'cus_1', object: 'customer', got: [...new URLSearchParams(body.toString())], key: request.headers.authorization }, { 'request-id': 'req_1' });
  },
  'v1/charges': (_, response) => json(response, 402, { error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.', param: 'source' } }, { 'request-id': 'req_2' }),
};

let arriving = 0;
const server = http.createServer((request, response) => {
  const chunks = [];
  if (request.url === '/arriving') {
    arriving = 0;
    request.on('data', (chunk) => (arriving += chunk.length));
  }
  request.socket.count = (request.socket.count ?? 0) + 1;
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const url = new URL(request.url, 'http://local');
    const parts = url.pathname.slice(1).split('/');
    const route = routes[parts.join('/')] ?? routes[parts[0]];
    if (route === undefined) return json(response, 404, { error: 'no such page' });
    route({ request, url, rest: parts.slice(1), body: Buffer.concat(chunks) }, response);
  });
  request.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
