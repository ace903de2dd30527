const url = require('url');
const { inspect } = require('util');
exports.handler = async () => {
  const u = new URL('https://user:pa%20ss@Example.COM:8080/a/../b c?x=1&y=a+b&x=2#frag');
  console.log(u.href, u.origin, u.host, u.pathname, u.search, u.hash, u.username, u.password, JSON.stringify(u));
  u.pathname = '/new path'; u.search = 'q=ä'; u.hash = ''; u.port = '443'; u.protocol = 'http'; u.hostname = 'münchen.de';
  console.log(`${u}`, u.searchParams.get('q'));
  u.searchParams.append('z', '1 2&3'); u.searchParams.delete('q'); console.log(u.href, u.searchParams.size);
  console.log(new URL('../x?y', 'http://h/a/b/c').href, new URL('//other', 'https://h').href, URL.canParse('nope'), URL.canParse('x:', 'http://a'));
  for (const bad of ['nope', 'http://', 'http://a:99999', '//x']) { try { new URL(bad); } catch (e) { console.log(e.name, e.code, e.message, e.input); } }
  const p = new URLSearchParams('a=1&b=2&a=3&c=%20x&d'); console.log([...p], p.getAll('a'), p.has('d'), p.toString(), p);
  p.sort(); p.set('a', 'only'); console.log(String(p), [...p.keys()].join(), [...p.values()].join());
  console.log(String(new URLSearchParams({ q: 'a b', r: 'é&=' })), String(new URLSearchParams([['x', '1'], ['x', '2']])), String(new URLSearchParams('?lead=1')));
  console.log(inspect(new URL('http://a.b/c?d=e#f')), new URLSearchParams(), { u: new URL('http://x') });
  console.log(url.parse('http://user:pass@host.com:80/p/a?query=string#hash'));
  console.log(url.parse('/relative?x=1&y=2', true).query.y, url.parse('//h/p', false, true).host, url.parse('mailto:a@b.c').href, url.parse('HTTP://EXAMPLE.com').href);
  console.log(url.format({ protocol: 'https', hostname: 'h', port: 1, pathname: 'p', query: { a: 1, b: [2, 3] }, hash: 'x' }), url.format(new URL('http://a@b/c#d'), { fragment: false, auth: false }));
  console.log(url.resolve('http://a.com/b/c', '../d'), url.resolve('/one/two', 'three'), url.resolve('http://a.com', '/x'), url.resolve('/a/b', '/c'));
  console.log(url.fileURLToPath('file:///a%20b/c'), url.pathToFileURL('/a b#c').href, url.domainToASCII('münchen.de'));
  console.log(url.urlToHttpOptions(new URL('http://u:p@h:1/p?q#f')).auth, url.URL === URL);
  console.log(encodeURIComponent('ä &/?'), encodeURI('ä &/?'), decodeURIComponent('%C3%A4'), escape('ä b'), unescape('%E4%20'));
  return { u };
};
