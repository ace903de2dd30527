const { nanoid, customAlphabet, urlAlphabet, customRandom } = require('nanoid');
const plain = require('nanoid/non-secure');

module.exports = async () => ({
  lengths: [nanoid().length, nanoid(5).length, plain.nanoid(7).length],
  alphabet: [urlAlphabet, /^[\w-]{21}$/.test(nanoid())],
  custom: [/^[01]{12}$/.test(customAlphabet('01', 12)()), customRandom('abc', 8, (size) => new Uint8Array(size).map((_, index) => index * 7))()],
  unique: new Set(Array.from({ length: 500 }, () => nanoid())).size,
  async: (await require('nanoid/async').nanoid(9)).length,
});
