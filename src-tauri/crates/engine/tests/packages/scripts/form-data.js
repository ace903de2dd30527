const FormData = require('form-data');
const { Readable } = require('stream');
const http = require('http');

module.exports = async ({ base }) => {
  const out = {};
  const form = new FormData();
  form.setBoundary('----fixed');
  form.append('text', 'väl');
  form.append('json', JSON.stringify({ a: 1 }), { contentType: 'application/json' });
  form.append('file', Buffer.from([1, 2, 3]), { filename: 'x.bin', knownLength: 3 });
  out.length = [form.getLengthSync(), form.hasKnownLength(), form.getHeaders()];
  out.buffer = form.getBuffer().toString('latin1');
  const streamed = new FormData();
  streamed.append('one', '1');
  streamed.append('stream', Readable.from([Buffer.from('abc'), Buffer.from('def')]), { filename: 's.txt' });
  // The client here sends `accept: */*` where nothing is said.
  const headers = { ...streamed.getHeaders(), accept: 'application/json' };
  out.piped = await new Promise((resolve, reject) => {
    const request = http.request(`${base}/echo`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => resolve(JSON.parse(text)));
    });
    request.on('error', reject);
    streamed.pipe(request);
  });
  const submitted = new FormData();
  submitted.append('a', 'b');
  out.submitted = await new Promise((resolve, reject) => submitted.submit(`${base}/echo`, (error, response) => (error ? reject(error) : (response.resume(), resolve(response.statusCode)))));
  return out;
};
