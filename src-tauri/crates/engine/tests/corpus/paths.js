const path = require('path');
const qs = require('querystring');
const os = require('os');
exports.handler = async () => {
  const list = ['', '.', '..', '/', 'a', '/a', 'a/', '/a/b.c', 'a/b/../c', './x', '../../y', '/a//b///c/', 'file.tar.gz', '.hidden', 'a.', '//a', 'x/.y.z'];
  for (const p of list) console.log(JSON.stringify(p), path.normalize(p), path.dirname(p), path.basename(p), path.extname(p), path.isAbsolute(p), JSON.stringify(path.parse(p)));
  console.log(path.join('a', '..', 'b', '/c'), path.join(''), path.join('/a', '../..'), path.resolve('/a', 'b', '../c'), path.resolve('/a', '/b'), path.relative('/a/b/c', '/a/d'), path.relative('/a', '/a'), path.basename('x.js', '.js'), path.basename('.js', '.js'), path.format({ dir: '/d', name: 'n', ext: 'e' }), path.sep, path.posix === path);
  console.log(qs.parse('a=1&b=2&a=3&c=%20x+y&d&=e'), qs.stringify({ a: [1, 2], b: 'x y', c: true, d: null, e: undefined, f: 'ä' }), qs.parse('a:1;b:2', ';', ':'), qs.escape('a b&c'), qs.unescape('%41%'), qs.stringify({ a: 1 }, ';', ':'));
  console.log(os.EOL, os.platform(), typeof os.cpus().length, process.platform, process.version.slice(0, 4), process.versions.node.split('.')[0], typeof process.hrtime.bigint(), process.hrtime().length, Object.prototype.toString.call(process), typeof process.memoryUsage().heapUsed, process.argv.length >= 2, typeof process.uptime(), process.release.name);
  console.log(typeof performance.now(), typeof performance.timeOrigin, new Date(0).toISOString(), Date.UTC(2020, 1, 29), JSON.stringify({ d: new Date(0), u: undefined, f() {}, n: NaN, i: [undefined, () => {}] }), JSON.stringify({ a: [1, { b: 2 }] }, null, 2));
  console.log(Object.keys(globalThis).sort().join(), typeof globalThis.Iterator, typeof Promise.withResolvers, typeof Object.groupBy, typeof new Set().union, typeof Array.fromAsync);
  return null;
};
