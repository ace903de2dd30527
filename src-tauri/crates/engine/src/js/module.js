// Node's `module`.
export default function (exports, require, module, internal) {
  const { Module, modules, full, inside, makeRequire, isPublic } = internal;
  const wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
  const refuse = (what) => () => {
    throw require('internal/errors').refused(`module.${what}()`, 'modules are loaded from the function\'s package alone');
  };

  class SourceMap {
    #payload;
    constructor(payload) {
      this.#payload = payload;
    }
    get payload() {
      return this.#payload;
    }
    findEntry() {
      return {};
    }
    findOrigin() {
      return {};
    }
  }

  Object.assign(Module, {
    Module,
    SourceMap,
    builtinModules: modules.names().filter((name) => modules.isBare(name)).sort(),
    isBuiltin: (name) => isPublic(`${name}`.replace(/^node:/, '')),
    createRequire(from) {
      const given = from;
      let path = from;
      if (typeof from !== 'string' || from.startsWith('file:')) {
        try {
          path = require('url').fileURLToPath(from);
        } catch {
          path = '';
        }
      }
      if (typeof path !== 'string' || !path.startsWith('/')) {
        throw require('internal/errors').valueError('filename', 'must be a file URL object, file URL string, or absolute path string', given);
      }
      if (inside(path) === undefined) throw require('internal/errors').refused('module.createRequire()', `${path} is outside the function's package`);
      const owner = new Module(path, undefined);
      owner.filename = path;
      owner.paths = Module._nodeModulePaths(owner.path);
      return makeRequire(owner);
    },
    findSourceMap: () => undefined,
    globalPaths: [],
    register: refuse('register'),
    runMain: refuse('runMain'),
    syncBuiltinESMExports() {},
    wrap: (script) => wrapper[0] + script + wrapper[1],
    wrapper,
    _findPath(request, paths) {
      for (const each of paths ?? []) {
        const from = inside(each);
        const found = from === undefined ? undefined : modules.resolve(request.startsWith('.') || request.startsWith('/') ? request : `./${request}`, from, full(from), false);
        if (typeof found === 'string') return full(found);
      }
      return false;
    },
    _initPaths() {},
    _nodeModulePaths: (from) => {
      const path = inside(`${from}`);
      return path === undefined ? [] : internal.lookupFolders(path);
    },
    _pathCache: Object.create(null),
    _preloadModules() {},
    _resolveLookupPaths: (request, parent) => (Module.isBuiltin(request) ? null : /^\.\.?(?:\/|$)/.test(request) ? [parent?.path ?? '.'] : (parent?.paths ?? [])),
  });
  module.exports = Module;
}
