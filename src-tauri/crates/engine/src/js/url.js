// The older url module beside the WHATWG classes.
export default function (exports, require, _module, internal) {
  const { OwnSet } = internal;
  const whatwg = require('internal/url');
  const querystring = require('querystring');
  const { coded, text } = require('internal/errors');
  const slashed = new OwnSet(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);

  function Url() {
    this.protocol = null;
    this.slashes = null;
    this.auth = null;
    this.host = null;
    this.port = null;
    this.hostname = null;
    this.hash = null;
    this.search = null;
    this.query = null;
    this.pathname = null;
    this.path = null;
    this.href = null;
  }

  function escapeRest(rest) {
    return rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  }

  function parse(input, withQuery, slashesDenoteHost) {
    if (input instanceof Url) return input;
    text(input, 'url');
    const url = new Url();
    let rest = input.trim();
    const hashAt = rest.indexOf('#');
    const head = hashAt < 0 ? rest : rest.slice(0, hashAt);
    const mark = head.indexOf('?');
    rest = (mark < 0 ? head : head.slice(0, mark)).replaceAll('\\', '/') + (mark < 0 ? '' : head.slice(mark)) + (hashAt < 0 ? '' : rest.slice(hashAt));

    const protocol = /^[a-z][a-z0-9.+-]*:/i.exec(rest)?.[0];
    let lower;
    if (protocol !== undefined) {
      lower = protocol.toLowerCase();
      url.protocol = lower;
      rest = rest.slice(protocol.length);
    }
    let slashes = false;
    if ((slashesDenoteHost || protocol !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest)) && rest.startsWith('//') && lower !== 'javascript:') {
      rest = rest.slice(2);
      url.slashes = true;
      slashes = true;
    }
    if (slashes) {
      const end = rest.search(/[/?#]/);
      let authority = end < 0 ? rest : rest.slice(0, end);
      rest = end < 0 ? '' : rest.slice(end);
      const at = authority.lastIndexOf('@');
      if (at >= 0) {
        url.auth = decodeURIComponent(authority.slice(0, at));
        authority = authority.slice(at + 1);
      }
      const port = /:(\d*)$/.exec(authority);
      if (port !== null) {
        if (port[1] !== '') url.port = port[1];
        authority = authority.slice(0, authority.length - port[0].length);
      }
      const bad = authority.search(/[^A-Za-z0-9.\-_\[\]:\u0080-\uffff+%~!$&'()*,;=]/);
      if (bad >= 0) {
        rest = `/${authority.slice(bad)}${rest}`;
        authority = authority.slice(0, bad);
      }
      let hostname = authority.toLowerCase();
      const bracketed = hostname.startsWith('[') && hostname.endsWith(']');
      if (/[^\x00-\x7f]/.test(hostname)) hostname = exports.domainToASCII(hostname);
      url.host = hostname + (url.port === null ? '' : `:${url.port}`);
      url.hostname = bracketed ? hostname.slice(1, -1) : hostname;
      if (hostname !== '' && rest !== '' && !rest.startsWith('/') && !rest.startsWith('?') && !rest.startsWith('#')) rest = `/${rest}`;
    }
    if (lower !== 'javascript:') rest = escapeRest(rest);
    const fragment = rest.indexOf('#');
    if (fragment >= 0) {
      url.hash = rest.slice(fragment);
      rest = rest.slice(0, fragment);
    }
    const question = rest.indexOf('?');
    if (question >= 0) {
      url.search = rest.slice(question);
      url.query = rest.slice(question + 1);
      if (withQuery) url.query = querystring.parse(url.query);
      rest = rest.slice(0, question);
    } else if (withQuery) {
      url.search = null;
      url.query = { __proto__: null };
    }
    if (rest !== '') url.pathname = rest;
    if (slashed.has(lower) && url.hostname && !url.pathname) url.pathname = '/';
    if (url.pathname || url.search) url.path = (url.pathname ?? '') + (url.search ?? '');
    url.href = format(url);
    return url;
  }

  function format(url, options) {
    if (typeof url === 'string') url = parse(url);
    else if (whatwg.isURL(url)) {
      const { fragment = true, unicode = false, search = true, auth = true } = options ?? {};
      const host = unicode ? exports.domainToUnicode(url.hostname) + (url.port ? `:${url.port}` : '') : url.host;
      const user = auth && (url.username || url.password) ? `${url.username}${url.password ? `:${url.password}` : ''}@` : '';
      const slashes = url.href.startsWith(`${url.protocol}//`) ? '//' : '';
      return `${url.protocol}${slashes}${user}${host}${url.pathname}${search ? url.search : ''}${fragment ? url.hash : ''}`;
    } else if (typeof url !== 'object' || url === null) {
      throw require('internal/errors').typeError('urlObject', 'one of type object or string', url);
    }
    let auth = url.auth || '';
    if (auth) auth = `${encodeURIComponent(auth).replace(/%3A/i, ':')}@`;
    let protocol = url.protocol || '';
    let pathname = url.pathname || '';
    let hash = url.hash || '';
    let host = '';
    let query = '';
    if (url.host) host = auth + url.host;
    else if (url.hostname) {
      host = auth + (url.hostname.includes(':') && !url.hostname.startsWith('[') ? `[${url.hostname}]` : url.hostname);
      if (url.port) host += `:${url.port}`;
    }
    if (url.query !== null && typeof url.query === 'object') query = querystring.stringify(url.query);
    let search = url.search || (query && `?${query}`) || '';
    if (protocol && !protocol.endsWith(':')) protocol += ':';
    pathname = pathname.replace(/[?#]/g, encodeURIComponent);
    if (url.slashes || ((!protocol || slashed.has(protocol)) && host !== '' && host !== false)) {
      if (url.slashes || host) {
        if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
        host = `//${host}`;
      }
    }
    if (hash && !hash.startsWith('#')) hash = `#${hash}`;
    if (search && !search.startsWith('?')) search = `?${search}`;
    search = search.replace('#', '%23');
    return protocol + host + pathname + search + hash;
  }

  function resolve(from, to) {
    const base = parse(from, false, true);
    if (base.protocol && base.host) {
      try {
        const target = new whatwg.URL(to, format(base));
        return base.pathname === null && target.pathname === '/' && to.startsWith('?') ? target.href.replace('/?', '?') : target.href;
      } catch {
        return to;
      }
    }
    // Paths only: resolved against an invented host that is taken away again.
    const invented = 'http://invented.invalid';
    const relative = !from.startsWith('/');
    const target = new whatwg.URL(to, new whatwg.URL(from, `${invented}/`));
    if (target.origin !== invented) return target.href;
    const path = target.pathname + target.search + target.hash;
    return relative && !to.startsWith('/') ? path.slice(1) : path;
  }

  Url.prototype.parse = function (...args) {
    return Object.assign(this, parse(...args));
  };
  Url.prototype.format = function () {
    return format(this);
  };
  Url.prototype.resolve = function (to) {
    return resolve(format(this), to);
  };

  exports.Url = Url;
  exports.parse = parse;
  exports.resolve = resolve;
  exports.resolveObject = (from, to) => parse(resolve(typeof from === 'string' ? from : format(from), to), false, true);
  exports.format = format;
  exports.URL = whatwg.URL;
  exports.URLSearchParams = whatwg.URLSearchParams;
  exports.domainToASCII = (domain) => {
    try {
      return new whatwg.URL(`ws://${domain}`).hostname;
    } catch {
      return '';
    }
  };
  exports.domainToUnicode = (domain) => exports.domainToASCII(domain);
  exports.pathToFileURL = (path) => {
    const url = new whatwg.URL('file://');
    url.pathname = require('path').resolve(path).replaceAll('%', '%25').replaceAll('\\', '%5C').replaceAll('\n', '%0A').replaceAll('\t', '%09').replaceAll('?', '%3F').replaceAll('#', '%23');
    return url;
  };
  exports.fileURLToPath = (url) => {
    if (typeof url === 'string') url = new whatwg.URL(url);
    if (!whatwg.isURL(url)) throw require('internal/errors').typeError('path', 'of type string or an instance of URL', url);
    if (url.protocol !== 'file:') throw coded(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
    return decodeURIComponent(url.pathname);
  };
  exports.urlToHttpOptions = (url) => {
    const options = {
      __proto__: null,
      protocol: url.protocol,
      hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
      hash: url.hash,
      search: url.search,
      pathname: url.pathname,
      path: `${url.pathname || ''}${url.search || ''}`,
      href: url.href,
    };
    if (url.port !== '') options.port = Number(url.port);
    if (url.username || url.password) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    return options;
  };
}
