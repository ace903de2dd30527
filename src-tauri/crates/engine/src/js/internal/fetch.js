// fetch, Request and Response over the native client.
export default function (exports, require, _module, internal) {
  const http = internal.group('http');
  const { requests, OwnSet } = internal;
  const { Headers, freeze, flat } = require('internal/headers');
  const body = require('internal/body');
  const { URL } = require('internal/url');
  const custom = Symbol.for('nodejs.util.inspect.custom');
  const normalized = new OwnSet(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

  function parse(input) {
    let url;
    try {
      url = new URL(input);
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${input}`, { cause });
    }
    if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${url}`);
    return url;
  }

  class Request {
    #url;
    #method = 'GET';
    #headers;
    #redirect = 'follow';
    #signal;
    #extras = {};
    constructor(input, init = {}) {
      if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but only 0 present.');
      init ??= {};
      let bodyFrom = null;
      if (input instanceof Request) {
        this.#url = input.#url;
        this.#method = input.#method;
        this.#headers = new Headers(input.#headers);
        this.#redirect = input.#redirect;
        this.#signal = input.#signal;
        if (init.body === undefined) {
          const state = body.stateOf(input);
          if (state.source !== null) {
            if (state.used) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
            bodyFrom = state.source;
            state.used = true;
          }
        }
      } else {
        this.#url = parse(`${input}`);
        this.#headers = new Headers();
      }
      if (init.method !== undefined) {
        const method = `${init.method}`;
        if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
        if (/^(connect|trace|track)$/i.test(method)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
        const upper = method.toUpperCase();
        this.#method = normalized.has(upper) ? upper : method;
      }
      if (init.headers !== undefined) this.#headers = new Headers(init.headers);
      if (init.redirect !== undefined) {
        if (!['follow', 'manual', 'error'].includes(`${init.redirect}`)) throw new TypeError(`Request constructor: ${init.redirect} is not an accepted type. Expected one of follow, error, manual.`);
        this.#redirect = `${init.redirect}`;
      }
      if (init.signal !== undefined) {
        if (init.signal !== null && typeof init.signal.addEventListener !== 'function') throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
        this.#signal = init.signal ?? undefined;
      }
      for (const key of ['mode', 'credentials', 'cache', 'referrer', 'referrerPolicy', 'integrity', 'keepalive', 'duplex']) if (init[key] !== undefined) this.#extras[key] = init[key];
      if (init.body !== undefined && init.body !== null) {
        if (this.#method === 'GET' || this.#method === 'HEAD') throw new TypeError('Request with GET/HEAD method cannot have body.');
        const { bytes, type, stream } = body.extract(init.body);
        if (stream !== undefined) {
          if (init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
          bodyFrom = new body.Pulled(stream);
        } else bodyFrom = body.Source.of(bytes);
        if (type !== undefined && !this.#headers.has('content-type')) this.#headers.append('content-type', type);
      }
      body.give(this, bodyFrom);
    }
    get method() {
      return this.#method;
    }
    get url() {
      return this.#url.href;
    }
    get headers() {
      return this.#headers;
    }
    get redirect() {
      return this.#redirect;
    }
    get signal() {
      this.#signal ??= new (require('internal/abort').AbortController)().signal;
      return this.#signal;
    }
    get destination() {
      return '';
    }
    get mode() {
      return this.#extras.mode ?? 'cors';
    }
    get credentials() {
      return this.#extras.credentials ?? 'same-origin';
    }
    get cache() {
      return this.#extras.cache ?? 'default';
    }
    get referrer() {
      return this.#extras.referrer ?? 'about:client';
    }
    get referrerPolicy() {
      return this.#extras.referrerPolicy ?? '';
    }
    get integrity() {
      return this.#extras.integrity ?? '';
    }
    get keepalive() {
      return Boolean(this.#extras.keepalive);
    }
    get duplex() {
      return 'half';
    }
    clone() {
      const state = body.stateOf(this);
      if (state.used) throw new TypeError('unusable');
      const copy = new Request(this.#url.href, { method: this.#method, headers: this.#headers, redirect: this.#redirect, signal: this.#signal });
      if (state.source !== null) body.give(copy, fork(this));
      return copy;
    }
    get [Symbol.toStringTag]() {
      return 'Request';
    }
    static signalOf(request) {
      return request.#signal;
    }
    [custom](depth, options, inspect) {
      if (depth < 0) return '[Request]';
      return `Request ${inspect({ method: this.method, url: this.url, headers: this.headers, redirect: this.redirect, bodyUsed: this.bodyUsed }, options)}`;
    }
  }
  const signalOf = Request.signalOf;
  delete Request.signalOf;
  body.install(Request.prototype);

  // Two sources that both get what one gets.
  function fork(object) {
    const state = body.stateOf(object);
    const from = state.source;
    const one = new body.Source();
    const other = new body.Source();
    state.source = one;
    (async () => {
      try {
        for (;;) {
          const chunk = await from.next();
          if (chunk === undefined) break;
          one.push(chunk);
          other.push(chunk.slice());
        }
        one.end();
        other.end();
      } catch (error) {
        one.fail(error);
        other.fail(error);
      }
    })();
    return other;
  }

  class Response {
    #status = 200;
    #statusText = '';
    #headers;
    #url = '';
    #redirected = false;
    #type = 'default';
    constructor(init = null, options = {}) {
      options ??= {};
      if (options.status !== undefined) {
        const status = Number(options.status);
        if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
        this.#status = Math.trunc(status);
      }
      if (options.statusText !== undefined) {
        if (/[^\t\x20-\x7e\x80-\xff]/.test(`${options.statusText}`)) throw new TypeError('Invalid statusText');
        this.#statusText = `${options.statusText}`;
      }
      this.#headers = new Headers(options.headers ?? undefined);
      if (init === null || init === undefined) {
        body.give(this, null);
        return;
      }
      if ([101, 103, 204, 205, 304].includes(this.#status)) throw new TypeError(`Response constructor: Invalid response status code ${this.#status}`);
      const { bytes, type, stream } = body.extract(init);
      if (stream !== undefined) {
        body.give(this, new body.Pulled(stream));
      } else body.give(this, body.Source.of(bytes));
      if (type !== undefined && !this.#headers.has('content-type')) this.#headers.append('content-type', type);
    }
    static make(head, source) {
      const response = new Response();
      response.#status = head.status;
      response.#statusText = head.statusText;
      for (let index = 0; index < head.headers.length; index += 2) response.#headers.append(head.headers[index], head.headers[index + 1]);
      freeze(response.#headers);
      response.#url = head.url.replace(/#.*$/s, '');
      response.#redirected = head.redirected;
      response.#type = 'basic';
      body.give(response, source);
      return response;
    }
    static error() {
      const response = new Response();
      response.#type = 'error';
      response.#status = 0;
      return response;
    }
    static redirect(url, status = 302) {
      if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`);
      return new Response(null, { status, headers: { location: new URL(url).href } });
    }
    static json(data, init = {}) {
      const text = JSON.stringify(data);
      if (text === undefined) throw new TypeError('The data is not JSON serializable');
      const response = new Response(text, init);
      if (!new Headers(init?.headers ?? undefined).has('content-type')) response.headers.set('content-type', 'application/json');
      return response;
    }
    get type() {
      return this.#type;
    }
    get url() {
      return this.#url;
    }
    get redirected() {
      return this.#redirected;
    }
    get status() {
      return this.#status;
    }
    get ok() {
      return this.#status >= 200 && this.#status <= 299;
    }
    get statusText() {
      return this.#statusText;
    }
    get headers() {
      return this.#headers;
    }
    clone() {
      const state = body.stateOf(this);
      if (state.used) throw new TypeError('Response.clone: Body has already been consumed.');
      const flatHeaders = flat(this.#headers);
      return copyOf(this, { status: this.#status, statusText: this.#statusText, headers: flatHeaders, url: this.#url, redirected: this.#redirected }, state.source === null ? null : fork(this));
    }
    static copy(original, head, source) {
      const copy = make(head, source);
      copy.#type = original.#type;
      return copy;
    }
    get [Symbol.toStringTag]() {
      return 'Response';
    }
    [custom](depth, options, inspect) {
      if (depth < 0) return '[Response]';
      const shown = {};
      for (const key of ['status', 'statusText', 'headers', 'body', 'bodyUsed', 'ok', 'redirected', 'type', 'url']) shown[key] = this[key];
      return `Response ${inspect(shown, options)}`;
    }
  }
  const make = Response.make;
  const copyOf = Response.copy;
  delete Response.make;
  delete Response.copy;
  body.install(Response.prototype);

  const wide = new OwnSet([204, 205, 304]);

  function failure({ code, message, syscall, host, port }) {
    const cause = new Error(message);
    if (code) cause.code = code;
    if (syscall) {
      cause.syscall = syscall;
      cause.errno = { ECONNREFUSED: -111, ENOTFOUND: -3008, ECONNRESET: -104, ENETUNREACH: -101 }[code];
      if (syscall === 'connect') {
        cause.address = host;
        cause.port = port;
      } else if (syscall === 'getaddrinfo') cause.hostname = host;
    }
    return new TypeError('fetch failed', { cause });
  }
  exports.failure = failure;

  // Ports of other services, which a browser and Node refuse (Fetch Standard, "port blocking").
  const BAD_PORTS = [1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113,
    115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
    989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

  exports.fetch = async function fetch(input, init) {
    if (arguments.length === 0) throw new TypeError("The \"input\" argument must be specified");
    const request = new Request(input, init);
    const signal = signalOf(request);
    signal?.throwIfAborted();
    const url = new URL(request.url);
    if (url.protocol === 'data:') return dataResponse(url.href);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new TypeError('fetch failed', { cause: new Error(url.protocol === 'file:' ? 'not implemented... yet...' : 'unknown scheme') });
    }
    if (url.port !== '' && BAD_PORTS.includes(Number(url.port))) throw new TypeError('fetch failed', { cause: new Error('bad port') });
    const source = body.stateOf(request).source;
    const streamed = source instanceof body.Pulled;
    const bytes = source === null || streamed ? undefined : await source.all();
    signal?.throwIfAborted();
    const headers = new Headers(request.headers);
    const length = streamed ? undefined : (bytes?.length ?? (/^(?:POST|PUT|PATCH)$/.test(request.method) ? 0 : undefined));
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'node'], ['accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate']]) {
      if (!headers.has(name)) headers.append(name, value);
    }
    // Node's own order.
    const sent = ['host', headers.get('host') ?? url.host, 'connection', headers.get('connection') ?? 'keep-alive'];
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) headers.delete(name);
    sent.push(...flat(headers));
    if (streamed) sent.push('transfer-encoding', 'chunked');
    else if (length !== undefined) sent.push('content-length', `${length}`);
    const id = streamed ? http.open(request.method, request.url, sent, request.redirect, true) : http.send(request.method, request.url, sent, bytes, request.redirect, true);
    return new Promise((resolve, reject) => {
      const answer = new body.Source();
      let begun = false;
      let taken;
      if (streamed) feed();
      async function feed() {
        try {
          for (;;) {
            const chunk = await source.next();
            if (chunk === undefined) break;
            if (chunk.length === 0) continue;
            const gone = new Promise((resolve) => (taken = resolve));
            if (!http.write(id, chunk)) return void source.stop();
            await gone;
          }
          http.end(id);
        } catch (error) {
          requests.delete(id);
          http.abort(id);
          if (begun) answer.fail(new TypeError('terminated', { cause: error }));
          else reject(new TypeError('fetch failed', { cause: error }));
        }
      }
      const onAbort = () => {
        requests.delete(id);
        http.abort(id);
        if (streamed) source.stop();
        if (begun) answer.fail(signal.reason);
        else reject(signal.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      internal.listen(id, (kind, payload) => {
        switch (kind) {
          case 'taken':
            taken?.();
            break;
          case 'informed':
            break;
          case 'head':
            begun = true;
            resolve(make(payload, request.method === 'HEAD' || wide.has(payload.status) ? null : answer));
            break;
          case 'data':
            answer.push(payload);
            break;
          case 'end':
            signal?.removeEventListener('abort', onAbort);
            taken?.();
            answer.end();
            break;
          default: {
            signal?.removeEventListener('abort', onAbort);
            const error = failure(payload);
            if (begun) answer.fail(new TypeError('terminated', { cause: error.cause }));
            else reject(error);
          }
        }
      });
    });
  };

  function dataResponse(href) {
    const match = /^data:([^,]*?)(;\s*base64)?,(.*)$/is.exec(href.replace(/#.*$/s, ''));
    if (match === null) throw new TypeError('fetch failed', { cause: new Error('invalid data: URL') });
    const decoded = decodeURIComponent(match[3]);
    const bytes = internal.group('text').encode(decoded, match[2] ? 'base64' : 'utf8');
    return make({ status: 200, statusText: 'OK', headers: ['content-type', match[1] || 'text/plain;charset=US-ASCII'], url: href, redirected: false }, body.Source.of(bytes));
  }

  exports.Request = Request;
  exports.Response = Response;
  exports.Headers = Headers;
}
