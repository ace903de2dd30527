// Modules that packages import and functions cannot use here: present, and refusing when something is done with them.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const offline = 'functions reach other systems over HTTP only (fetch, http, https)';
  const alone = 'a function runs alone in its worker';
  const reasons = {
    child_process: 'a function starts no processes',
    cluster: alone,
    dgram: offline,
    domain: 'domains are not followed; catch errors where they are thrown',
    http2: offline,
    inspector: 'there is no inspector',
    'inspector/promises': 'there is no inspector',
    net: offline,
    repl: 'there is no terminal',
    test: 'tests do not run inside a function',
    tls: offline,
    trace_events: 'there is nothing to trace',
    tty: 'there is no terminal',
    wasi: 'WebAssembly does not exist here',
    worker_threads: alone,
  };
  // Tells the fidelity survey, and anybody who asks, that a name refuses and why.
  const mark = Symbol.for('stepsmith.refuses');
  const { refused } = require('internal/errors');

  function refuser(title, name, why) {
    const refuse = function () {
      throw refused(title, why);
    };
    Object.defineProperty(refuse, 'name', { value: name });
    Object.defineProperty(refuse, mark, { value: why });
    return refuse;
  }
  exports.refuser = refuser;
  exports.mark = mark;

  // A class that can be extended and not constructed.
  exports.classOf = function (title, name, why, parent, members = []) {
    const Refusing = refuser(`new ${title}()`, name, why);
    if (parent !== undefined) {
      Object.setPrototypeOf(Refusing, parent);
      Object.setPrototypeOf(Refusing.prototype, parent.prototype);
    }
    for (const member of members) {
      Object.defineProperty(Refusing.prototype, member, { value: refuser(`${title}.${member}()`, member, why), writable: true, enumerable: false, configurable: true });
    }
    return Refusing;
  };

  const parentOf = (path) => {
    if (path === undefined) return undefined;
    if (path === 'error') return SyntaxError;
    if (path === 'events' || path === 'stream') return require(path);
    const [from, name] = path.split('/');
    return require(from)[name];
  };

  exports.build = function (name, target) {
    const why = reasons[name];
    for (const entry of require('internal/refusing_names').names[name].split(' ')) {
      const [, own, parent, members] = /^([\w]+)(?:<(.*)>)?(?:=(.*))?$/.exec(entry);
      const isClass = /^[A-Z]/.test(own);
      target[own] = isClass ? exports.classOf(`${name}.${own}`, own, why, parentOf(parent), members?.split(',')) : refuser(`${name}.${own}()`, own, why);
    }
    extras[name]?.(target, why);
  };

  // What of these modules works all the same.
  const extras = {
    net(net, why) {
      Object.assign(net, require('internal/addresses'));
      net.Stream = net.Socket;
      Object.assign(net, require('internal/listening').build('net', why));
    },
    tls(tls) {
      Object.assign(tls, {
        rootCertificates: [],
        CLIENT_RENEG_LIMIT: 3,
        CLIENT_RENEG_WINDOW: 600,
        DEFAULT_MIN_VERSION: 'TLSv1.2',
        DEFAULT_MAX_VERSION: 'TLSv1.3',
        DEFAULT_ECDH_CURVE: 'auto',
        DEFAULT_CIPHERS: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256',
        getCiphers: () => ['tls_aes_128_gcm_sha256', 'tls_aes_256_gcm_sha384', 'tls_chacha20_poly1305_sha256'],
        checkServerIdentity: () => undefined,
        convertALPNProtocols(protocols, out) {
          if (Array.isArray(protocols)) out.ALPNProtocols = Buffer.concat(protocols.map((one) => Buffer.from([Buffer.byteLength(one), ...Buffer.from(one)])));
          else out.ALPNProtocols = Buffer.from(protocols);
        },
      });
    },
    tty(tty) {
      tty.isatty = () => false;
    },
    trace_events(events) {
      events.getEnabledCategories = () => undefined;
    },
    test(test, why) {
      const run = refuser('node:test', 'test', why);
      test.test = run;
      test.mock = {};
      Object.defineProperty(test.mock, mark, { value: why });
    },
    repl(repl) {
      Object.assign(repl, { REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict'), builtinModules: internal.modules.names() });
    },
    domain(domain) {
      domain.active = null;
    },
    inspector(inspector, why) {
      inspector.console = console;
      inspector.Network = {};
      for (const event of ['requestWillBeSent', 'responseReceived', 'loadingFinished', 'loadingFailed']) inspector.Network[event] = refuser(`inspector.Network.${event}()`, event, why);
    },
    'inspector/promises': (inspector, why) => extras.inspector(inspector, why),
    worker_threads(threads) {
      const environment = new OwnMap();
      Object.assign(threads, require('internal/messages'), {
        isMainThread: true,
        parentPort: null,
        workerData: null,
        threadId: 0,
        resourceLimits: {},
        SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
        setEnvironmentData: (key, value) => void (value === undefined ? environment.delete(key) : environment.set(key, value)),
        getEnvironmentData: (key) => environment.get(key),
      });
      delete threads.MessageEvent;
    },
    cluster(cluster) {
      Object.assign(cluster, { isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2 });
    },
    http2(http2) {
      http2.constants = require('internal/constants').numbers('http2');
      http2.sensitiveHeaders = Symbol('nodejs.http2.sensitiveHeaders');
    },
  };
}
