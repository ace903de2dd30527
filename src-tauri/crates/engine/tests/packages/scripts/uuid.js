const uuid = require('uuid');

module.exports = async () => ({
  v3: uuid.v3('hello', uuid.v3.DNS),
  v5: uuid.v5('https://example.test/ä', uuid.v5.URL),
  v4: [uuid.validate(uuid.v4()), uuid.version(uuid.v4()), uuid.v4({ random: Buffer.alloc(16, 7) }), new Set(Array.from({ length: 100 }, () => uuid.v4())).size],
  v1: uuid.v1({ node: [1, 2, 3, 4, 5, 6], clockseq: 0x1234, msecs: 1700000000000, nsecs: 5678 }),
  parsed: [...uuid.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')],
  text: uuid.stringify(uuid.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')),
  nil: [uuid.NIL, uuid.validate(uuid.NIL), uuid.validate('no')],
  error: (() => { try { uuid.parse('no'); } catch (error) { return [error.name, error.message]; } })(),
});
