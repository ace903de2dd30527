// The modules of the function's package: CommonJS.
export default function (exports, _require, _module, internal) {
  const { builtin, control, modules, OwnMap, OwnWeakSet } = internal;
  const { root } = modules;
  const defineProperty = Object.defineProperty;
  const { parse } = JSON;
  const { isPublic } = internal;
  const { framesOf } = internal;

  const cache = Object.create(null);
  const full = (path) => (path === '' ? root : `${root}/${path}`);
  const folder = (path) => (path.lastIndexOf('/') < 0 ? '' : path.slice(0, path.lastIndexOf('/')));
  // The path in the package of what a script calls by its full name; undefined = it is not in the package.
  const inside = (name) => (name === root ? '' : name.startsWith(`${root}/`) ? name.slice(root.length + 1) : undefined);
  internal.full = full;
  internal.folder = folder;
  internal.inside = inside;

  const lookups = new OwnMap();
  function lookupFolders(from) {
    let known = lookups.get(from);
    if (known === undefined) lookups.set(from, (known = modules.lookupFolders(from)));
    return known.slice();
  }
  internal.lookupFolders = lookupFolders;

  function Module(id = '', parent) {
    this.id = id;
    this.path = id.slice(0, id.lastIndexOf('/'));
    this.exports = {};
    this.filename = null;
    this.loaded = false;
    this.children = [];
    defineProperty(this, 'parent', { value: parent, writable: true, enumerable: false, configurable: true });
    if (parent && parent.children) parent.children.push(this);
  }
  internal.Module = Module;

  // The folder that a module's own requests start from.
  function folderOf(module) {
    const name = module?.filename ?? module?.id;
    const path = typeof name === 'string' ? inside(name) : undefined;
    return path === undefined ? '' : folder(path);
  }

  // --- finding ---
  const found = new OwnMap();
  function named(request) {
    if (!request.startsWith('node:')) return modules.isBare(request) ? request : undefined;
    const name = request.slice(5);
    if (isPublic(name)) return name;
    const error = new Error(`No such built-in module: ${request}`);
    error.code = 'ERR_UNKNOWN_BUILTIN_MODULE';
    throw error;
  }

  function find(request, from, module) {
    const key = `${from}\0${request}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const path = modules.resolve(request, from, module?.filename ?? full(from), false);
    if (typeof path !== 'string') throw refused(path, module);
    found.set(key, path);
    return path;
  }

  // The error for a specifier that names nothing.
  function refused(refusal, module) {
    let { message } = refusal;
    let Kind = refusal.isTypeError ? TypeError : Error;
    if (refusal.broken !== undefined) {
      try {
        parse(modules.source(refusal.broken) ?? '');
      } catch (error) {
        internal.reword(error, modules.source(refusal.broken) ?? '');
        message += error.message;
      }
      if (refusal.code === '') Kind = SyntaxError;
    }
    const stack = [];
    if (refusal.tellsStack) {
      for (let at = module; at; at = at.parent) stack.push(at.filename || at.id);
      if (stack.length > 0) message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
    }
    const error = new Kind(message);
    if (refusal.code !== '') error.code = refusal.code;
    Object.assign(error, refusal.properties);
    if (refusal.tellsStack) error.requireStack = stack;
    return error;
  }
  internal.refused = refused;

  function checkRequest(request, name) {
    if (typeof request !== 'string') throw builtin('internal/errors').typeError(name, 'of type string', request);
    if (request === '') throw builtin('internal/errors').valueError(name, 'must be a non-empty string', request);
  }

  // --- loading ---
  Module._cache = cache;
  Module._resolveFilename = function (request, parent, _isMain, options) {
    const name = named(request);
    if (name !== undefined) return request;
    const relative = /^\.\.?(?:\/|$)/.test(request);
    if (options?.paths === undefined) return full(find(request, folderOf(parent), parent));
    let last;
    for (const each of options.paths) {
      const from = inside(builtin('path').resolve(root, each));
      if (from === undefined) continue;
      // A folder of packages is looked into; anything else is where the looking starts.
      const start = !relative && /(?:^|\/)node_modules$/.test(from) ? folder(from) : from;
      try {
        return full(find(request, start, parent));
      } catch (error) {
        if (error.code !== 'MODULE_NOT_FOUND') throw error;
        last = error;
      }
    }
    throw last ?? refused({ code: 'MODULE_NOT_FOUND', message: `Cannot find module '${request}'`, tellsStack: true }, parent);
  };
  const resolveFilename = Module._resolveFilename;

  Module._load = function (request, parent) {
    const name = named(request);
    if (name !== undefined) return builtin(name);
    const id = Module._resolveFilename === resolveFilename ? full(find(request, folderOf(parent), parent)) : Module._resolveFilename(request, parent, false);
    return loadAs(id, parent).exports;
  };

  function loadAs(id, parent) {
    const known = cache[id];
    if (known !== undefined) {
      if (parent?.children && !parent.children.includes(known)) parent.children.push(known);
      return known;
    }
    const module = new Module(id, parent);
    cache[id] = module;
    let done = false;
    try {
      module.load(id);
      done = true;
    } finally {
      if (!done) {
        delete cache[id];
        const at = parent?.children?.indexOf(module) ?? -1;
        if (at >= 0) parent.children.splice(at, 1);
      }
    }
    return module;
  }
  internal.load = (path, parent) => loadAs(full(path), parent);

  Module.prototype.load = function (filename) {
    this.filename = filename;
    this.paths = lookupFolders(folderOf(this));
    const name = filename.slice(filename.lastIndexOf('/') + 1);
    let extension = '.js';
    for (let at = name.indexOf('.', 1); at >= 0; at = name.indexOf('.', at + 1)) {
      if (Module._extensions[name.slice(at)] !== undefined) {
        extension = name.slice(at);
        break;
      }
    }
    Module._extensions[extension](this, filename);
    this.loaded = true;
  };

  Module.prototype.require = function (id) {
    checkRequest(id, 'id');
    return Module._load(id, this, false);
  };

  // A module that was put together by hand has a text and a name of its own.
  Module.prototype._compile = function (content, filename) {
    const path = inside(filename) ?? filename.replace(/^\/+/, '');
    return run(this, compileWith(() => modules.compileText(content, path), path), filename);
  };
  const compileByHand = Module.prototype._compile;

  const pathOf = (filename) => {
    const path = inside(filename);
    if (path === undefined) throw refused({ code: 'MODULE_NOT_FOUND', message: `Cannot find module '${filename}': it lies outside the function's package, and only files of the package can be loaded` });
    return path;
  };
  Module._extensions = {
    __proto__: null,
    '.js'(module, filename) {
      const path = pathOf(filename);
      const format = modules.format(path);
      if (format === 'module') return requireModule(module, path);
      if (module._compile !== compileByHand) return module._compile(modules.read(path), filename);
      let compiled;
      try {
        compiled = compileWith(() => modules.compile(path), path);
      } catch (error) {
        // No package.json says what the file is: one that can only be an ES module is one. Not so the function's own file, as a function host has it.
        if (format !== 'unsaid' || module.parent === undefined || !(error instanceof SyntaxError) || !modules.isOnlyModule(path)) throw error;
        return requireModule(module, path);
      }
      return run(module, compiled, filename);
    },
    '.json'(module, filename) {
      const text = modules.read(pathOf(filename));
      try {
        module.exports = parse(text);
      } catch (error) {
        internal.reword(error, text);
        error.message = `${filename}: ${error.message}`;
        throw error;
      }
    },
    '.node'(_module, filename) {
      const error = new Error(`${filename} is a native addon; functions cannot load native addons here. Use a package that is JavaScript alone`);
      error.code = 'ERR_DLOPEN_FAILED';
      throw error;
    },
  };

  function run(module, compiled, filename) {
    const require = makeRequire(module);
    if (module.parent === undefined && filename === internal.entryName) control.begin();
    return Reflect.apply(compiled, module.exports, [module.exports, require, module, filename, filename.slice(0, filename.lastIndexOf('/'))]);
  }

  internal.syntaxErrors = new OwnWeakSet();
  function compileWith(compile, path) {
    try {
      return compile();
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

  function requireModule(module, path) {
    module.exports = builtin('internal/imports').required(path, module.parent?.filename);
  }

  // On a function host the main module is the host's own: `require.main === module` is false in every file of a function.
  const main = new Module('/var/runtime/index.js', undefined);
  main.filename = main.id;
  main.id = '.';
  function makeRequire(module) {
    function require(id) {
      return module.require(id);
    }
    require.resolve = function resolve(request, options) {
      checkRequest(request, 'request');
      return Module._resolveFilename(request, module, false, options);
    };
    require.resolve.paths = function paths(request) {
      checkRequest(request, 'request');
      if (isPublic(request.replace(/^node:/, ''))) return null;
      const from = folderOf(module);
      return /^\.\.?(?:\/|$)/.test(request) ? [full(from)] : lookupFolders(from);
    };
    require.main = main;
    require.extensions = Module._extensions;
    require.cache = cache;
    return require;
  }
  internal.makeRequire = makeRequire;
}
