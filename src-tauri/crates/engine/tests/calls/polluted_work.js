// Uses what Node has, from end to end; `pollute` is called before anything of it is loaded. Only the language's own
// operators and what was taken before that are used to build the result.
const { stringify } = JSON;
const { apply } = Reflect;
const { then } = Promise.prototype;
let patience;
const results = { __proto__: null };
const step = async (name, run) => {
  let told;
  try {
    told = await new Promise((resolve, reject) => {
      const late = setTimeout(() => resolve('nothing came'), patience);
      const done = (settle) => (value) => {
        clearTimeout(late);
        settle(value);
      };
      apply(then, (async () => run())(), [done(resolve), done(reject)]);
    });
  } catch (error) {
    told = `${error}`;
  }
  results[name] = told;
};

exports.handler = async ({ url, pollute, patience: ms }) => {
  patience = ms;
  if (pollute) require('./pollute.js');
  console.count('a');
  console.count('a');
  console.time('t');
  console.time('t');
  await step('hash', () => require('crypto').createHash('sha256').update('abc').digest('hex'));
  await step('hmac', () => require('crypto').createHmac('sha1', 'key').update('abc').digest('base64'));
  await step('cipher', () => {
    const { createCipheriv, createDecipheriv } = require('crypto');
    const key = Buffer.alloc(32, 1);
    const iv = Buffer.alloc(16, 2);
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const text = cipher.update('some text', 'utf8', 'hex') + cipher.final('hex');
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return [text, decipher.update(text, 'hex', 'utf8') + decipher.final('utf8')];
  });
  await step('keys', () => {
    const { createSecretKey, createSign, createVerify, generateKeyPairSync } = require('crypto');
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sign = createSign('SHA256').update('abc').sign(privateKey);
    return [createSecretKey(Buffer.from('abc')).symmetricKeySize, publicKey.asymmetricKeyType, createVerify('SHA256').update('abc').verify(publicKey, sign)];
  });
  await step('subtle', async () => {
    const key = await crypto.subtle.importKey('raw', Buffer.from('0123456789abcdef'), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
    const made = Buffer.from(await crypto.subtle.sign('HMAC', key, Buffer.from('x'))).toString('hex');
    return [made, key.algorithm.length, key.usages[0], Buffer.from(await crypto.subtle.digest('SHA-1', Buffer.from('x'))).toString('hex')];
  });
  await step('headers', () => {
    const headers = new Headers({ b: '1', a: '2' });
    headers.append('Set-Cookie', 'x=1');
    headers.append('a', '3');
    headers.delete('b');
    return [headers.get('A'), headers.has('b'), stringify([...headers])];
  });
  await step('fetch', async () => {
    const response = await fetch(`${url}/echo`, { method: 'POST', body: stringify({ a: 1 }), headers: { 'x-mark': 'yes' } });
    const body = await response.text();
    return [response.status, response.headers.get('content-type'), body.includes('x-mark')];
  });
  await step('formdata', async () => {
    const form = new FormData();
    form.append('a', new Blob(['xyz'], { type: 'text/plain' }), 'a.txt');
    const back = await new Response(form).formData();
    return await back.get('a').text();
  });
  await step('http', () => {
    const http = require('http');
    return new Promise((resolve, reject) => {
      const request = http.request(`${url}/echo`, { method: 'PUT', headers: { 'X-Own': 'set' } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece) => (text += piece));
        response.on('end', () => resolve([response.statusCode, text.includes('x-own')]));
      });
      request.setHeader('X-Two', '2');
      request.on('error', reject);
      request.end('body');
    });
  });
  await step('stream', async () => {
    const { Readable, Transform } = require('stream');
    const { pipeline } = require('stream/promises');
    let out = '';
    await pipeline(Readable.from(['a', 'b']), new Transform({ transform(piece, _, done) { done(null, `${piece}`.toUpperCase()); } }), async (source) => {
      for await (const piece of source) out += piece;
    });
    return out;
  });
  await step('webstream', async () => {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    writer.write('one');
    writer.close();
    const reader = readable.pipeThrough(new TextEncoderStream()).getReader();
    const { value } = await reader.read();
    return [Buffer.from(value).toString(), (await reader.read()).done];
  });
  await step('messages', () => {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port2.onmessage = ({ data }) => {
        port1.close();
        resolve(data.a);
      };
      port1.postMessage({ a: 'sent' });
    });
  });
  await step('events', () => {
    const target = new EventTarget();
    let heard = 0;
    const listener = () => heard++;
    target.addEventListener('x', listener);
    target.addEventListener('x', listener);
    target.addEventListener('x', () => heard++, { once: true });
    target.dispatchEvent(new Event('x'));
    target.dispatchEvent(new Event('x'));
    target.removeEventListener('x', listener);
    target.dispatchEvent(new Event('x'));
    const emitter = new (require('events'))();
    emitter.once('y', () => heard++);
    emitter.emit('y');
    emitter.emit('y');
    return heard;
  });
  await step('clone', () => {
    const circle = { list: [1, { deep: true }], date: new Date(5) };
    circle.self = circle;
    const copy = structuredClone(circle);
    return [copy.self === copy, copy.list[1].deep, copy.date.getTime()];
  });
  await step('date', () => [new Intl.DateTimeFormat('de-DE', { dateStyle: 'full', timeZone: 'Europe/Berlin' }).format(0), new Date(0).toLocaleString('en-US'), new Date(0).toLocaleString('en-US')]);
  await step('number', () => [new Intl.NumberFormat('fr-FR', { style: 'unit', unit: 'liter' }).format(1234.5), (1234.5).toLocaleString(), (1234.5).toLocaleString()]);
  await step('words', () => [new Intl.PluralRules('en', { type: 'ordinal' }).select(2), new Intl.ListFormat('en').format(['a', 'b']), new Intl.RelativeTimeFormat('en').format(-1, 'day'), 'ä'.localeCompare('z', 'de'), 'I'.toLocaleLowerCase('tr')]);
  await step('inspect', () => {
    const { inspect, format } = require('util');
    const circle = { a: [1, 'x'], f() {}, n: null, deep: { deep: { deep: {} } } };
    circle.me = circle;
    return [inspect(circle), format('%s %d %j', 'a', 1, [2])];
  });
  await step('files', () => {
    const fs = require('fs');
    fs.mkdirSync('/tmp/d');
    fs.writeFileSync('/tmp/d/f', 'text');
    const opened = fs.openSync('/tmp/d/f');
    const bytes = Buffer.alloc(4);
    fs.readSync(opened, bytes);
    fs.closeSync(opened);
    return [`${bytes}`, fs.readdirSync('/tmp/d')[0], fs.existsSync('/tmp/none'), fs.statSync(__filename).isFile()];
  });
  await step('timers', async () => {
    const id = +setTimeout(() => { results.fired = true; }, 5);
    clearTimeout(id);
    await new Promise((resolve) => setTimeout(resolve, 15));
    return results.fired === undefined;
  });
  await step('storage', async () => {
    const { AsyncLocalStorage } = require('async_hooks');
    const [one, other] = [new AsyncLocalStorage(), new AsyncLocalStorage()];
    return await one.run('first', () => other.run('second', async () => {
      await null;
      return [one.getStore(), other.getStore()];
    }));
  });
  await step('performance', () => {
    performance.mark('begin');
    return [performance.getEntriesByName('begin').length, performance.timerify((x) => x)(3)];
  });
  await step('zlib', () => {
    const { gzipSync, gunzipSync } = require('zlib');
    return `${gunzipSync(gzipSync('squeezed'))}`;
  });
  await step('zipped', () => new Promise((resolve) => require('zlib').deflate('x', (error, made) => resolve(`${require('zlib').inflateSync(made)}`))));
  await step('wire', () => {
    const { serialize, deserialize } = require('v8');
    const shared = { a: 1 };
    const back = deserialize(serialize({ one: shared, other: shared }));
    return back.one === back.other;
  });
  await step('vm', () => require('vm').runInNewContext('x + 1', { x: 2 }));
  await step('channel', () => {
    const channel = require('diagnostics_channel').channel('c');
    let heard;
    channel.subscribe((message) => (heard = message));
    channel.publish('told');
    return heard;
  });
  await step('module', () => [require('./lib.js') === require('./lib.js'), require.resolve('./lib.js')]);
  await step('url', () => [new URL('/b?x=1', 'http://a').searchParams.get('x'), require('url').parse('http://a:1/b').port, require('querystring').stringify({ a: [1, 2] })]);
  await step('error', () => {
    try {
      null.x;
    } catch (error) {
      return [error.message, error.stack.includes('index.js')];
    }
  });
  console.count('a');
  return results;
};
