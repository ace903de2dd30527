// Servers: they can be made, so that packages which make one on loading load, and refuse to listen.
export default function (exports, require) {
  const EventEmitter = require('events');
  const { refuser } = require('internal/refusing');

  exports.build = function (name, why) {
    function Server(options, listener) {
      if (!(this instanceof Server)) return new Server(options, listener);
      EventEmitter.call(this);
      if (typeof options === 'function') listener = options;
      if (typeof listener === 'function') this.on(name === 'net' ? 'connection' : 'request', listener);
      this.maxHeadersCount = null;
      this.timeout = 0;
      this.keepAliveTimeout = 5000;
      this.headersTimeout = 60000;
      this.requestTimeout = 300000;
    }
    Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
    Object.setPrototypeOf(Server, EventEmitter);
    const methods = {
      listen: refuser(`${name}.Server.listen()`, 'listen', why),
      close(done) {
        if (typeof done === 'function') process.nextTick(done, require('internal/errors').coded(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
        return this;
      },
      address: () => null,
      getConnections(done) {
        process.nextTick(done, null, 0);
        return this;
      },
      ref() {
        return this;
      },
      unref() {
        return this;
      },
      setTimeout(delay, listener) {
        this.timeout = typeof delay === 'function' ? 0 : delay;
        if (typeof listener === 'function') this.on('timeout', listener);
        return this;
      },
      closeAllConnections() {},
      closeIdleConnections() {},
    };
    for (const method of Object.keys(methods)) {
      if (name === 'net' && /^(?:setTimeout|closeAll|closeIdle)/.test(method)) continue;
      Server.prototype[method] = methods[method];
    }
    Object.defineProperty(Server.prototype, 'listening', { get: () => false, configurable: true, enumerable: true });
    return { Server, createServer: (options, listener) => new Server(options, listener) };
  };
}
