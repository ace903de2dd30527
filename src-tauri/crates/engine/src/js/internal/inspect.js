// Values as Node prints them: util.inspect and util.format.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const custom = Symbol.for('nodejs.util.inspect.custom');
  const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const quoting = require('internal/quoting');
  const { quote, keyText } = quoting;
  const group = require('internal/columns').group;
  const shapes = require('internal/shapes');

  const PLAIN = 0;
  const ITEM = 1;
  const EXTRA = 2;

  const defaults = {
    showHidden: false,
    depth: 2,
    colors: false,
    customInspect: true,
    showProxy: false,
    maxArrayLength: 100,
    maxStringLength: 10000,
    breakLength: 80,
    compact: 3,
    sorted: false,
    getters: false,
    numericSeparator: false,
  };

  // One inspection under way.
  function begin(options) {
    const state = { ...defaults, indent: 0, seen: [], level: 0, circular: undefined, options };
    if (options !== undefined) {
      for (const key of Object.keys(options)) {
        if (key in defaults && options[key] !== undefined) state[key] = options[key];
      }
    }
    if (state.maxArrayLength === null) state.maxArrayLength = Infinity;
    if (state.maxStringLength === null) state.maxStringLength = Infinity;
    if (state.depth === null) state.depth = Infinity;
    return state;
  }

  function inspect(value, options, ...old) {
    if (typeof options === 'boolean') {
      options = { showHidden: options };
      if (old[0] !== undefined) options.depth = old[0];
    }
    return show(begin(options), value, 0, true);
  }
  inspect.custom = custom;
  inspect.defaultOptions = defaults;
  inspect.colors = { __proto__: null };
  inspect.styles = { __proto__: null };
  exports.inspect = inspect;

  const number = (value) => (Object.is(value, -0) ? '-0' : `${value}`);

  function primitive(state, value) {
    switch (typeof value) {
      case 'string': {
        let rest = '';
        if (value.length > state.maxStringLength) {
          const more = value.length - state.maxStringLength;
          value = value.slice(0, state.maxStringLength);
          rest = `... ${more} more character${more > 1 ? 's' : ''}`;
        }
        if (state.compact !== true && value.length > 16 && value.length > state.breakLength - state.indent - 4 && value.includes('\n')) {
          const lines = value.split(/(?<=\n)/);
          return lines.map((line) => quote(line)).join(` +\n${' '.repeat(state.indent + 2)}`) + rest;
        }
        return quote(value) + rest;
      }
      case 'number':
        return number(value);
      case 'bigint':
        return `${value}n`;
      case 'symbol':
        return Symbol.prototype.toString.call(value);
      default:
        return `${value}`;
    }
  }

  function show(state, value, depth, typed) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return primitive(state, value);
    if (state.customInspect) {
      const own = value[custom];
      if (typeof own === 'function' && own !== inspect && !(value.constructor && value.constructor.prototype === value)) {
        const left = state.depth === Infinity ? Infinity : state.depth - depth;
        const options = { ...defaults, ...state.options, depth: left, stylize: (text) => `${text}` };
        const result = own.call(value, left, options, inspect);
        if (result !== value) {
          if (typeof result !== 'object' || result === null) return typeof result === 'string' ? result.replaceAll('\n', `\n${' '.repeat(state.indent)}`) : primitive(state, result);
          return show(state, result, depth, false);
        }
      }
    }
    if (state.seen.includes(value)) {
      state.circular ??= new OwnMap();
      let index = state.circular.get(value);
      if (index === undefined) state.circular.set(value, (index = state.circular.size + 1));
      return `[Circular *${index}]`;
    }
    return object(state, value, depth, typed);
  }

  function keysOf(state, value, skip) {
    let keys;
    if (state.showHidden) {
      keys = Object.getOwnPropertyNames(value);
    } else {
      try {
        keys = Object.keys(value);
      } catch {
        keys = Object.getOwnPropertyNames(value);
      }
    }
    if (skip !== undefined) keys = keys.filter((key) => !skip(key));
    const symbols = Object.getOwnPropertySymbols(value);
    if (symbols.length > 0) {
      keys = keys.concat(state.showHidden ? symbols : symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol)));
    }
    return keys;
  }

  const isIndex = (key) => /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4294967295;

  function object(state, value, depth) {
    const name = shapes.constructorName(value);
    let tag = value[Symbol.toStringTag];
    if (typeof tag !== 'string' || tag === '' || tag === name) tag = '';
    const prefix = (fallback, size = '') => shapes.prefix(name, tag, fallback, size);

    let open = '{';
    let close = '}';
    let base = '';
    let keys;
    let items; // gives the entries before the keys
    let list = false;

    if (Array.isArray(value)) {
      keys = keysOf(state, value, isIndex);
      open = `${name !== 'Array' || tag !== '' ? prefix('Array', `(${value.length})`) : ''}[`;
      close = ']';
      if (value.length === 0 && keys.length === 0) return `${open}]`;
      list = true;
      items = (at) => arrayItems(state, value, at);
    } else if (value instanceof Set && shapes.isSet(value)) {
      keys = keysOf(state, value);
      open = `${prefix('Set', `(${shapes.size(value)})`)}{`;
      if (shapes.size(value) === 0 && keys.length === 0) return `${open}}`;
      items = (at) => limited(state, shapes.values(value), shapes.size(value), (item) => indented(state, item, at));
    } else if (value instanceof Map && shapes.isMap(value)) {
      keys = keysOf(state, value);
      open = `${prefix('Map', `(${shapes.size(value)})`)}{`;
      if (shapes.size(value) === 0 && keys.length === 0) return `${open}}`;
      items = (at) => limited(state, shapes.entries(value), shapes.size(value), ([key, item]) => `${indented(state, key, at)} => ${indented(state, item, at)}`);
    } else if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      keys = keysOf(state, value, isIndex);
      const fallback = shapes.typedName(value);
      open = `${prefix(fallback, `(${value.length})`)}[`;
      close = ']';
      if (value.length === 0 && keys.length === 0) return `${open}]`;
      list = true;
      items = () => typedItems(state, value);
    } else {
      keys = keysOf(state, value);
      const kind = shapes.kind(value);
      if (kind === 'arguments') {
        open = '[Arguments] {';
        if (keys.length === 0) return '[Arguments] {}';
      } else if (typeof value === 'function') {
        base = shapes.functionBase(value, name, tag);
        if (keys.length === 0) return base;
      } else if (kind === 'regexp') {
        base = RegExp.prototype.toString.call(value);
        const before = prefix('RegExp');
        if (before !== 'RegExp ') base = before + base;
        if (keys.length === 0) return base;
      } else if (kind === 'date') {
        base = Number.isNaN(Date.prototype.getTime.call(value)) ? Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
        const before = prefix('Date');
        if (before !== 'Date ') base = before + base;
        if (keys.length === 0) return base;
      } else if (kind === 'error') {
        base = require('internal/errortext').errorText(value, name, tag, keys, state);
        keys = require('internal/errortext').errorKeys(value, base, keys);
        if (keys.length === 0) return base;
      } else if (kind === 'buffer') {
        open = `${prefix(value instanceof ArrayBuffer ? 'ArrayBuffer' : 'SharedArrayBuffer')}{`;
        items = () => [`[Uint8Contents]: <${shapes.hex(value, state.maxArrayLength)}>`, `byteLength: ${value.byteLength}`];
      } else if (kind === 'dataview') {
        open = `${prefix('DataView')}{`;
        items = (at) => [`byteLength: ${value.byteLength}`, `byteOffset: ${value.byteOffset}`, `buffer: ${indented(state, value.buffer, at)}`];
      } else if (kind === 'promise') {
        open = `${prefix('Promise')}{`;
        items = (at) => {
          const [status, result] = internal.group('inspect').promise(value);
          if (status === 'pending') return ['<pending>'];
          const text = indented(state, result, at);
          return [status === 'rejected' ? `<rejected> ${text}` : text];
        };
      } else if (kind === 'weakset') {
        open = `${prefix('WeakSet')}{`;
        items = () => ['<items unknown>'];
      } else if (kind === 'weakmap') {
        open = `${prefix('WeakMap')}{`;
        items = () => ['<items unknown>'];
      } else if (kind === 'weakref') {
        open = `${prefix('WeakRef')}{`;
        items = (at) => [indented(state, value.deref(), at)];
      } else if (kind === 'iterator') {
        open = `[${tag}] {`;
        items = () => [];
        if (keys.length === 0) return `Object [${tag}] {}`;
      } else if (kind === 'boxed') {
        const inner = value.valueOf();
        const type = shapes.boxedName(value);
        if (type === 'String') keys = keys.filter((key) => typeof key !== 'string' || !isIndex(key));
        base = `[${type}${name !== type ? ` (${name ?? 'null prototype'})` : ''}: ${primitive(begin(), inner)}]`;
        if (tag !== '' && tag !== name) base += ` [${tag}]`;
        if (keys.length === 0) return base;
      } else if (name === 'Object' && tag === '') {
        if (keys.length === 0) return '{}';
      } else {
        open = `${prefix('Object')}{`;
        if (keys.length === 0) return `${open}}`;
      }
    }

    if (depth > state.depth) return `[${shapes.prefix(name, tag, list ? 'Array' : 'Object').slice(0, -1)}]`;
    depth += 1;
    state.seen.push(value);
    state.level = depth;
    const output = items === undefined ? [] : items(depth);
    for (const key of keys) output.push(property(state, value, depth, key, list ? EXTRA : PLAIN));
    state.seen.pop();

    const reference = state.circular?.get(value);
    if (reference !== undefined) {
      if (base === '') open = open === '{' || open === '[' ? `<ref *${reference}> ${open}` : `<ref *${reference}> ${open}`;
      else base = `<ref *${reference}> ${base}`;
    }
    if (state.sorted) {
      const order = state.sorted === true ? undefined : state.sorted;
      if (!list) output.sort(order);
    }
    return lines(state, output, base, open, close, list, depth, value);
  }

  function indented(state, value, depth) {
    state.indent += 2;
    const text = show(state, value, depth, false);
    state.indent -= 2;
    return text;
  }

  function more(count) {
    return `... ${count} more item${count > 1 ? 's' : ''}`;
  }

  function limited(state, values, size, text) {
    const output = [];
    const limit = Math.min(Math.max(0, state.maxArrayLength), size);
    for (const value of values) {
      if (output.length === limit) break;
      output.push(text(value));
    }
    if (size > limit) output.push(more(size - limit));
    return output;
  }

  function arrayItems(state, value, depth) {
    const output = [];
    const limit = Math.min(Math.max(0, state.maxArrayLength), value.length);
    let index = 0;
    while (index < value.length && output.length < limit) {
      if (hasOwn(value, index)) {
        output.push(property(state, value, depth, index, ITEM));
        index++;
        continue;
      }
      const from = index;
      while (index < value.length && !hasOwn(value, index)) index++;
      output.push(`<${index - from} empty item${index - from > 1 ? 's' : ''}>`);
    }
    if (index < value.length) output.push(more(value.length - index));
    return output;
  }

  function typedItems(state, value) {
    const limit = Math.min(Math.max(0, state.maxArrayLength), value.length);
    const output = [];
    for (let index = 0; index < limit; index++) output.push(typeof value[index] === 'bigint' ? `${value[index]}n` : number(value[index]));
    if (value.length > limit) output.push(more(value.length - limit));
    return output;
  }

  function property(state, value, depth, key, type) {
    const found = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
    let text;
    if ('value' in found) {
      text = indented(state, found.value, depth);
    } else if (found.get !== undefined) {
      text = found.set !== undefined ? '[Getter/Setter]' : '[Getter]';
      if (state.getters === true || (state.getters === 'get' && found.set === undefined) || (state.getters === 'set' && found.set !== undefined)) {
        try {
          const got = indented(state, found.get.call(value), depth);
          text = `${text.slice(0, -1)}: ${got}]`;
        } catch (error) {
          text = `${text.slice(0, -1)}: <Inspection threw (${error.message})>]`;
        }
      }
    } else {
      text = found.set !== undefined ? '[Setter]' : 'undefined';
    }
    if (type === ITEM) return text;
    let name = keyText(key);
    if (found.enumerable === false) name = `[${typeof key === 'symbol' ? name.slice(1, -1) : key}]`;
    return `${name}: ${text}`;
  }

  function lines(state, output, base, open, close, list, depth, value) {
    const before = base === '' ? '' : `${base} `;
    if (state.compact !== true) {
      if (typeof state.compact === 'number' && state.compact >= 1) {
        const count = output.length;
        if (list && count > 6) output = group(state, output, value);
        if (state.level - depth < state.compact && count === output.length) {
          const start = output.length + state.indent + open.length + base.length + 10;
          if (fits(state, output, start, base)) {
            const joined = output.join(', ');
            if (!joined.includes('\n')) return `${before}${open} ${joined} ${close}`;
          }
        }
      }
      const indent = `\n${' '.repeat(state.indent)}`;
      return `${before}${open}${indent}  ${output.join(`,${indent}  `)}${indent}${close}`;
    }
    if (fits(state, output, 0, base)) return `${open}${base === '' ? '' : ` ${base}`} ${output.join(', ')} ${close}`;
    const indent = `\n${' '.repeat(state.indent)}`;
    const first = base === '' && open.length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}\n${indent}  `;
    return `${open}${first}${output.join(`,${indent}  `)} ${close}`;
  }

  function fits(state, output, start, base) {
    let total = output.length + start;
    if (total + output.length > state.breakLength) return false;
    for (const entry of output) {
      total += entry.length;
      if (total > state.breakLength) return false;
    }
    return base === '' || !base.includes('\n');
  }

  exports.show = show;
  exports.begin = begin;

  // --- util.format ---
  function plain(value) {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'number') return number(value);
    if (typeof value === 'object' && value !== null) {
      if (!ownToString(value)) return inspect(value, { depth: 0, colors: false, compact: 3 });
    }
    if (typeof value === 'symbol') return value.toString();
    return String(value);
  }

  // Whether the author gave the value a way to become a string.
  function ownToString(value) {
    if (hasOwn(value, 'toString') || hasOwn(value, Symbol.toPrimitive)) return true;
    let at = value;
    do {
      at = Object.getPrototypeOf(at);
      if (at === null) return false;
    } while (!hasOwn(at, 'toString') && !hasOwn(at, Symbol.toPrimitive));
    const maker = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    return typeof maker !== 'function' || !shapes.isBuiltIn(maker);
  }

  function json(value) {
    try {
      return JSON.stringify(value);
    } catch (error) {
      if (error.name === 'TypeError' && /circular/i.test(error.message)) return '[Circular]';
      throw error;
    }
  }

  function directive(letter, value) {
    switch (letter) {
      case 's':
        return plain(value);
      case 'd':
        if (typeof value === 'bigint') return `${value}n`;
        return typeof value === 'symbol' ? 'NaN' : number(Number(value));
      case 'i':
        if (typeof value === 'bigint') return `${value}n`;
        return typeof value === 'symbol' ? 'NaN' : number(parseInt(value));
      case 'f':
        return typeof value === 'symbol' ? 'NaN' : number(parseFloat(value));
      case 'j':
        return json(value);
      case 'o':
        return inspect(value, { showHidden: true, showProxy: true, depth: 4 });
      case 'O':
        return inspect(value);
      default:
        return '';
    }
  }

  function formatWithOptions(options, ...args) {
    if (args.length === 0) return '';
    let text = '';
    let next = 0;
    if (typeof args[0] === 'string') {
      if (args.length === 1) return args[0];
      next = 1;
      text = args[0].replace(/%[sdifjoOc%]/g, (match) => {
        if (match === '%%') return '%';
        if (next >= args.length) return match;
        return directive(match[1], args[next++]);
      });
      if (next === 1 && args[0].includes('%%') && args.length === 1) text = args[0];
    }
    for (let index = next; index < args.length; index++) {
      if (index > 0) text += ' ';
      text += typeof args[index] === 'string' ? args[index] : inspect(args[index], { ...options, compact: 3, colors: false, depth: options?.depth ?? 2 });
    }
    return text;
  }
  exports.formatWithOptions = formatWithOptions;
  exports.format = (...args) => formatWithOptions(undefined, ...args);
}
