// Names that packages look for before they use them, and what they give.
const util = require('util');
const http = require('http');
const { Writable, Readable } = require('stream');
const { StringDecoder } = require('string_decoder');
const message = (run) => { try { return run(); } catch (error) { return `${error.name} ${error.code}: ${error.message}`; } };
exports.handler = async () => {
  const type = new util.MIMEType(' Text/HTML ; Charset="x y";a=b;a=c;;d="e\\"f"; bad name=1');
  console.log(String(type), type.essence, type.type, type.subtype, [...type.params], type.params.get('charset'), type.params.has('q'), JSON.stringify({ type }));
  type.subtype = 'Plain'; type.params.set('charset', 'utf-8'); type.params.delete('a'); console.log(`${type}`, [...type.params.keys()]);
  for (const text of ['x', 'a/', '/b', 'a b/c', 'text/plain;x=']) console.log(message(() => `${new util.MIMEType(text)}`));
  console.log(util.parseEnv('A=1\nB="x\\ny" # c\nexport C=\'q\'\nD=a # b\n# E=1\n F = g h \nG=\nH=`a\nb`'));
  console.log(typeof util.transferableAbortController().abort, process.versions.openssl, Object.keys(process.versions).length, process.release.sourceUrl, process.debugPort, process.getActiveResourcesInfo().length >= 0, process.availableMemory() > 0);
  console.log(process.hasUncaughtExceptionCaptureCallback(), Event.AT_TARGET, new Event('x').BUBBLING_PHASE, http.METHODS.length, http.Agent.defaultMaxSockets);
  const event = new Event('a'); event.initEvent('b', true, true); event.cancelBubble = true; console.log(event.type, event.bubbles, event.cancelable, event.cancelBubble);
  const decoder = new StringDecoder('utf8'); decoder.write(Buffer.from([0xe2, 0x82])); console.log(decoder.lastNeed, decoder.lastTotal, decoder.lastChar.subarray(0, 2));
  const lines = [];
  const to = (name) => new Writable({ write(chunk, _encoding, done) { lines.push(`${name}: ${chunk}`); done(); } });
  const own = new console.Console(to('out'), to('err')); own.group('g'); own.log('a %d', 1, { b: 2 }); own.groupEnd(); own.error('bad'); own.count(); own.count(); own.assert(false, 'no'); own.dir({ x: 1 });
  class Loud extends console.Console { log(...args) { super.log('loud', ...args); } } new Loud({ stdout: to('only') }).log('x'); const { log } = own; log('free');
  console.log(lines, message(() => new console.Console({})));
  console.log(process.stdout instanceof Writable, process.stderr.writable, process.stdout.fd, process.stderr.fd, typeof process.stdout.on('x', () => {}).emit, process.stdin instanceof Readable);
  process.stdout.write('written\n'); process.stdout.write(Buffer.from('bytes\n'));
  Readable.from(['one\n', 'two\n']).pipe(process.stdout); await new Promise((done) => setTimeout(done, 10));
  return null;
};
