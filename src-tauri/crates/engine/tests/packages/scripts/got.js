const got = require('got');
const FormData = require('form-data');

module.exports = async ({ base }) => {
  const out = {};
  const api = got.extend({ prefixUrl: base, headers: { 'x-app': 'got', 'user-agent': undefined }, retry: 0 });
  out.get = await api('echo', { searchParams: { a: 1, b: 'x y' } }).json();
  out.post = await api.post('echo', { json: { a: [1, 2] } }).json();
  out.form = await api.post('echo', { form: { a: 1, b: 'c d' } }).json();
  const form = new FormData();
  form.append('a', 'b');
  out.multipart = await api.post('echo', { body: form }).json();
  out.redirected = await api('redirect/2').then((answer) => [answer.statusCode, answer.redirectUrls.length, answer.url.replace(base, '')]);
  out.failed = await api('status/404').catch((error) => [error.name, error.code, error.message, error.response.statusCode, error.response.body]);
  out.allowed = (await api('status/404', { throwHttpErrors: false })).statusCode;
  out.gzip = (await api('packed/gzip').json()).text.length;
  out.br = (await api('packed/br').json()).text.length;
  out.buffer = (await api('bytes').buffer()).length;
  out.timeout = await api('slow', { timeout: 60 }).catch((error) => [error.name, error.code, error.event]);
  out.retried = await api('status/503', { retry: { limit: 1, calculateDelay: ({ computedValue }) => (computedValue ? 1 : 0) } }).catch((error) => [error.name, error.response.retryCount]);
  out.stream = '';
  for await (const chunk of api.stream('stream')) out.stream += chunk;
  out.hooked = await api('echo', { hooks: { beforeRequest: [(options) => void (options.headers['x-hook'] = '1')], afterResponse: [(answer) => answer] } }).json();
  out.refused = await got('http://127.0.0.1:9/', { retry: 0 }).catch((error) => [error.name, error.code]);
  const next = (answer, all) => (all.length < 3 ? { searchParams: { page: all.length } } : false);
  out.paged = await got.paginate.all(`${base}/echo?page=0`, { retry: 0, pagination: { transform: (answer) => [JSON.parse(answer.body).query[0][1]], paginate: next } });
  return out;
};
