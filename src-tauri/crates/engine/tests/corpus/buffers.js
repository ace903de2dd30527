const message = (run) => { try { return run(); } catch (error) { return `${error.name} ${error.code}: ${error.message}`; } };
exports.handler = async () => {
  const b = Buffer.from('héllo wörld ✓ 😀');
  for (const e of ['utf8', 'hex', 'base64', 'base64url', 'latin1', 'ascii', 'utf16le', 'binary', 'ucs2']) { console.log(e, b.toString(e)); console.log(e, Buffer.from(b.toString(e), e).length, Buffer.byteLength('héllo', e)); }
  console.log(b, b.length, b.slice(0, 3), b.subarray(-3), Buffer.alloc(3, 'ab'), Buffer.alloc(5, 1), Buffer.alloc(60));
  console.log(Buffer.from([1, 2, 300, -1, 'x']), Buffer.from(new Uint16Array([1, 256])), Buffer.from({ length: 2, 0: 5, 1: 6 }), Buffer.from(Buffer.from('copy')));
  console.log(JSON.stringify(Buffer.from('ab')), Buffer.from(JSON.parse(JSON.stringify(Buffer.from('ab')))), Buffer.isBuffer(b), Buffer.isBuffer(new Uint8Array(1)), Buffer.isEncoding('UTF-8'), Buffer.isEncoding('nope'));
  console.log(Buffer.concat([Buffer.from('a'), Buffer.from('bc')]), Buffer.concat([Buffer.from('abc')], 2), Buffer.concat([Buffer.from('a')], 3), Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('x').equals(Buffer.from('x')), Buffer.from('b').compare(Buffer.from('a')));
  const hay = Buffer.from('this is a buffer is');
  console.log(hay.indexOf('is'), hay.indexOf('is', 3), hay.lastIndexOf('is'), hay.indexOf(Buffer.from('buf')), hay.indexOf(97), hay.includes('zzz'), hay.indexOf(''), hay.indexOf('is', -4), hay.lastIndexOf('is', 10));
  const w = Buffer.alloc(24);
  console.log(w.writeUInt8(255, 0), w.writeInt16BE(-2, 1), w.writeUInt32LE(4000000000, 3), w.writeFloatBE(1.5, 7), w.writeDoubleLE(Math.PI, 11), w.writeIntBE(-123456, 19, 3), w);
  console.log(w.readUInt8(0), w.readInt16BE(1), w.readUInt32LE(3), w.readFloatBE(7), w.readDoubleLE(11), w.readIntBE(19, 3), w.readUIntLE(0, 6), w.readInt8(0), w.readUint16LE(2));
  const g = Buffer.alloc(16); g.writeBigInt64BE(-5n, 0); g.writeBigUInt64LE(2n ** 63n, 8); console.log(g, g.readBigInt64BE(0), g.readBigUInt64LE(8));
  const text = Buffer.alloc(8); console.log(text.write('abc'), text.write('ü', 3), text.write('zz', 6, 'latin1'), text, text.fill('xy', 1, 5), text.toString('utf8', 1, 4), text.copy(w, 0, 0, 4));
  console.log(Buffer.from('1234').swap16().toString(), Buffer.from('12345678').swap32().toString(), [...Buffer.from('ab').entries()], [...Buffer.from('ab').keys()]);
  for (const bad of [() => Buffer.from(5), () => Buffer.from(null), () => Buffer.from({}), () => Buffer.from('x', 'nope'), () => Buffer.alloc(-1), () => Buffer.alloc('5'), () => w.readUInt8(99), () => w.readUInt16BE(1.5), () => w.writeUInt8(256, 0), () => w.writeInt8(-129, 0), () => w.readInt32BE('x'), () => Buffer.concat('x'), () => Buffer.from('abc').swap16(), () => w.writeUIntBE(2 ** 24, 0, 3), () => Buffer.compare('a', Buffer.from('b'))]) console.log(message(bad));
  const s = b.subarray(0, 2); s[0] = 72; console.log(b.toString('utf8', 0, 2), s.buffer === b.buffer, b.map((x) => x).constructor.name, Buffer.from('a') instanceof Uint8Array);
  console.log(Buffer.from('zz', 'hex'), Buffer.from('abc', 'hex'), Buffer.from('YQ', 'base64').toString(), Buffer.from('a-_b', 'base64'), Buffer.from('\ud800x').toString('hex'), Buffer.from(new ArrayBuffer(4), 1, 2).length);
  console.log(btoa('hi'), atob('aGk='), message(() => btoa('✓')), require('buffer').constants.MAX_LENGTH > 0, Buffer.from([0xff, 0xfe, 0x41]).toString(), Buffer.from([0xe2, 0x82]).toString());
  console.log(`${Buffer.from('str')}`, Buffer.from('abc').toJSON(), Buffer.from('abc').at(-1), Buffer.from('a,b').toString().split(','), { nested: Buffer.from('in') });
  return { b: Buffer.from('json') };
};
