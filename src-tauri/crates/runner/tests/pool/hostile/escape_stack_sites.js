// Tries: to get the host's functions, files and this values from call sites
// Must give: returned {"functions":[],"strict":[],"files":[]}
exports.handler = async (p) => {
  const seen = { functions: [], strict: [], files: [] };
  Error.prepareStackTrace = (error, sites) => sites;
  const look = () => {
    for (const site of new Error('x').stack) {
      const file = site.getFileName() ?? '';
      if (/\.rs|\/src\/|^\/(?!var\/task)/.test(file)) seen.files.push(file);
      if (!file.startsWith('functions/') && !file.startsWith('/var/task/')) {
        const own = site.getFunction?.();
        // A function of the host must not be handed out: its scope could be reached from it.
        if (typeof own === 'function' && !/\[native code\]/.test(Function.prototype.toString.call(own))) seen.functions.push(own.name);
        const self = site.getThis?.();
        if (self !== undefined && self !== null && self !== globalThis && typeof self === 'object' && 'hooks' in self) seen.strict.push(file);
      }
    }
  };
  look();
  require('events').prototype.constructor;
  const emitter = new (require('events'))();
  emitter.on('x', look);
  emitter.emit('x');
  [1].sort(look);
  setTimeout(look, 0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { functions: [...new Set(seen.functions)], strict: seen.strict, files: [...new Set(seen.files)] };
};
