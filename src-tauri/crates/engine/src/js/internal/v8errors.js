// The engine's error messages in V8's words: what authors search for. Names of what was called come from the source at the error's place.
export default function (exports, _require, _module, internal) {
  // What stands before and at a place: `a.b(…).c`, and where its last name begins.
  function chainAt(text, at) {
    const name = /^[\w$]+/.exec(text.slice(at))?.[0];
    if (name === undefined) return undefined;
    return { text: before(text, at) + name, end: at + name.length, start: at };
  }

  // The member chain that leads to `at`, as V8 prints it.
  function before(text, at) {
    let index = at - 1;
    let out = '';
    for (;;) {
      if (text[index] !== '.') return out;
      const optional = text[index - 1] === '?';
      index -= optional ? 2 : 1;
      out = (optional ? '?.' : '.') + out;
      while (text[index] === ')' || text[index] === ']') {
        const open = opening(text, index);
        if (open < 0) return `(intermediate value)${out}`;
        const word = /[\w$\])]$/.test(text.slice(0, open));
        if (text[index] === ')') out = word ? `(...)${out}` : `(intermediate value)${out}`;
        else out = word ? text.slice(open, index + 1) + out : `(intermediate value)${out}`;
        if (!word) return out;
        index = open - 1;
      }
      if (text[index] === '"' || text[index] === "'" || text[index] === '`') {
        const start = text.lastIndexOf(text[index], index - 1);
        return start < 0 ? `(intermediate value)${out}` : `"${text.slice(start + 1, index)}"${out}`;
      }
      const name = /[\w$]+$/.exec(text.slice(0, index + 1))?.[0];
      if (name === undefined) return `(intermediate value)${out}`;
      out = name + out;
      index -= name.length;
    }
  }

  function opening(text, close) {
    let depth = 0;
    for (let index = close; index >= 0; index--) {
      if (text[index] === ')' || text[index] === ']') depth++;
      else if (text[index] === '(' || text[index] === '[') {
        depth--;
        if (depth === 0) return index;
      }
    }
    return -1;
  }

  // The expression that begins at a place, as far as it is a chain of names.
  const forward = (text, at) => /^(?:this|[\w$]+)(?:\??\.[\w$]+|\[[^\][]*\])*/.exec(text.slice(at))?.[0];

  function calleeAt(text, at) {
    const chain = chainAt(text, at);
    if (chain === undefined) {
      return text.slice(0, at + 1).trimEnd().endsWith(')') || text[at] === '(' ? '(intermediate value)(...)' : '(intermediate value)';
    }
    const rest = text.slice(chain.end);
    const index = /^(\[[^\][]*\])+/.exec(rest)?.[0];
    return chain.text + (index ?? '');
  }

  const rules = [
    [/^cannot read property '(.*)' of (undefined|null)$/s, (match, line, frame) => {
      if (match[1] === 'Symbol.iterator') {
        const name = iterated(line, frame);
        return `${name ?? match[2]} is not iterable${name === undefined ? ' (cannot read property Symbol(Symbol.iterator))' : ''}`;
      }
      const key = match[1].startsWith('Symbol.') ? `Symbol(${match[1]})` : match[1];
      if (line !== undefined) {
        const from = frame.column - 1;
        const pattern = new RegExp(`(?:\\.\\s*|\\[\\s*['"\`]?)${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`);
        const found = pattern.exec(line.slice(from));
        if (found !== null) frame.column = from + found.index + found[0].search(/[^.[\s]/) + 1;
      }
      return `Cannot read properties of ${match[2]} (reading '${key}')`;
    }],
    [/^cannot set property '(.*)' of (undefined|null)$/s, (match) => `Cannot set properties of ${match[2]} (setting '${match[1]}')`],
    [/^not a function$/, (_, line, frame) => (line === undefined ? undefined : `${calleeAt(line, frame.column - 1)} is not a function`)],
    [/^(?:(.*) is )?not a constructor$/, (_, line, frame) => {
      if (line === undefined) return undefined;
      const from = line.slice(0, frame.column - 1).lastIndexOf('new ');
      const name = from >= 0 && from > frame.column - 40 ? forward(line, from + 4) : forward(line, frame.column - 1);
      return name === undefined ? undefined : `${name} is not a constructor`;
    }],
    [/^'(.*)' is read-only$/, (match, line, frame) => {
      if (line !== undefined) {
        const rest = line.slice(frame.column - 1);
        if (new RegExp(`^${match[1].replace(/[$]/g, '\\$')}\\s*(?:[-+*/%&|^<>?]*=|\\+\\+|--)`).test(rest) || /^(?:\+\+|--)/.test(rest)) return 'Assignment to constant variable.';
        if (/^(?:const|let)\b/.test(rest)) return 'Assignment to constant variable.';
        if (!new RegExp(`[.\\[]\\s*['"]?${match[1].replace(/[$]/g, '\\$')}`).test(rest)) return 'Assignment to constant variable.';
      }
      return `Cannot assign to read only property '${match[1]}' of object`;
    }],
    [/^expecting hex digit$|^invalid hex|^malformed UTF-8$|^expecting %$/, () => 'URI malformed'],
    [/^must be called with new$/, (_match, line, frame) => `${line === undefined ? 'Promise' : (forward(line, frame.column - 1) ?? 'Promise')} constructor cannot be invoked without 'new'`],
    [/^value is not iterable$/, (_, line, frame) => {
      if (line === undefined) return 'object is not iterable (cannot read property Symbol(Symbol.iterator))';
      if (/\(\s*(?:[^()]*,\s*)?\.\.\.$/.test(line.slice(0, frame.column - 1)) && !/\[\s*\.\.\.$/.test(line.slice(0, frame.column - 1))) return 'Spread syntax requires ...iterable[Symbol.iterator] to be a function';
      const name = iterated(line, frame);
      return name === undefined ? 'object is not iterable' : `${name} is not iterable`;
    }],
    [/^Cannot convert undefined or null to object$|^cannot convert to object$/, (match, whole, frame) => {
      const line = whole === undefined ? undefined : /\{[^{}]*\}\s*=/.test(whole.slice(frame.column - 1)) ? whole.slice(frame.column - 1) : whole;
      const found = line === undefined ? null : /[{,(]\s*\{?\s*([\w$]+)[^{}]*\}\s*=\s*([\w$.]+|\(?[\w$.]+\)?)\s*[;,)]?/.exec(line);
      if (found !== null && /\{[^{}]*\}\s*=/.test(line) && !/Object\.\w+\(/.test(line)) {
        const value = found[2] === 'null' ? 'null' : 'undefined';
        return `Cannot destructure property '${found[1]}' of '${found[2]}' as it is ${value}.`;
      }
      return match[0] === 'cannot convert to object' ? 'Cannot convert undefined or null to object' : undefined;
    }],
    [/^(.*) is not initialized$/, (match) => `Cannot access '${match[1]}' before initialization`],
    [/^object is not extensible$/, (_, line, frame) => {
      const chain = line === undefined ? undefined : forward(line, frame.column - 1);
      const key = chain === undefined ? undefined : /(?:\.([\w$]+)|\[['"]([^'"]*)['"]\])$/.exec(chain);
      return key === null || key === undefined ? 'Cannot add property, object is not extensible' : `Cannot add property ${key[1] ?? key[2]}, object is not extensible`;
    }],
    [/^class constructors must be invoked with 'new'$/, (_, line, frame, native) => `Class constructor ${native ?? (line === undefined ? '' : (chainAt(line, frame.column - 1)?.text.split('.').pop() ?? ''))} cannot be invoked without 'new'`],
    [/^invalid 'instanceof' right operand$/, (_, line, frame) => (line !== undefined && /^[^;]*?instanceof\s+(?:\d|['"]|null|undefined|true|false)/.test(line.slice(Math.max(0, frame.column - 14))) ? "Right-hand side of 'instanceof' is not an object" : "Right-hand side of 'instanceof' is not callable")],
    [/^invalid 'in' operand$/, () => "Cannot use 'in' operator to search for a key in a value that is not an object"],
    [/^circular reference$/, () => 'Converting circular structure to JSON'],
    [/^BigInt are forbidden in JSON\.stringify$/, () => 'Do not know how to serialize a BigInt'],
    [/^cannot convert symbol to (string|number)$/, (match) => `Cannot convert a Symbol value to a ${match[1]}`],
    [/^cannot convert BigInt to number$/, (_, line, frame) => {
      const unary = line === undefined || /^\+/.test(line.slice(frame.column - 1)) || /(?:^|[(,=:?;{[>&|]|return)\s*\+\s*$/.test(line.slice(0, frame.column - 1));
      return unary ? 'Cannot convert a BigInt value to a number' : 'Cannot mix BigInt and other types, use explicit conversions';
    }],
    [/^BigInt operands are forbidden for >>>$/, () => 'BigInts have no unsigned right shift, use >> instead'],
    [/^BigInt division by zero$/, () => 'Division by zero'],
    [/^bigint argument with unary \+$/, () => 'Cannot convert a BigInt value to a number'],
    [/^cannot mix bigint and other types.*$/i, () => 'Cannot mix BigInt and other types, use explicit conversions'],
    [/^invalid array length$/, () => 'Invalid array length'],
    [/^(?:invalid string length|string too long)$/, () => 'Invalid string length'],
    [/^invalid array buffer length$/, () => 'Array buffer allocation failed'],
    [/^invalid repeat count$/, () => 'Invalid count value'],
    [/^invalid number of digits$/, (_match, _line, _frame, native) => `${native ?? 'toFixed'}() ${native === 'toPrecision' ? 'argument must be between 1 and 100' : native === 'toExponential' ? 'argument must be between 0 and 100' : 'digits argument must be between 0 and 100'}`],
    [/^Date value is NaN$/, () => 'Invalid time value'],
    [/^empty array$/, () => 'Reduce of empty array with no initial value'],
    [/^circular prototype chain$/, () => 'Cyclic __proto__ value'],
    [/^parent class must be constructor$/, (_, line) => `Class extends value ${line === undefined ? '' : (/extends\s+([\w$.]+)/.exec(line)?.[1] ?? '')} is not a constructor or null`],
    [/^iterator must return an object$/, () => 'Iterator result is not an object'],
    [/^null or undefined are forbidden$/, (_match, _line, _frame, native) => `String.prototype.${native ?? 'method'} called on null or undefined`],
    [/^promise self resolution$/, () => 'Chaining cycle detected for promise #<Promise>'],
    [/^constructor requires 'new'$/i, (_match, line, frame) => `Constructor ${line === undefined ? '' : (chainAt(line, frame.column - 1)?.text ?? '')} requires 'new'`],
    [/^not an object$/, (_match, line, _frame, native) => {
      if (native === 'setPrototypeOf') return 'Object prototype may only be an Object or null';
      const owner = /^(?:ownKeys|has|get|set|apply|construct|deleteProperty)$/.test(native ?? '') ? 'Reflect' : 'Object';
      return native === undefined ? 'Object expected' : `${owner}.${native} called on non-object`;
    }],
    [/^(.*) \(line \d+ column \d+\)$/s, (match) => match[1]],
    [/^redeclaration of '(.*)'$/, (match) => `Identifier '${match[1]}' has already been declared`],
  ];

  const precedes = /(?:\.\.\.|\bof\s|\]\s*=)\s*$/;
  // What is iterated at or near the place.
  function iterated(line, frame) {
    if (line === undefined) return undefined;
    const at = frame.column - 1;
    if (at > 0 && !precedes.test(line.slice(0, at))) {
      const near = iterated(line.slice(at), { column: 0 });
      if (near !== undefined) return near;
    }
    if (at > 0 && precedes.test(line.slice(0, at))) return forward(line, at);
    const found = [/\bof\s+([\w$.]+(?:\([^()]*\))?)\s*\)/, /\]\s*=\s*([\w$.]+(?:\([^()]*\))?)/, /\.\.\.\s*([\w$.]+)/].map((pattern) => pattern.exec(line)).filter((match) => match !== null);
    found.sort((one, other) => one.index - other.index);
    const name = found[0]?.[1];
    return name?.replace(/\([^()]*\)$/, '(...)');
  }

  exports.translate = function (error, frames, top, native) {
    const { message } = error;
    for (const [pattern, words] of rules) {
      const match = pattern.exec(message);
      if (match === null) continue;
      const frame = top ? frames[0] : undefined;
      const line = frame === undefined ? undefined : internal.sourceLine(frame.file, frame.line);
      const text = words(match, line, frame ?? { column: 0 }, native);
      if (error.name === 'InternalError' && text !== undefined) Object.setPrototypeOf(error, RangeError.prototype);
      return text;
    }
    return undefined;
  };

  // --- syntax errors ---
  const keywords = /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with)$/;

  exports.syntax = function (message, line, column) {
    const redeclared = /redefinition of '?(.*?)'?$|^invalid redefinition of (?:lexical|global) identifier|redeclaration of '(.*)'/.exec(message);
    if (redeclared !== null) {
      const name = redeclared[1] ?? redeclared[2] ?? /^[\w$]+/.exec((line ?? '').slice(column - 1))?.[0] ?? /[\w$]+(?=[^\w$]*$)/.exec((line ?? '').slice(0, column - 1))?.[0];
      if (name !== undefined) return `Identifier '${name}' has already been declared`;
    }
    // Beyond the last line: what closes the module's wrapper was not expected.
    if (line === undefined) return 'Unexpected end of input';
    const rest = line.slice(column - 1);
    const head = line.slice(0, column - 1).trimEnd();
    if (/unexpected end of (?:string|comment|template|regexp)|invalid UTF-8|unexpected character|invalid first character|invalid escape|malformed|unterminated/i.test(message)) {
      if (/template/i.test(message)) return 'Unterminated template literal';
      if (/regexp/i.test(message)) return 'Invalid regular expression: missing /';
      return 'Invalid or unexpected token';
    }
    if (/\bawait$/.test(head) || (/^await\b/.test(rest) && /await/.test(message))) return 'await is only valid in async functions and the top level bodies of modules';
    if (/^import\b(?!\s*\()/.test(rest) || /^import\b(?!\s*\()/.test(line.trim())) return 'Cannot use import statement outside a module';
    if (/^export\b/.test(rest)) return "Unexpected token 'export'";
    const call = /([\w$)\]]+)\s*\((?:[^()]|\([^()]*\))*[\w$'"`)\]}]$/.exec(head);
    if (call !== null && !/^[,)]/.test(rest) && !/^(?:if|while|for|switch|function|catch|with)$/.test(call[1])) return 'missing ) after argument list';
    if (!/unexpected|expecting|invalid|missing/i.test(message)) return undefined;
    if (rest.trim() === '') return 'Unexpected end of input';
    const word = /^[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/.exec(rest)?.[0];
    if (word !== undefined) return keywords.test(word) ? `Unexpected token '${word}'` : `Unexpected identifier '${word}'`;
    if (/^\d/.test(rest)) return 'Unexpected number';
    if (/^['"]/.test(rest)) return 'Unexpected string';
    if (rest.startsWith('`')) return 'Unexpected template string';
    const mark = /^(?:>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[^\s])/.exec(rest)?.[0];
    return mark === undefined ? 'Unexpected end of input' : `Unexpected token '${mark}'`;
  };

  // --- JSON.stringify of a circle, told as V8 tells it ---
  exports.circle = function (value) {
    const open = [];
    const maker = (node) => `object with constructor '${node.constructor?.name ?? 'Object'}'`;
    const step = (key) => (/^\d+$/.test(key) ? `index ${key}` : `property '${key}'`);
    function visit(node, key) {
      if (node === null || typeof node !== 'object') return undefined;
      const at = open.findIndex((one) => one.node === node);
      if (at >= 0) {
        const circle = open.slice(at);
        const lines = [`\n    --> starting at ${maker(node)}`];
        const middle = circle.slice(1);
        if (middle.length > 0) lines.push(`|     ${step(middle[0].key)} -> ${maker(middle[0].node)}`);
        if (middle.length > 2) lines.push('|     ...');
        if (middle.length > 1) {
          const last = middle[middle.length - 1];
          lines.push(`|     ${step(last.key)} -> ${maker(last.node)}`);
        }
        lines.push(`--- ${step(key)} closes the circle`);
        return lines.join('\n    ');
      }
      open.push({ node, key });
      for (const next of Object.keys(node)) {
        const found = visit(node[next], next);
        if (found !== undefined) return found;
      }
      open.pop();
      return undefined;
    }
    try {
      return visit(value, '') ?? '';
    } catch {
      return '';
    }
  };
}
