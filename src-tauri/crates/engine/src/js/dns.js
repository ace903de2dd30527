// Names are looked up by whatever sends a request; asking for them alone refuses, in the callback.
export default function (exports, require, _module, internal) {
  const { refuser, mark } = require('internal/refusing');
  const { callable, refused } = require('internal/errors');
  const why = 'functions reach other systems over HTTP only (fetch, http, https)';
  const questions = 'lookup lookupService resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt reverse'.split(' ');
  const codes = require('internal/constants').numbers('dns');
  let order = 'verbatim';

  const marked = (name, run) => {
    Object.defineProperty(run, 'name', { value: name });
    return Object.defineProperty(run, mark, { value: why });
  };
  const asks = (name) =>
    marked(name, function (...args) {
      const done = args[args.length - 1];
      callable(done, 'callback');
      internal.nextTick(done, [Object.assign(refused(`dns.${name}()`, why), { syscall: name, hostname: args[0] })]);
      return {};
    });
  const promises = (name) => marked(name, async () => refuser(`dns.promises.${name}()`, name, why)());

  const build = (make, target) => {
    class Resolver {
      cancel() {}
      getServers() {
        return [];
      }
      setServers() {}
      setLocalAddress() {}
    }
    for (const name of questions) {
      target[name] = make(name);
      if (!name.startsWith('lookup')) Object.defineProperty(Resolver.prototype, name, { value: make(name), writable: true, configurable: true });
    }
    return Object.assign(target, {
      Resolver,
      getServers: () => [],
      setServers() {},
      getDefaultResultOrder: () => order,
      setDefaultResultOrder(value) {
        order = value;
      },
    });
  };
  build(asks, exports);
  exports.promises = build(promises, {});
  for (const [name, value] of Object.entries(codes)) {
    exports[name] = value;
    if (typeof value === 'string') exports.promises[name] = value;
  }
}
