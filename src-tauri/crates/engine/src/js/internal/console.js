export default function (exports, require, module, internal) {
  const { write } = internal.group('console');
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    exports[level] = function (...args) {
      const at = internal.caller();
      write(level, require('internal/inspect').format(...args), at?.file, at?.line);
    };
  }
}
