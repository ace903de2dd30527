class ValidationError extends Error {
  constructor(message, field) { super(message); this.name = 'ValidationError'; this.field = field; }
}
const first = (text) => text.split('\n').filter((line) => !/^\s+(at |\.\.\. \d+ lines matching)/.test(line)).join('\n');
const util = require('util');
exports.handler = async () => {
  const plain = new Error('plain'); plain.stack = undefined; console.log(plain);
  const shown = (e) => first(util.inspect(e));
  console.log(shown(new Error('msg')), shown(new TypeError('t')), shown(new Error('')), shown(new Error('two\nlines')));
  console.log(shown(Object.assign(new Error('coded'), { code: 'E_X', detail: { a: 1 } })));
  console.log(shown(new ValidationError('bad', 'email')));
  console.log(shown(new Error('outer', { cause: new Error('inner') })));
  console.log(shown(new AggregateError([new Error('a'), new Error('b')], 'many')));
  class Custom extends Error {}
  console.log(shown(new Custom('c')), String(new Custom('d')), new Custom('e').name);
  console.log(String(new Error('x')), `${new TypeError('y')}`, Object.prototype.toString.call(new Error()), JSON.stringify(new Error('z')));
  console.log(Object.keys(new Error('k')), new Error('m') instanceof Error, 'stack' in new Error());
  console.log(new Error('x', { cause: 5 }).cause, new Error('x').hasOwnProperty('cause'));
  console.log(first(new Error('head').stack), first(new ValidationError('v', 'f').stack));
  console.log(typeof Error.captureStackTrace, Error.stackTraceLimit);
  const holder = {}; Error.captureStackTrace(holder); console.log(first(holder.stack), typeof holder.stack);
  return null;
};
