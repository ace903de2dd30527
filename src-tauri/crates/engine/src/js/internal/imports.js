// ES modules: what a specifier of `import` names, and what built-ins, JSON and CommonJS files hand on to them.
export default function (exports, require, _module, internal) {
  const { modules, full, folder, isPublic, OwnMap, OwnSet } = internal;
  const errors = require('internal/errors');
  const { parse } = JSON;
  const hasOwn = Object.prototype.hasOwnProperty;
  const { apply } = Reflect;
  const { then } = Promise.prototype;

  const url = (path) => `file://${full(path).replace(/[\0-\x20"#%<>?\\`{}\x7f-\uffff]+/g, encodeURIComponent)}`;

  // How each module was last asked for, and where.
  const asked = new OwnMap();

  // The key of the module that `specifier` names in the file `base`.
  exports.importing = function (base, specifier, type) {
    const key = named(base, specifier, type);
    asked.set(key, { base, specifier });
    return key;
  };

  function named(base, specifier, type) {
    const path = modules.pathOf(base) ?? modules.entry();
    const isNamed = specifier.startsWith('node:');
    const name = isNamed ? specifier.slice(5) : specifier;
    if (isNamed ? isPublic(name) : modules.isBare(name)) return `node:esm/${name}`;
    if (isNamed) throw errors.coded(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
    // A query makes a module of its own of the same file.
    const [, clean, query] = /^(?:\.|\/|file:)/.test(specifier) ? /^([^?#]*)([^]*)$/.exec(specifier) : [, specifier, ''];
    const found = modules.resolve(clean, folder(path), full(path), true);
    if (typeof found !== 'string') throw internal.refused(found, undefined);
    if (found.startsWith('node:')) return `node:esm/${found.slice(5)}`;
    const format = modules.format(found);
    if (format === 'json') {
      if (type !== 'json') throw errors.coded(TypeError, 'ERR_IMPORT_ASSERTION_TYPE_MISSING', `Module "${url(found)}${query}" needs an import attribute of type "json"`);
    } else if (type === 'json') {
      throw errors.coded(TypeError, 'ERR_IMPORT_ASSERTION_TYPE_FAILED', `Module "${url(found)}${query}" is not of type "json"`);
    }
    if (format === 'unknown' || format === 'addon') {
      throw errors.coded(TypeError, 'ERR_UNKNOWN_FILE_EXTENSION', `Unknown file extension "${/\.[^.]*$/.exec(found)[0]}" for ${full(found)}`);
    }
    return checkCycle(modules.keyOf(found) + (query === '' ? '' : `?${query.slice(1)}`));
  }

  // Words for a name that is imported and not there, and where that was written.
  exports.missing = function ([, name, key]) {
    const { base, specifier } = asked.get(key) ?? { base: undefined, specifier: key };
    let message = `The requested module '${specifier}' does not provide an export named '${name}'`;
    if (commonjs.has(key)) {
      message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\nimport pkg from '${specifier}';\nconst { ${name} } = pkg;\n`;
    }
    for (let line = 1; base !== undefined && line <= internal.lastLine(base); line++) {
      const text = internal.sourceLine(base, line);
      if (text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`)) return { message, place: { name: '', file: base, line, column: Math.max(text.indexOf(name), 0) + 1 } };
    }
    return { message, place: undefined };
  };

  const commonjs = new OwnSet();
  // Files whose CommonJS code runs because an ES module imports them; innermost last.
  const running = [];

  // While `require` loads an ES module: the modules that are being evaluated already. The engine cannot evaluate them a second time.
  let barred;
  function checkCycle(key) {
    const other = barred?.keys.find((other) => modules.reaches(key, other));
    if (other === undefined) return key;
    const { path, from } = barred;
    throw errors.coded(
      Error,
      'ERR_REQUIRE_CYCLE_MODULE',
      `Cannot require() ES Module ${full(path)} in a cycle.${from === undefined ? '' : ` (from ${from})`} A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript specification. Try making at least part of the dependency in the graph lazily loaded.`,
    );
  }

  // The names of something that is no ES module, and a function that gives their values when the module is evaluated.
  exports.described = function (key, kind, of, names) {
    if (kind === 'builtin') {
      const value = require(of);
      names = Object.keys(value).filter((name) => name !== 'default');
      return { names, values: () => [value, ...names.map((name) => value[name])] };
    }
    if (kind === 'json') return { names: [], values: () => [internal.load(of, undefined).exports] };
    commonjs.add(key);
    const values = () => {
      running.push(key);
      try {
        const value = internal.load(of, undefined).exports;
        const holds = value !== null && (typeof value === 'object' || typeof value === 'function');
        return [value, ...names.map((name) => (holds ? read(value, name) : undefined))];
      } finally {
        running.pop();
      }
    };
    return { names, values };
  };

  function read(value, name) {
    try {
      return apply(hasOwn, value, [name]) ? value[name] : undefined;
    } catch {
      return undefined;
    }
  }

  exports.meta = function (meta, key, path) {
    const query = key.slice(modules.keyOf(path).length);
    const here = url(path);
    meta.dirname = full(folder(path));
    meta.filename = full(path);
    meta.resolve = function resolve(specifier) {
      if (typeof specifier !== 'string') throw errors.typeError('specifier', 'of type string', specifier);
      if (/^\.{0,2}\//.test(specifier)) return new (require('internal/url').URL)(specifier, here).href;
      const name = specifier.replace(/^node:/, '');
      if (name === specifier ? modules.isBare(name) : isPublic(name)) return `node:${name}`;
      if (/^[a-z][a-z0-9+.-]+:/i.test(specifier)) return specifier;
      const found = modules.resolve(specifier, folder(path), full(path), true);
      if (typeof found !== 'string') throw internal.refused(found, undefined);
      return found.startsWith('node:') ? found : url(found);
    };
    meta.url = here + query;
  };

  // The text of an ES module is no JavaScript.
  exports.unreadable = function (error) {
    if (error instanceof SyntaxError) {
      internal.syntaxErrors.add(error);
      require('internal/failure').syntax(error);
    }
    return error;
  };

  // What `require` gives for a file that is an ES module.
  exports.required = function (path, from) {
    const key = modules.keyOf(path);
    const before = barred;
    barred = { path, from, keys: running.concat(internal.bodies()) };
    let names;
    try {
      checkCycle(key);
      names = modules.evaluate(key, false);
    } finally {
      barred = before;
    }
    if (names === undefined) {
      throw errors.coded(
        Error,
        'ERR_REQUIRE_ASYNC_MODULE',
        `require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.${from === undefined ? '' : `\n  From ${from} `}\n  Requiring ${full(path)} `,
      );
    }
    if (apply(hasOwn, names, ['module.exports'])) return names['module.exports'];
    if (apply(hasOwn, names, ['default']) && !apply(hasOwn, names, ['__esModule'])) return modules.evaluate(key, true);
    return names;
  };

  // Somebody is told of the failure already.
  exports.heard = (promise) => {
    apply(then, promise, [undefined, () => {}]);
  };

  // The ES module with this key, as a promise for its names.
  exports.load = (key) => import(key);
}
