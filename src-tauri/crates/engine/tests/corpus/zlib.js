const zlib = require('zlib');
const { promisify } = require('util');
const { pipeline } = require('stream/promises');
const { Readable } = require('stream');
const tell = (run) => { try { return run(); } catch (error) { return `${error.name} ${error.code} ${error.errno} ${error.message}`; } };
const show = (run) => console.log(tell(run));
const text = 'round and round '.repeat(500) + 'äöü€😀'.repeat(50);
const noise = Buffer.alloc(40000, 7); for (let i = 0, s = 1; i < noise.length; i += 3) { s = (s * 1103515245 + 12345) & 0x7fffffff; noise[i] = s >> 8; }
const pairs = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'], ['brotliCompress', 'brotliDecompress']];
const all = async (stream, input) => { const out = []; stream.on('data', (d) => out.push(d)); const end = new Promise((done, fail) => { stream.on('end', done); stream.on('error', fail); }); for (let at = 0; at < input.length; at += 1000) stream.write(input.subarray(at, at + 1000)); stream.end(); await end; return Buffer.concat(out); };
exports.handler = async () => {
  for (const [pack, unpack] of pairs) {
    for (const data of [Buffer.from(text), Buffer.alloc(0), Buffer.from('x'), noise]) {
      const packed = zlib[`${pack}Sync`](data);
      const later = await promisify(zlib[pack])(data);
      console.log(pack, unpack, data.length, zlib[`${unpack}Sync`](packed).equals(data), (await promisify(zlib[unpack])(later)).equals(data), packed.equals(later));
      const streamed = await all(zlib[`create${pack[0].toUpperCase()}${pack.slice(1)}`](), data);
      console.log((await all(zlib[`create${unpack[0].toUpperCase()}${unpack.slice(1)}`](), streamed)).equals(data), (await all(zlib[`create${unpack[0].toUpperCase()}${unpack.slice(1)}`]({ chunkSize: 64 }), packed)).equals(data));
    }
  }
  console.log(zlib.gzipSync('hello').toString('hex'), zlib.gzipSync('').toString('hex'), zlib.deflateSync('hello').toString('hex'), zlib.deflateRawSync('hello').toString('hex'));
  console.log(zlib.gunzipSync(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64')).toString(), zlib.brotliDecompressSync(Buffer.from('CwKAaGVsbG8D', 'base64')).toString());
  const hello = zlib.gzipSync('hello');
  for (const kind of ['gunzip', 'inflate', 'inflateRaw', 'unzip', 'brotliDecompress']) for (const bad of ['hello', '', '\x1f', '\x1f\x8b', 'x\x9c', '\xff\xff\xff\xff\xff']) show(() => `${kind} ${bad.length} ${zlib[`${kind}Sync`](Buffer.from(bad, 'latin1')).toString('hex')}`);
  for (let at = 0; at < hello.length; at++) { const bad = Buffer.from(hello); bad[at] ^= 0x41; show(() => `${at} ${zlib.gunzipSync(bad)}`); show(() => `${at} cut ${zlib.gunzipSync(hello.subarray(0, at))}`); }
  for (const wrong of [5, undefined, null, {}, []]) show(() => zlib.gzipSync(wrong));
  for (const options of [{ level: 10 }, { level: 'a' }, { level: Infinity }, { level: NaN }, { windowBits: 7 }, { windowBits: 8 }, { windowBits: 16 }, { chunkSize: 10 }, { memLevel: 0 }, { strategy: 9 }, { dictionary: 5 }, { flush: 99 }, { finishFlush: -1 }, { maxOutputLength: 0 }, { maxOutputLength: 5 }]) show(() => zlib.gunzipSync(zlib.gzipSync('xxxxxxxx', options)).toString());
  show(() => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(1000)), { maxOutputLength: 10 }));
  console.log(await promisify(zlib.gunzip)(zlib.gzipSync(Buffer.alloc(1000)), { maxOutputLength: 10 }).catch((e) => `${e.name} ${e.code} ${e.message}`));
  console.log(await promisify(zlib.gunzip)(Buffer.from('nonsense')).catch((e) => `${e.name} ${e.code} ${e.errno} ${e.message}`));
  show(() => zlib.gzip('x')); show(() => zlib.gzip('x', {})); show(() => zlib.gzip(5, () => {}));
  show(() => zlib.brotliCompressSync('x', { params: { 99: 1 } })); show(() => zlib.brotliCompressSync('x', { params: { 1: 'a' } })); show(() => zlib.brotliDecompressSync(zlib.brotliCompressSync('x'.repeat(100), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3, [zlib.constants.BROTLI_PARAM_LGWIN]: 12, [zlib.constants.BROTLI_PARAM_MODE]: 1 } })).toString());
  const dictionary = Buffer.from('round and around it goes');
  for (const [pack, unpack] of pairs.slice(1, 3)) { const packed = zlib[`${pack}Sync`]('round and round it goes', { dictionary }); show(() => zlib[`${unpack}Sync`](packed, { dictionary }).toString()); show(() => zlib[`${unpack}Sync`](packed)); show(() => zlib[`${unpack}Sync`](packed, { dictionary: Buffer.from('other') })); }
  show(() => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b'), Buffer.from('\0\0xx')])).toString()); show(() => zlib.gunzipSync(Buffer.concat([hello, Buffer.from('xx')])).toString()); show(() => zlib.inflateSync(Buffer.concat([zlib.deflateSync('a'), Buffer.from('rest')])).toString()); show(() => zlib.unzipSync(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b')])).toString());
  show(() => zlib.gunzipSync(hello.subarray(0, 20), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString());
  show(() => zlib.brotliDecompressSync(zlib.brotliCompressSync('hello').subarray(0, 6), { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }).toString());
  const info = zlib.gzipSync('hello', { info: true }); console.log(Object.keys(info), info.engine.bytesWritten, info.engine instanceof zlib.Gzip, info.engine._closed);
  await new Promise((done) => zlib.gzip('hello', { info: true }, (error, result) => { console.log(error, Object.keys(result), result.engine.bytesWritten); done(); }));
  const flushing = zlib.createGzip(); const seen = []; flushing.on('data', (d) => seen.push(d)); flushing.write('hello'); await new Promise((done) => flushing.flush(done)); const soFar = Buffer.concat(seen); console.log(zlib.gunzipSync(soFar, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString()); flushing.write(' world'); await new Promise((done) => flushing.flush(zlib.constants.Z_SYNC_FLUSH, done)); console.log(zlib.gunzipSync(Buffer.concat(seen), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString()); flushing.end('!'); await new Promise((done) => flushing.on('end', done)); console.log(zlib.gunzipSync(Buffer.concat(seen)).toString(), flushing.bytesWritten);
  const br = zlib.createBrotliCompress(); const parts = []; br.on('data', (d) => parts.push(d)); br.write('hello'); await new Promise((done) => br.flush(done)); console.log(zlib.brotliDecompressSync(Buffer.concat(parts), { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }).toString()); br.end(' there'); await new Promise((done) => br.on('end', done)); console.log(zlib.brotliDecompressSync(Buffer.concat(parts)).toString());
  const tuned = zlib.createDeflate({ level: 9 }); const chunks = []; tuned.on('data', (d) => chunks.push(d)); tuned.write(text); await new Promise((done) => tuned.params(0, zlib.constants.Z_DEFAULT_STRATEGY, done)); tuned.end(text); await new Promise((done) => tuned.on('end', done)); console.log(zlib.inflateSync(Buffer.concat(chunks)).toString() === text + text);
  show(() => zlib.createGzip().params('a', 0)); show(() => zlib.createGzip().params(99, 0)); show(() => zlib.createGzip().params(1, 9));
  const out = []; await pipeline(Readable.from([Buffer.from('a'), Buffer.from('b')]), zlib.createGzip(), zlib.createGunzip(), async (source) => { for await (const part of source) out.push(part); }); console.log(Buffer.concat(out).toString());
  console.log(await pipeline(Readable.from([Buffer.from('junk')]), zlib.createGunzip(), new (require('stream').Writable)({ write(c, e, d) { d(); } })).catch((e) => `${e.code} ${e.errno} ${e.message}`));
  const closed = zlib.createGzip(); await new Promise((done) => closed.close(done)); console.log(closed.destroyed, closed._closed);
  const again = zlib.createInflate(); again.reset(); console.log((await all(again, zlib.deflateSync('again'))).toString());
  console.log(zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')), tell(() => zlib.crc32(5)), tell(() => zlib.crc32('a', -1)), tell(() => zlib.crc32('a', 'b')));
  console.log(Object.keys(zlib).join(), zlib.constants, zlib.codes, zlib.Z_BEST_SPEED, zlib.Gzip() instanceof require('stream').Transform, zlib.createGunzip().constructor.name, Object.keys(zlib.createDeflate()).filter((k) => /^_[a-z]+(?:Flag|Size|Length)$|^_(?:level|strategy|info)$|^bytes/i.test(k)).map((k) => k));
  const names = []; const watch = zlib.createGunzip(); for (const name of ['finish', 'end', 'close', 'error']) watch.on(name, () => names.push(name)); watch.resume(); watch.end(zlib.gzipSync('x')); await new Promise((done) => watch.on('close', done)); console.log(names);
  for (const [name, ...options] of [['gzip', { level: 0 }], ['gzip', { level: 1, memLevel: 1, windowBits: 9 }], ['deflate', { strategy: 2 }], ['deflate', { strategy: 3 }], ['deflate', { strategy: 4 }], ['deflateRaw', { windowBits: 8 }]]) console.log(name, zlib.unzipSync(name === 'deflateRaw' ? zlib.deflateSync(zlib.inflateRawSync(zlib.deflateRawSync(text, ...options))) : zlib[`${name}Sync`](text, ...options)).toString() === text);
  return null;
};
