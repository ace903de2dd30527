// Frames of a stack as V8 tells them: names, places and the CallSite objects of Error.prepareStackTrace. Made only when somebody looks.
export default function (exports, _require, _module, internal) {
  const { control, modules, OwnMap } = internal;
  const { toString } = Function.prototype;
  const line = (frame, number = frame.line) => internal.sourceLine(frame.file, number);

  // --- places ---
  // V8 points at `new` and at `await`; the engine at the name or the call that follows.
  function placed(frame, isCall, made) {
    if (frame.placed) return;
    frame.placed = true;
    const text = line(frame);
    if (text === undefined) return;
    if (frame.isAsync) return waits(frame);
    callee(frame, text, isCall, made);
    const keyword = /\bnew\s+(?:[\w$]+\.)*$/.exec(text.slice(0, frame.column - 1));
    if (keyword !== null) frame.column = keyword.index + 1;
  }

  const words = { __proto__: null, if: 1, for: 1, while: 1, switch: 1, catch: 1, return: 1, typeof: 1, await: 1, yield: 1, function: 1, with: 1 };
  // The engine's place of a call is the last thing that was looked at for it, which may be an argument: back to what is called.
  function callee(frame, text, isCall, made) {
    const called = /^([\w$]+)\s*(?:\?\.)?\(/.exec(text.slice(frame.column - 1));
    if (called !== null && (isCall || made === undefined || called[1] === made)) return;
    let depth = 0;
    for (let index = frame.column - 2; index >= 0; index--) {
      const letter = text[index];
      if (letter === ')' || letter === ']' || letter === '}') depth++;
      else if (letter === '[' || letter === '{') depth = Math.max(0, depth - 1);
      else if (letter === ';' && depth <= 0) return;
      else if (letter === '(' && depth-- <= 0) {
        depth = 0;
        const name = /([\w$]+)\s*(?:\?\.)?$/.exec(text.slice(0, index));
        if (name === null || name[1] in words) return;
        if (!isCall && name[1] !== made) continue;
        frame.column = name.index + 1;
        return;
      }
    }
  }

  // Where the `await` of a suspended frame stands; undefined = it does not wait there.
  function waiting(frame) {
    let before = line(frame)?.slice(0, frame.column - 1);
    for (let number = frame.line; before !== undefined && number > 0 && frame.line - number < 6; before = line(frame, --number)) {
      const loop = /\bfor\s+await\s*\(\s*(?:const|let|var)?\s*(?=[^)]*)/g;
      let found;
      for (let match = loop.exec(before); match !== null; match = loop.exec(before)) found = match;
      const plain = /\bawait\b(?![^]*\bawait\b)[^;{}]*$/.exec(before);
      if (found !== undefined && (plain === null || plain.index < found.index + found[0].length)) return { line: number, column: found.index + found[0].length + 1 };
      if (plain !== null) return { line: number, column: plain.index + 1 };
      if (/[;{}]\s*$/.test(before) && number !== frame.line) return undefined;
    }
    return undefined;
  }
  exports.waiting = waiting;
  function waits(frame) {
    const at = waiting(frame);
    if (at !== undefined) Object.assign(frame, at);
  }

  // --- names ---
  const owners = new OwnMap();
  // Array.map, JSON.parse, new Promise: functions of the language by what they hang on.
  function ownerOf(run) {
    if (owners.size === 0) {
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        const found = Object.getOwnPropertyDescriptor(globalThis, name);
        const value = found.value;
        if (value === null || (typeof value !== 'object' && typeof value !== 'function') || value === globalThis || !/^[A-Z]/.test(name)) continue;
        if (typeof value === 'function') owners.set(value, `new ${name}`);
        for (const [holder, title] of [[value, typeof value === 'function' ? 'Function' : name], [value.prototype, name]]) {
          if (holder === null || holder === undefined) continue;
          for (const key of Object.getOwnPropertyNames(holder)) {
            const member = Object.getOwnPropertyDescriptor(holder, key).value;
            if (typeof member === 'function' && !owners.has(member)) owners.set(member, `${title}.${key}`);
          }
        }
      }
    }
    return owners.get(run);
  }

  const texts = new OwnMap();
  function sourceOf(file) {
    if (!texts.has(file)) {
      const lines = [];
      for (let number = 1, last = internal.lastLine(file); number <= last; number++) lines.push(internal.sourceLine(file, number));
      texts.set(file, lines.join('\n'));
    }
    return texts.get(file);
  }

  // The class whose body holds a place of a source, `Object` for a method of an object.
  function holderAt(source, at) {
    let depth = 0;
    for (let index = at - 1; index >= 0 && at - index < 200_000; index--) {
      const letter = source[index];
      if (letter === '}') depth++;
      else if (letter === '{' && depth-- === 0) {
        const found = /\bclass(?:\s+([\w$]+))?(?:\s+extends\s+[^{]+?)?\s*$/.exec(source.slice(Math.max(0, index - 200), index));
        return found === null ? 'Object' : (found[1] ?? '');
      }
    }
    return undefined;
  }

  const wrapper = /^\(?(?:async )?function\s*\(exports, require, module, __filename, __dirname\)/;
  function nameOf(frame, above) {
    const run = frame.site?.getFunction();
    const own = frame.name ?? '';
    if (typeof run !== 'function') return own;
    const text = toString.call(run);
    if (wrapper.test(text)) return 'Object.<anonymous>';
    if (text.startsWith('class')) return `new ${own === '' ? '<anonymous>' : own}`;
    const source = sourceOf(frame.file);
    const at = source.indexOf(text);
    // `exports.x = …`: V8 knows a function by what it was first put into.
    if (own === '' && at >= 0) {
      const put = /([\w$]+(?:\.[\w$]+)+)\s*=\s*$/.exec(source.slice(Math.max(0, at - 120), at));
      if (put !== null) return put[1].replace(/^.*\.(?=[^.]*\.[^.]*$)/, (head) => (head.startsWith('module.exports') || head === 'this.' ? '' : head)).replace(/^module\.exports\./, 'exports.');
      return '';
    }
    if (above !== undefined && /^new\s/.test((line(above) ?? '').slice(above.column - 1)) && /^(?:async )?function/.test(text)) return `new ${own}`;
    if (at >= 0 && !/^(?:async\s+)?(?:function\b|\(|[\w$]+\s*=>)/.test(text)) {
      const holder = holderAt(source, at);
      const plain = own.replace(/^(?:get|set) /, '');
      if (plain !== own) return `${own} [as ${plain}]`;
      if (holder === 'constructor' || plain === 'constructor') return `new ${holder}`;
      if (holder !== undefined && holder !== '') return `${holder}.${own}`;
    }
    // A function as a property of an object: `{ name: () => … }`.
    if (at >= 0 && /[\w$]+['"]?\s*:\s*$/.test(source.slice(Math.max(0, at - 80), at)) && holderAt(source, at) === 'Object') return `Object.${own}`;
    return own;
  }

  // `made` = the class of an error that the author's own code made; none for a captured stack, whose every frame is at a call.
  exports.finish = function (frames, made) {
    for (let index = 0; index < frames.length; index++) {
      const frame = frames[index];
      if (frame.shown !== undefined) continue;
      placed(frame, index > 0 || frames.areCalls === true, made);
    }
    for (let index = 0; index < frames.length; index++) frames[index].shown ??= nameOf(frames[index], frames[index + 1]);
    return frames;
  };

  exports.text = function (frame) {
    const at = `${frame.file}:${frame.line}:${frame.column}`;
    const name = frame.shown ?? frame.name;
    const before = frame.isAsync ? 'async ' : '';
    return name === '' ? `    at ${before}${at}` : `    at ${before}${name} (${at})`;
  };

  function written(run) {
    const text = typeof run === 'function' ? toString.call(run) : '';
    return !text.startsWith('class') || /\bconstructor\s*\(/.test(text);
  }

  // Every line of a stack: the author's frames, and the language's own functions between them.
  exports.lines = function (frames, sites, made) {
    exports.finish(frames, made);
    const out = [];
    // A constructor that nobody wrote does not show.
    const left = frames.filter(({ shown, site, isAsync }) => isAsync || !shown.startsWith('new ') || written(site.getFunction()));
    for (let index = 0; index < sites.length && left.length > 0 && !left[0].isAsync; index++) {
      if (sites[index] === left[0].site) out.push(exports.text(left.shift()));
      else if (sites[index].isNative()) {
        const owner = ownerOf(sites[index].getFunction());
        if (owner !== undefined && !/captureStackTrace|^Reflect\./.test(owner)) out.push(`    at ${owner} (<anonymous>)`);
      }
    }
    // The engine gives the frame of a constructor that makes an error itself: V8 does not.
    while (out.length > 0 && / \(<anonymous>\)$/.test(out[0]) && /^ {4}at new \w*Error /.test(out[0])) out.shift();
    for (const frame of left) out.push(exports.text(frame));
    return out;
  };

  // --- CallSite ---
  class CallSite {
    #frame;
    constructor(frame) {
      this.#frame = frame;
    }
    getThis() {
      return undefined;
    }
    getTypeName() {
      const { shown } = this.#frame;
      const at = shown.lastIndexOf('.');
      return at > 0 ? (shown.startsWith('exports.') ? 'Object' : shown.slice(0, at)) : 'Object';
    }
    getFunction() {
      return this.#frame.site.getFunction() ?? undefined;
    }
    getFunctionName() {
      const { shown } = this.#frame;
      if (shown === '' || shown === 'Object.<anonymous>') return null;
      return shown.startsWith('exports.') ? shown : shown.replace(/^new /, '').replace(/^.*\.(?=[\w$]+$)/, '');
    }
    getMethodName() {
      const { shown } = this.#frame;
      const at = shown.lastIndexOf('.');
      return at > 0 && !shown.endsWith('<anonymous>') ? shown.slice(at + 1) : null;
    }
    // As `__filename` gives it, which callers compare it with.
    getFileName() {
      const { file } = this.#frame;
      const label = control.label();
      if (label === '') return file.startsWith('/') ? file : `${modules.root}/${file}`;
      return file.startsWith(`${label}/`) ? modules.root + file.slice(label.length) : file;
    }
    getLineNumber() {
      return this.#frame.line;
    }
    getColumnNumber() {
      return this.#frame.column;
    }
    getEnclosingLineNumber() {
      return this.#frame.line;
    }
    getEnclosingColumnNumber() {
      return this.#frame.column;
    }
    getPosition() {
      return 0;
    }
    getScriptNameOrSourceURL() {
      return this.getFileName();
    }
    getScriptHash() {
      return '';
    }
    getEvalOrigin() {
      return undefined;
    }
    getPromiseIndex() {
      return null;
    }
    isToplevel() {
      return !this.#frame.shown.includes('.');
    }
    isEval() {
      return false;
    }
    isNative() {
      return false;
    }
    isConstructor() {
      return this.#frame.shown.startsWith('new ');
    }
    isAsync() {
      return Boolean(this.#frame.isAsync);
    }
    isPromiseAll() {
      return false;
    }
    toString() {
      const { line: row, column, shown, isAsync } = this.#frame;
      const at = `${this.getFileName()}:${row}:${column}`;
      return `${isAsync ? 'async ' : ''}${shown === '' ? at : `${shown} (${at})`}`;
    }
  }
  exports.sites = (frames, made) => exports.finish(frames, made).map((frame) => new CallSite(frame));
}
