const qs = require('qs');

module.exports = async () => ({
  parsed: [qs.parse('a[b][c]=1&d[]=2&d[]=3&e=%C3%A4&f'), qs.parse('a.b=1', { allowDots: true }), qs.parse('?a=1;b=2', { delimiter: ';', ignoreQueryPrefix: true }), qs.parse('a[1]=b&a[15]=c&a[200]=d'), qs.parse('a=1&a=2', { duplicates: 'last' }), qs.parse('a=%E4', { charset: 'iso-8859-1' }), qs.parse('__proto__[x]=1&constructor=2')],
  text: ['indices', 'brackets', 'repeat', 'comma'].map((arrayFormat) => qs.stringify({ a: ['b', 'c'], d: { e: 'f g' } }, { arrayFormat })).concat(qs.stringify({ a: null, b: undefined, c: '', d: new Date(0) }, { skipNulls: true }), qs.stringify({ b: 1, a: 'ä&' }, { sort: (x, y) => (x < y ? -1 : 1), encodeValuesOnly: true, addQueryPrefix: true })),
  error: (() => { try { qs.parse('a[b][c][d]=1', { depth: 1, strictDepth: true }); } catch (error) { return [error.name, error.message]; } })(),
  filtered: qs.stringify({ a: 1, b: 2, c: { d: 3 } }, { filter: ['a', 'c', 'd'] }),
});
