// http.request and https.request over the native client.
export default function (exports, require, _module, internal) {
  const http = internal.group('http');
  const { requests, OwnMap, OwnSet } = internal;
  const { Readable } = require('internal/stream_readable');
  const { Writable } = require('internal/stream_writable');
  const { Buffer } = require('buffer');
  const EventEmitter = require('events');
  const { coded, typeError } = require('internal/errors');
  const url = require('url');
  const status = require('internal/httpstatus');

  // A connection as far as clients look at it.
  function socketOf(options) {
    const socket = new EventEmitter();
    return Object.assign(socket, {
      remoteAddress: options.hostname,
      remotePort: options.port,
      encrypted: options.protocol === 'https:',
      authorized: true,
      connecting: false,
      destroyed: false,
      writable: true,
      readable: true,
      bytesWritten: 0,
      bytesRead: 0,
      setTimeout: () => socket,
      setNoDelay: () => socket,
      setKeepAlive: () => socket,
      ref: () => socket,
      unref: () => socket,
      destroy: () => socket,
      end: () => socket,
      address: () => ({}),
      getPeerCertificate: () => ({}),
    });
  }

  class IncomingMessage extends Readable {
    constructor(head, request) {
      super({ read() {} });
      this.aborted = false;
      this.httpVersion = head.version;
      [this.httpVersionMajor, this.httpVersionMinor] = head.version.split('.').map(Number);
      this.complete = false;
      this.statusCode = head.status;
      this.statusMessage = head.statusText;
      this.rawHeaders = head.headers;
      this.rawTrailers = [];
      this.trailers = {};
      this.url = '';
      this.method = null;
      this.req = request;
      this.socket = request.socket;
      this.connection = request.socket;
      this.headers = {};
      for (let index = 0; index < head.headers.length; index += 2) {
        const name = head.headers[index].toLowerCase();
        const value = head.headers[index + 1];
        const known = this.headers[name];
        if (name === 'set-cookie') (this.headers[name] ??= []).push(value);
        else if (known === undefined) this.headers[name] = value;
        else if (!single.has(name)) this.headers[name] = `${known}${name === 'cookie' ? '; ' : ', '}${value}`;
      }
    }
    setTimeout(delay, done) {
      this.req.setTimeout(delay, done);
      return this;
    }
    get headersDistinct() {
      const all = {};
      for (let index = 0; index < this.rawHeaders.length; index += 2) (all[this.rawHeaders[index].toLowerCase()] ??= []).push(this.rawHeaders[index + 1]);
      return all;
    }
    _destroy(error, done) {
      if (!this.complete) {
        this.aborted = true;
        this.req.stop();
        this.emit('aborted');
      }
      // Where nobody listens for errors there is none, as on Node.
      internal.nextTick(() => done(this.listenerCount('error') === 0 ? undefined : error), []);
    }
  }
  const single = new OwnSet('age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server user-agent'.split(' '));

  // What a server may expect of these is no body, so that none is announced.
  const bodiless = new OwnSet(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

  class OutgoingMessage extends Writable {
    constructor() {
      // Ends with its answer, not when all is written.
      super({ autoDestroy: false });
      Object.defineProperty(this, 'fields', { value: new OwnMap() });
      this.headersSent = false;
      this.finished = false;
    }
    setHeader(name, value) {
      if (this.headersSent) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
      if (typeof name !== 'string' || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
      if (value === undefined) throw coded(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
      for (const one of [value].flat()) {
        if (/[^\t\x20-\x7e\x80-\xff]/.test(`${one}`)) throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
      }
      this.fields.set(name.toLowerCase(), [name, value]);
      return this;
    }
    setHeaders(headers) {
      if (headers === null || typeof headers !== 'object' || Array.isArray(headers) || typeof headers[Symbol.iterator] !== 'function') throw typeError('headers', 'an instance of Headers or Map', headers);
      for (const [name, value] of headers) this.setHeader(name, value);
      return this;
    }
    appendHeader(name, value) {
      const known = this.fields.get(name.toLowerCase());
      return this.setHeader(name, known === undefined ? value : [known[1], value].flat());
    }
    getHeader(name) {
      return this.fields.get(name.toLowerCase())?.[1];
    }
    getHeaders() {
      const all = { __proto__: null };
      for (const [name, [, value]] of this.fields) all[name] = value;
      return all;
    }
    getHeaderNames() {
      return [...this.fields.keys()];
    }
    getRawHeaderNames() {
      return [...this.fields.values()].map(([name]) => name);
    }
    hasHeader(name) {
      return this.fields.has(name.toLowerCase());
    }
    removeHeader(name) {
      this.fields.delete(name.toLowerCase());
    }
    flushHeaders() {}
    addTrailers() {}
  }

  class ClientRequest extends OutgoingMessage {
    constructor(input, options, done, defaults) {
      super();
      const merged = { ...defaults, ...input, ...options };
      const { protocol } = merged;
      const agent = merged.agent || undefined;
      if (protocol !== 'http:' && protocol !== 'https:') throw coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${defaults.protocol}"`);
      if (protocol !== defaults.protocol && (agent === undefined || agent.protocol !== protocol)) throw coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${defaults.protocol}"`);
      const host = merged.hostname ?? merged.host ?? 'localhost';
      const port = merged.port ?? merged.defaultPort;
      const method = `${merged.method ?? 'GET'}`.toUpperCase();
      if (merged.method !== undefined && !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(merged.method)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${merged.method}"]`);
      if (merged.socketPath) throw require('internal/errors').refused('http.request() with socketPath', 'functions reach other systems over HTTP only');
      const path = merged.path ?? '/';
      if (/[^\x21-\xff]/.test(path)) throw coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
      this.method = method;
      this.path = path;
      this.host = host;
      this.protocol = protocol;
      this.agent = agent || null;
      this.shouldKeepAlive = Boolean(this.agent?.keepAlive);
      this.taken = undefined;
      this.reusedSocket = false;
      this.aborted = false;
      this.timeout = merged.timeout;
      this.maxHeadersCount = null;
      this.res = null;
      this.maxRedirects = 0;
      const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
      const withPort = Number(port) === (protocol === 'https:' ? 443 : 80) ? shown : `${shown}:${port}`;
      this.target = `${protocol}//${withPort}${path.startsWith('/') ? path : `/${path}`}`;
      const headers = merged.headers ?? {};
      if (Array.isArray(headers)) {
        const pairs = Array.isArray(headers[0]) ? headers : Array.from({ length: headers.length / 2 }, (_, index) => [headers[index * 2], headers[index * 2 + 1]]);
        for (const [name, value] of pairs) this.appendHeader(name, value);
      } else for (const name of Object.keys(headers)) if (headers[name] !== undefined) this.setHeader(name, headers[name]);
      if (!this.hasHeader('host')) this.setHeader('Host', withPort);
      if (merged.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(merged.auth).toString('base64')}`);
      this.socket = socketOf({ hostname: host, port, protocol });
      this.connection = this.socket;
      if (typeof done === 'function') this.once('response', done);
      if (merged.signal) {
        const { signal } = merged;
        const abort = () => this.destroy(require('internal/abort').abortError(signal));
        if (signal.aborted) internal.nextTick(abort, []);
        else signal.addEventListener('abort', abort, { once: true });
      }
      if (merged.timeout) this.setTimeout(merged.timeout);
      internal.nextTick(() => {
        if (this.destroyed) return;
        this.emit('socket', this.socket);
        this.socket.emit('connect');
        if (protocol === 'https:') this.socket.emit('secureConnect');
        // The server is asked first whether it wants the body.
        if (this.hasHeader('expect')) this.flushHeaders();
      }, []);
    }
    // Ended with all there is to send: then its length is known, and goes ahead of it.
    end(chunk, encoding, done) {
      if (typeof chunk === 'function') [chunk, done] = [undefined, chunk];
      else if (typeof encoding === 'function') [encoding, done] = [undefined, encoding];
      if (!this.headersSent && !this.destroyed && this.writableLength === 0 && !this.writableEnded && this.writableCorked === 0) {
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
          this.start(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk, false);
          chunk = undefined;
        } else if (chunk === undefined || chunk === null) this.start(undefined, false);
      }
      return super.end(chunk, encoding, done);
    }
    _write(chunk, encoding, done) {
      this.start(undefined, true);
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      if (bytes.length > 0 && this.id !== undefined && http.write(this.id, bytes)) this.taken = done;
      else done();
    }
    _final(done) {
      this.finished = true;
      this.start(undefined, false);
      if (this.id !== undefined) http.end(this.id);
      done();
    }
    flushHeaders() {
      this.start(undefined, true);
    }
    // What Node adds to the headers, in its order.
    head(body, streamed) {
      const flat = [];
      for (const [name, value] of this.fields.values()) for (const one of [value].flat()) flat.push(name, `${one}`);
      if (!this.fields.has('connection')) flat.push('Connection', this.shouldKeepAlive ? 'keep-alive' : 'close');
      if (this.fields.has('content-length') || this.fields.has('transfer-encoding')) return flat;
      if (streamed) flat.push('Transfer-Encoding', 'chunked');
      else if (body !== undefined) flat.push('Content-Length', `${body.length}`);
      else if (!bodiless.has(this.method)) flat.push('Content-Length', '0');
      return flat;
    }
    start(body, streamed) {
      if (this.headersSent || this.destroyed) return;
      this.headersSent = true;
      const head = this.head(body, streamed);
      this.id = streamed ? http.open(this.method, this.target, head, 'manual', false) : http.send(this.method, this.target, head, body, 'manual', false);
      internal.listen(this.id, (kind, payload) => this.heard(kind, payload));
    }
    // The connection has taken what was written, or never will.
    goOn() {
      const done = this.taken;
      this.taken = undefined;
      done?.();
    }
    heard(kind, payload) {
      this.touched();
      switch (kind) {
        case 'taken':
          this.goOn();
          break;
        case 'informed':
          if (payload === 100) this.emit('continue');
          this.emit('information', { statusCode: payload, statusMessage: status.codes[payload] ?? '', httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, headers: {}, rawHeaders: [] });
          break;
        case 'head': {
          const response = new IncomingMessage(payload, this);
          this.res = response;
          const heard = this.emit('response', response);
          if (!heard) response.resume();
          break;
        }
        case 'data':
          this.res.push(Buffer.from(payload.buffer));
          break;
        case 'end':
          clearTimeout(this.timer);
          this.goOn();
          this.res.complete = true;
          this.res.push(null);
          this.res.once('close', () => this.emit('close'));
          break;
        default: {
          clearTimeout(this.timer);
          const { code, message, syscall, host, port } = payload;
          const error = new Error(code === 'UND_ERR_SOCKET' ? 'socket hang up' : message);
          if (code) error.code = code === 'UND_ERR_SOCKET' ? 'ECONNRESET' : code;
          if (syscall) {
            error.syscall = syscall;
            error.errno = { ECONNREFUSED: -111, ENOTFOUND: -3008, ECONNRESET: -104, ENETUNREACH: -101 }[code];
            if (syscall === 'connect') {
              error.address = host;
              error.port = port;
            } else if (syscall === 'getaddrinfo') error.hostname = host;
          }
          if (this.res !== null) {
            this.res.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
          } else this.destroy(error);
        }
      }
    }
    stop() {
      clearTimeout(this.timer);
      if (this.id !== undefined && requests.delete(this.id)) http.abort(this.id);
    }
    touched() {
      if (this.timer !== undefined) this.timer.refresh();
    }
    setTimeout(delay, done) {
      if (typeof done === 'function') this.once('timeout', done);
      clearTimeout(this.timer);
      this.timer = undefined;
      if (delay > 0) {
        this.timer = setTimeout(() => {
          this.emit('timeout');
          this.socket.emit('timeout');
        }, delay);
        this.timer.unref();
      }
      return this;
    }
    clearTimeout(done) {
      if (typeof done === 'function') this.removeListener('timeout', done);
      return this.setTimeout(0);
    }
    setNoDelay() {}
    setSocketKeepAlive() {}
    abort() {
      if (this.aborted) return;
      this.aborted = true;
      internal.nextTick(() => this.emit('abort'), []);
      this.destroy();
    }
    _destroy(error, done) {
      this.stop();
      if (this.res !== null) {
        if (!this.res.complete) this.res.destroy(error ?? Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
        done(error);
      } else done(error ?? (this.headersSent || this.aborted ? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) : null));
    }
  }

  class Agent extends EventEmitter {
    constructor(options = {}) {
      super();
      this.options = { ...options };
      this.keepAlive = Boolean(options.keepAlive);
      this.keepAliveMsecs = options.keepAliveMsecs ?? 1000;
      this.maxSockets = options.maxSockets ?? Infinity;
      this.maxFreeSockets = options.maxFreeSockets ?? 256;
      this.maxTotalSockets = options.maxTotalSockets ?? Infinity;
      this.scheduling = 'lifo';
      this.requests = {};
      this.sockets = {};
      this.freeSockets = {};
      this.defaultPort = 80;
      this.protocol = 'http:';
    }
    getName(options = {}) {
      return `${options.host ?? 'localhost'}:${options.port ?? ''}:${options.localAddress ?? ''}`;
    }
    destroy() {}
  }

  exports.build = function (target, protocol, defaultPort) {
    class OwnAgent extends Agent {
      constructor(options) {
        super(options);
        this.protocol = protocol;
        this.defaultPort = defaultPort;
      }
    }
    Object.defineProperty(OwnAgent, 'name', { value: 'Agent' });
    OwnAgent.defaultMaxSockets = Infinity;
    const globalAgent = new OwnAgent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
    const defaults = { protocol, defaultPort };

    function request(input, options, done) {
      if (typeof input === 'string') input = url.urlToHttpOptions(new url.URL(input));
      else if (input instanceof url.URL) input = url.urlToHttpOptions(input);
      else {
        done = options;
        options = input;
        input = {};
      }
      if (typeof options === 'function') {
        done = options;
        options = {};
      }
      if (options !== undefined && options !== null && typeof options !== 'object') throw typeError('options', 'of type object', options);
      options = { ...options };
      const agent = options.agent === undefined ? target.globalAgent : options.agent;
      const own = { ...input, ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null)) };
      own.agent = agent || undefined;
      // An agent for the other protocol, as redirecting clients pass it.
      if (own.protocol === undefined) own.protocol = agent?.protocol ?? protocol;
      own.defaultPort = own.defaultPort ?? (own.protocol === 'https:' ? 443 : 80);
      return new ClientRequest(own, undefined, done, defaults);
    }
    Object.assign(target, {
      request,
      get(...args) {
        const made = request(...args);
        made.end();
        return made;
      },
      Agent: OwnAgent,
      globalAgent,
      ClientRequest,
      IncomingMessage,
      OutgoingMessage,
      ServerResponse: class ServerResponse extends OutgoingMessage {},
      METHODS: status.methods,
      STATUS_CODES: status.codes,
      maxHeaderSize: 16384,
      validateHeaderName(name) {
        if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
      },
      validateHeaderValue(name, value) {
        if (/[^\t\x20-\x7e\x80-\xff]/.test(`${value}`)) throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
      },
      setMaxIdleHTTPParsers() {},
    });
  };
}
