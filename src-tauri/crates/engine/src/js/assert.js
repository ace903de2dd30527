export default function (exports, require, module, internal) {
  const { inspect } = require('internal/inspect');
  const { typeError } = require('internal/errors');
  const { equal: deep } = require('internal/deepequal');

  class AssertionError extends Error {
    constructor({ message, actual, expected, operator, generated = false }) {
      super(message);
      Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, enumerable: false, configurable: true });
      this.generatedMessage = generated;
      this.code = 'ERR_ASSERTION';
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
      const stack = this.stack;
      if (typeof stack === 'string') Object.defineProperty(this, 'stack', { value: stack.replace(/^Error/, 'AssertionError [ERR_ASSERTION]'), writable: true, enumerable: false, configurable: true });
    }
    toString() {
      return `${this.name} [${this.code}]: ${this.message}`;
    }
  }

  function fail(message, actual, expected, operator, text) {
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message ?? text, actual, expected, operator, generated: message === undefined });
  }
  const shown = (value) => inspect(value, { compact: false, depth: 1000, sorted: true });
  const two = (intro, actual, expected) => `${intro}\n\n${shown(actual)} !== ${shown(expected)}\n`;

  // The call as it stands in the author's source.
  function expression() {
    const at = internal.caller();
    const line = at === undefined ? undefined : internal.sourceLine(at.file, at.line);
    if (line === undefined) return '';
    const from = line.slice(0, at.column - 1).search(/[\w$.]*$/);
    let depth = 0;
    for (let index = from; index < line.length; index++) {
      if (line[index] === '(') depth++;
      else if (line[index] === ')' && --depth === 0) return `:\n\n  ${line.slice(from, index + 1)}\n`;
    }
    return `:\n\n  ${line.slice(from)}\n`;
  }

  function assert(...args) {
    const [value, message] = args;
    if (args.length === 0) fail(undefined, undefined, true, '==', 'No value argument passed to `assert.ok()`');
    if (!value) fail(message, value, true, '==', message === undefined ? `The expression evaluated to a falsy value${expression()}` : undefined);
  }

  function matches(error, expected, message, operator) {
    if (expected === undefined) return;
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return;
      if (Error.isPrototypeOf(expected) || expected === Error) throw error;
      if (expected.call({}, error) !== true) fail(message, error, expected, operator, `The ${expected.name ? `"${expected.name}"` : ''} validation function is expected to return "true". Received ${inspect(expected.call({}, error))}`);
    } else if (expected instanceof RegExp) {
      if (!expected.test(String(error))) fail(message, error, expected, operator, `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`);
    } else if (typeof expected === 'object') {
      const keys = Object.keys(expected);
      if (expected instanceof Error) keys.push('name', 'message');
      for (const key of keys) {
        const good = typeof error?.[key] === 'string' && expected[key] instanceof RegExp ? expected[key].test(error[key]) : deep(error?.[key], expected[key], true);
        if (!good) fail(message, error, expected, operator, `Expected values to be strictly deep-equal:\n${inspect(error)}\n\nshould loosely deep-equal\n\n${inspect(expected)}`);
      }
    }
  }

  function split(expected, message) {
    return typeof expected === 'string' ? [undefined, expected] : [expected, message];
  }

  Object.assign(assert, {
    ok(...args) {
      assert(...args);
    },
    // eslint-disable-next-line eqeqeq
    equal(actual, expected, message) {
      if (!(actual == expected || (actual !== actual && expected !== expected))) fail(message, actual, expected, '==', `${inspect(actual)} == ${inspect(expected)}`);
    },
    notEqual(actual, expected, message) {
      if (actual == expected || (actual !== actual && expected !== expected)) fail(message, actual, expected, '!=', `${inspect(actual)} != ${inspect(expected)}`);
    },
    strictEqual(actual, expected, message) {
      if (!Object.is(actual, expected)) fail(message, actual, expected, 'strictEqual', two('Expected values to be strictly equal:', actual, expected));
    },
    notStrictEqual(actual, expected, message) {
      if (Object.is(actual, expected)) fail(message, actual, expected, 'notStrictEqual', `Expected "actual" to be strictly unequal to: ${inspect(expected)}`);
    },
    deepEqual(actual, expected, message) {
      if (!deep(actual, expected, false)) fail(message, actual, expected, 'deepEqual', `Expected values to be loosely deep-equal:\n\n${inspect(actual)}\n\nshould loosely deep-equal\n\n${inspect(expected)}`);
    },
    notDeepEqual(actual, expected, message) {
      if (deep(actual, expected, false)) fail(message, actual, expected, 'notDeepEqual', `Expected "actual" not to be loosely deep-equal to: ${inspect(expected)}`);
    },
    deepStrictEqual(actual, expected, message) {
      if (!deep(actual, expected, true)) fail(message, actual, expected, 'deepStrictEqual', `Expected values to be strictly deep-equal:\n${inspect(actual)}\n\nshould equal\n\n${inspect(expected)}`);
    },
    notDeepStrictEqual(actual, expected, message) {
      if (deep(actual, expected, true)) fail(message, actual, expected, 'notDeepStrictEqual', `Expected "actual" not to be strictly deep-equal to: ${inspect(expected)}`);
    },
    fail(message = 'Failed') {
      fail(message, undefined, undefined, 'fail', 'Failed');
    },
    ifError(error) {
      if (error !== null && error !== undefined) fail(undefined, error, null, 'ifError', `ifError got unwanted exception: ${error?.message ?? inspect(error)}`);
    },
    match(text, pattern, message) {
      if (typeof text !== 'string' || !pattern.test(text)) fail(message, text, pattern, 'match', `The input did not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`);
    },
    doesNotMatch(text, pattern, message) {
      if (typeof text !== 'string' || pattern.test(text)) fail(message, text, pattern, 'doesNotMatch', `The input was expected to not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`);
    },
    throws(run, ...rest) {
      if (typeof run !== 'function') throw typeError('fn', 'of type function', run);
      const [expected, message] = split(...rest);
      let error;
      try {
        run();
      } catch (thrown) {
        error = { thrown };
      }
      if (error === undefined) fail(undefined, undefined, expected, 'throws', `Missing expected exception${expected?.name ? ` (${expected.name})` : ''}${message ? `: ${message}` : '.'}`);
      matches(error.thrown, expected, message, 'throws');
    },
    doesNotThrow(run, ...rest) {
      const [, message] = split(...rest);
      try {
        run();
      } catch (error) {
        fail(undefined, error, undefined, 'doesNotThrow', `Got unwanted exception${message ? `: ${message}` : '.'}\nActual message: "${error?.message}"`);
      }
    },
    async rejects(promise, ...rest) {
      const [expected, message] = split(...rest);
      let error;
      try {
        await (typeof promise === 'function' ? promise() : promise);
      } catch (thrown) {
        error = { thrown };
      }
      if (error === undefined) fail(undefined, undefined, expected, 'rejects', `Missing expected rejection${expected?.name ? ` (${expected.name})` : ''}${message ? `: ${message}` : '.'}`);
      matches(error.thrown, expected, message, 'rejects');
    },
    async doesNotReject(promise, ...rest) {
      const [, message] = split(...rest);
      try {
        await (typeof promise === 'function' ? promise() : promise);
      } catch (error) {
        fail(undefined, error, undefined, 'doesNotReject', `Got unwanted rejection${message ? `: ${message}` : '.'}\nActual message: "${error?.message}"`);
      }
    },
    AssertionError,
  });
  assert.strict = Object.assign((...args) => assert(...args), assert, { equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual, notDeepEqual: assert.notDeepStrictEqual });
  assert.strict.strict = assert.strict;
  module.exports = assert;
}
