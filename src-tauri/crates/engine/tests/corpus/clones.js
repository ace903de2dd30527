const { receiveMessageOnPort, isMainThread, parentPort } = require('worker_threads');
const v8 = require('v8');
const message = (run) => { try { return run(); } catch (error) { return `${error.name} ${error.code}: ${error.message}`; } };
const turns = async () => { for (let n = 0; n < 9; n++) await new Promise((done) => (n % 3 === 1 ? setTimeout(done, 2) : setImmediate(done))); };
exports.handler = async () => {
  const cycle = { name: 'c', list: [1, , 3], nested: { date: new Date(5), re: /a\/b/gi, big: 10n, nan: NaN, neg: -0, undef: undefined, nul: null } }; cycle.self = cycle; cycle.map = new Map([[cycle, new Set([cycle, 'x'])]]);
  console.log(structuredClone(cycle));
  console.log(structuredClone(new Error('e', { cause: new TypeError('t') })).cause.name, structuredClone(Object.assign(new RangeError('r'), { extra: 1 })).extra, structuredClone(class { static x = 1; }.x), structuredClone(Object(1)), structuredClone(Object('s')), structuredClone(Object(false)));
  class Custom { constructor() { this.a = 1; } get b() { return 2; } } console.log(structuredClone(new Custom()), structuredClone(Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } })));
  const u8 = new Uint8Array([1, 2, 3, 4]); const pair = structuredClone({ a: u8, b: u8.subarray(1, 3), c: new DataView(u8.buffer, 1, 2), f: new Float64Array([1.5]), g: new BigInt64Array([5n]) }); console.log(pair, pair.a.buffer === pair.b.buffer, pair.a.buffer === pair.c.buffer);
  const moved = new ArrayBuffer(8); const got = structuredClone({ moved }, { transfer: [moved] }); console.log(moved.byteLength, got.moved.byteLength, message(() => structuredClone(1, { transfer: [moved] })));
  for (const bad of [() => {}, Symbol('s'), { f() {} }, Promise.resolve(), new WeakMap(), [Symbol.iterator], function named() {}]) console.log(message(() => structuredClone(bad)));
  console.log(message(() => structuredClone()), message(() => structuredClone(1, { transfer: [{}] })), message(() => { const b = new ArrayBuffer(1); structuredClone(b, { transfer: [b, b] }); }));
  const { port1, port2 } = new MessageChannel(); const heard = [];
  port2.on('message', (value) => heard.push(value)); port1.postMessage({ hello: [1] }); port1.postMessage('second'); heard.push('sync'); await turns(); console.log(heard);
  port1.onmessage = (event) => console.log(event.constructor.name, event.type, event.data, event.target === port1, event.ports); port2.postMessage(new Map([[1, 2]])); await turns();
  const inner = new MessageChannel(); inner.port2.onmessage = (event) => console.log('through', event.data); port1.postMessage({ port: inner.port1 }, [inner.port1]); await turns(); heard.at(-1).port.postMessage('a moved port'); await turns();
  console.log(message(() => port1.postMessage(() => {})), message(() => port1.postMessage()), message(() => port1.postMessage(port1)), message(() => new MessagePort()));
  const sync = new MessageChannel(); sync.port1.postMessage(1); console.log(receiveMessageOnPort(sync.port2), receiveMessageOnPort(sync.port2), isMainThread, parentPort);
  port2.on('close', () => console.log('closed')); port1.close(); await turns(); inner.port2.close(); sync.port1.close();
  const one = new BroadcastChannel('news'), two = new BroadcastChannel('news'); two.onmessage = (event) => { console.log('broadcast', event.data); one.close(); two.close(); }; one.postMessage({ n: 1 }); await turns(); console.log(message(() => one.postMessage(1)));
  console.log(new MessageEvent('message', { data: 5, origin: 'o' }).data, structuredClone(new DOMException('m', 'DataError')) instanceof DOMException, structuredClone(new DOMException('m', 'DataError')).code);
  console.log((await structuredClone(new Blob(['abc'], { type: 't/x' })).text()));
  // V8's format.
  for (const value of [1, -1, 300, 1.5, -0, 2 ** 31, 'text', 'tëxt', '€uro', true, null, undefined, 10n, -(2n ** 70n), [1, 'a', , 3], [1, [2]], { a: 1, 2: 'b', c: { d: null } }, new Date(7), /x/gi, new Map([[1, { a: 1 }]]), new Set(['a', 2]), new Uint8Array([1, 2, 3]), Buffer.from('hi'), new Float64Array([1.5]), new ArrayBuffer(2), Object(5), Object('s'), new Array(3)]) { const bytes = v8.serialize(value); console.log(bytes.toString('hex'), v8.deserialize(bytes)); }
  const shared = { x: 1 }; const loop = { shared, again: shared }; loop.loop = loop; const back = v8.deserialize(v8.serialize(loop)); console.log(back, back.shared === back.again, v8.serialize(loop).toString('hex'));
  console.log(v8.deserialize(v8.serialize(new TypeError('typed'))).name, message(() => v8.serialize(() => {})), message(() => v8.deserialize(Buffer.from([1, 2]))), message(() => v8.deserialize(Buffer.from('ff0f6f', 'hex'))), message(() => v8.deserialize('x')), typeof v8.getHeapStatistics().heap_size_limit);
  const writer = new v8.Serializer(); writer.writeHeader(); writer.writeValue('v'); writer.writeUint32(300); writer.writeUint64(1, 2); writer.writeDouble(0.5); writer.writeRawBytes(Buffer.from('raw')); const all = writer.releaseBuffer(); const reader = new v8.Deserializer(all); console.log(all.toString('hex'), reader.readHeader(), reader.readValue(), reader.readUint32(), reader.readUint64(), reader.readDouble(), reader.readRawBytes(3).toString(), reader.getWireFormatVersion());
  return null;
};
