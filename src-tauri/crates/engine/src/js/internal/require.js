// The modules of the function's package: CommonJS.
export default function (exports, _require, _module, internal) {
  const { builtin, control, modules, own } = internal;
  const { root } = modules;
  const defineProperty = Object.defineProperty;
  const { parse } = JSON;
  const isPublic = internal.publicNames;
  const { framesOf } = internal;

  const cache = Object.create(null);
  const full = (path) => (path === '' ? root : `${root}/${path}`);
  const folder = (path) => (path.lastIndexOf('/') < 0 ? '' : path.slice(0, path.lastIndexOf('/')));

  function Module(id, parent) {
    this.id = id;
    this.path = id.slice(0, id.lastIndexOf('/'));
    this.exports = {};
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.paths = [];
    defineProperty(this, 'parent', { value: parent, writable: true, enumerable: false, configurable: true });
    if (parent) parent.children.push(this);
  }
  internal.Module = Module;

  function resolve(specifier, from) {
    if (typeof specifier !== 'string') throw builtin('internal/errors').typeError('id', 'of type string', specifier);
    if (specifier === '') {
      const error = new TypeError("The argument 'id' must be a non-empty string. Received ''");
      error.code = 'ERR_INVALID_ARG_VALUE';
      throw error;
    }
    const named = specifier.startsWith('node:');
    const name = named ? specifier.slice(5) : specifier;
    if (isPublic.has(name)) return { builtin: name };
    if (named) {
      const error = new Error(`No such built-in module: ${specifier}`);
      error.code = 'ERR_UNKNOWN_BUILTIN_MODULE';
      throw error;
    }
    try {
      return { path: modules.resolve(specifier, from.virtualFolder) };
    } catch (error) {
      if (error.code === 'MODULE_NOT_FOUND') {
        const stack = [];
        for (let at = from.module; at; at = at.parent) stack.push(at.filename);
        error.requireStack = stack;
        error.message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
      }
      throw error;
    }
  }

  function load(path, parent) {
    const id = full(path);
    const known = cache[id];
    if (known !== undefined) {
      if (parent && !parent.children.includes(known)) parent.children.push(known);
      return known;
    }
    const module = new Module(id, parent);
    cache[id] = module;
    let done = false;
    try {
      if (path.endsWith('.json')) {
        const text = modules.read(path);
        try {
          module.exports = parse(text);
        } catch (error) {
          internal.reword(error, text);
          error.message = `${id}: ${error.message}`;
          throw error;
        }
      } else if (path.endsWith('.node')) {
        throw new Error(`${id} is a native addon; functions cannot load native addons here`);
      } else {
        const run = compile(path);
        const require = makeRequire(path, module);
        if (parent === undefined) control.begin();
        run.call(module.exports, module.exports, require, module, id, id.slice(0, id.lastIndexOf('/')));
      }
      module.loaded = true;
      done = true;
    } finally {
      if (!done) delete cache[id];
    }
    return module;
  }

  internal.syntaxErrors = own(new WeakSet());
  function compile(path) {
    if (modules.isModule(path)) {
      const error = new Error(`${full(path)} is an ES module; functions load CommonJS modules only. Use a version of the package that offers CommonJS, or write module.exports in this file`);
      error.code = 'ERR_REQUIRE_ESM';
      throw error;
    }
    try {
      return modules.compile(path);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const told = inSource(error, path);
      internal.syntaxErrors.add(told);
      builtin('internal/failure').syntax(told);
      throw told;
    }
  }

  // An error found only after the source: one brace too many closes the wrapper early, and its place shows without the wrapper.
  function inSource(error, path) {
    const at = framesOf(error)?.[0];
    if (at === undefined || at.line <= internal.lastLine(at.file)) return error;
    try {
      modules.check(path);
    } catch (other) {
      const place = framesOf(other)?.[0];
      if (other instanceof SyntaxError && place !== undefined && place.line <= internal.lastLine(place.file)) return other;
    }
    return error;
  }

  // On a function host the main module is the host's own: `require.main === module` is false in every file of a function.
  const main = new Module('/var/runtime/index.js', undefined);
  main.id = '.';
  function makeRequire(path, module) {
    const from = { virtualFolder: folder(path), module };
    function require(id) {
      const found = resolve(id, from);
      if (found.builtin !== undefined) return builtin(found.builtin);
      return load(found.path, module).exports;
    }
    require.resolve = function (id) {
      const found = resolve(id, from);
      return found.builtin !== undefined ? id : full(found.path);
    };
    require.resolve.paths = () => [];
    require.cache = cache;
    require.main = main;
    require.extensions = extensions;
    module.require = require;
    return require;
  }
  const extensions = { __proto__: null, '.js': () => {}, '.json': () => {}, '.node': () => {} };

  internal.nodeModule = function () {
    const names = [...isPublic].sort();
    Object.assign(Module, {
      Module,
      builtinModules: names,
      isBuiltin: (name) => isPublic.has(`${name}`.replace(/^node:/, '')),
      _cache: cache,
      _extensions: extensions,
      _nodeModulePaths: () => [],
      createRequire(from) {
        const path = typeof from === 'string' && !from.startsWith('file:') ? from : builtin('url').fileURLToPath(from);
        if (!path.startsWith(`${root}/`)) throw builtin('internal/errors').refused('module.createRequire()', `${path} is outside the function's package`);
        return makeRequire(path.slice(root.length + 1), new Module(path, undefined));
      },
      findSourceMap: () => undefined,
      syncBuiltinESMExports() {},
    });
    return Module;
  };

  internal.load = load;
}
