const fs = require('fs');
const os = require('os');
const path = require('path');
const fsp = require('fs/promises');
const util = require('util');
const { pipeline } = require('stream/promises');
const said = (error) => `${error.name} ${error.code} ${error.errno} ${error.syscall}: ${error.message}`;
exports.handler = async () => {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'check-'));
  const tell = (...args) => console.log(...args.map((one) => (typeof one === 'string' ? one.replaceAll(base, 'BASE') : one)));
  const tries = (run) => { try { const value = run(); return typeof value === 'string' ? value.replaceAll(base, 'BASE') : value; } catch (error) { return said(error).replaceAll(base, 'BASE'); } };
  // The package.
  tell(fs.readFileSync(path.join(__dirname, 'data/text.txt'), 'utf8'), fs.readFileSync('/' + path.relative('/', __dirname) + '/data/inner/one.json').length, fs.existsSync(path.join(__dirname, 'nothing')), fs.existsSync(__dirname));
  tell(fs.readdirSync(path.join(__dirname, 'data')), fs.readdirSync(path.join(__dirname, 'data'), { withFileTypes: true }).map((one) => [one.name, one.isFile(), one.isDirectory()]), fs.readdirSync(path.join(__dirname, 'data'), { recursive: true }).sort());
  const stat = fs.statSync(path.join(__dirname, 'data/text.txt')); tell(stat.size, stat.isFile(), stat.isDirectory(), stat.mtime instanceof Date, fs.statSync(path.join(__dirname, 'no'), { throwIfNoEntry: false }), typeof fs.statSync(__dirname, { bigint: true }).size);
  for (const run of [() => fs.readFileSync(path.join(__dirname, 'none.txt')), () => fs.readFileSync(path.join(__dirname, 'data')), () => fs.readdirSync(path.join(__dirname, 'data/text.txt')), () => fs.openSync(path.join(__dirname, 'data/text.txt/x'))]) tell(String(tries(run)).replaceAll(__dirname, 'DIR'));
  // The temporary folder.
  const at = (name) => path.join(base, name);
  fs.writeFileSync(at('a.txt'), 'one'); fs.appendFileSync(at('a.txt'), ' two'); tell(fs.readFileSync(at('a.txt'), 'utf8'), fs.statSync(at('a.txt')).size, fs.readFileSync(at('a.txt'), 'hex'), fs.readFileSync(at('a.txt'), { encoding: 'base64' }));
  fs.mkdirSync(at('x/y/z'), { recursive: true }); fs.writeFileSync(at('x/y/z/deep'), Buffer.from([1, 2, 3])); tell(fs.readdirSync(base).sort(), fs.readdirSync(at('x'), { recursive: true }).sort());
  for (const run of [() => fs.mkdirSync(at('x')), () => fs.rmdirSync(at('x')), () => fs.unlinkSync(at('none')), () => fs.rmSync(at('none')), () => fs.rmSync(at('x')), () => fs.writeFileSync(at('no/file'), 'x'), () => fs.readlinkSync(at('a.txt')), () => fs.renameSync(at('none'), at('b')), () => fs.copyFileSync(at('none'), at('b')), () => fs.openSync(at('a.txt'), 'wx'), () => fs.writeFileSync(at('x'), ''), () => fs.accessSync(at('none')), () => fs.readFileSync(5.5), () => fs.readFileSync(), () => fs.openSync(at('a'), 'zz'), () => fs.closeSync(9999), () => fs.writeFileSync(at('q'), 5), () => fs.readFileSync(at('a.txt'), 'nope'), () => fs.rmSync(at('none'), { force: true }), () => fs.readFile('x')]) tell(tries(run));
  fs.renameSync(at('a.txt'), at('b.txt')); fs.copyFileSync(at('b.txt'), at('c.txt')); fs.symlinkSync('c.txt', at('link')); tell(fs.readlinkSync(at('link')), fs.readFileSync(at('link'), 'utf8'), fs.lstatSync(at('link')).isSymbolicLink(), fs.statSync(at('link')).isFile(), fs.realpathSync(at('x/../link')) === fs.realpathSync(at('c.txt')));
  fs.truncateSync(at('c.txt'), 3); fs.chmodSync(at('c.txt'), 0o600); fs.utimesSync(at('c.txt'), 1, 2); tell(fs.readFileSync(at('c.txt'), 'utf8'), (fs.statSync(at('c.txt')).mode & 0o777).toString(8), fs.statSync(at('c.txt')).mtimeMs);
  const fd = fs.openSync(at('d'), 'w+'); tell(fs.writeSync(fd, 'hello world'), fs.writeSync(fd, Buffer.from('J'), 0, 1, 0)); const buffer = Buffer.alloc(5); tell(fs.readSync(fd, buffer, 0, 5, 0), buffer.toString(), fs.fstatSync(fd).size); fs.ftruncateSync(fd, 4); fs.closeSync(fd); tell(fs.readFileSync(at('d'), 'utf8'), tries(() => fs.readSync(fd, buffer, 0, 1, 0)));
  fs.cpSync(at('x'), at('copy'), { recursive: true }); tell(fs.readFileSync(at('copy/y/z/deep'))); fs.rmSync(at('x'), { recursive: true }); tell(fs.existsSync(at('x')));
  // Callbacks and promises.
  tell(await new Promise((done) => fs.readFile(at('b.txt'), 'utf8', (error, text) => done([error, text]))), await new Promise((done) => fs.readFile(at('none'), (error, text) => done([error.code, text]))), await new Promise((done) => fs.access(at('b.txt'), done)), await new Promise((done) => fs.exists(at('b.txt'), done)), await util.promisify(fs.readFile)(at('b.txt'), 'utf8'));
  await fsp.writeFile(at('p'), 'promised'); tell(await fsp.readFile(at('p'), 'utf8'), await fsp.readdir(base), (await fsp.stat(at('p'))).size, await fsp.readFile(at('none')).catch((error) => error.code), await fsp.access(at('p'))); await fsp.mkdir(at('m')); await fsp.rm(at('m'), { recursive: true });
  const handle = await fsp.open(at('h'), 'w+'); await handle.write('handled'); tell((await handle.read(Buffer.alloc(4), 0, 4, 0)).buffer.toString(), (await handle.stat()).size, typeof handle.fd); await handle.close();
  const order = []; fs.readFile(at('p'), () => order.push('file')); setImmediate(() => order.push('immediate')); process.nextTick(() => order.push('tick')); order.push('sync'); await new Promise((done) => setTimeout(done, 20)); tell(order[0], order[1], order.length);
  // Streams.
  const out = fs.createWriteStream(at('s')); const events = []; for (const name of ['open', 'ready', 'finish', 'close']) out.on(name, () => events.push(name)); out.write('line 1\n'); out.end('line 2\n'); await new Promise((done) => out.on('close', done)); tell(events, out.bytesWritten, fs.readFileSync(at('s'), 'utf8'));
  const chunks = []; for await (const chunk of fs.createReadStream(at('s'), { encoding: 'utf8', start: 2, end: 9 })) chunks.push(chunk); tell(chunks);
  await pipeline(fs.createReadStream(at('s')), fs.createWriteStream(at('t'))); tell(fs.readFileSync(at('t'), 'utf8'));
  tell(await new Promise((done) => fs.createReadStream(at('none')).on('error', (error) => done(said(error)))));
  const lines = []; for await (const line of require('readline').createInterface({ input: fs.createReadStream(at('s')), crlfDelay: Infinity })) lines.push(line); tell(lines);
  const dir = await fsp.opendir(base); const seen = []; for await (const one of dir) seen.push(one.name); tell(seen.sort());
  tell(fs.constants.O_RDWR, fs.F_OK, typeof fs.Stats, fs.promises === fsp, require('constants').O_CREAT);
  fs.rmSync(base, { recursive: true });
  return fs.existsSync(base);
};
