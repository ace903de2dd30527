// JSON with V8's words.
export default function (exports, _require, _module, internal) {
  const { builtin } = internal;
  const defineProperty = Object.defineProperty;
  const { stringify, parse } = JSON;

  // JSON.stringify tells circles and BigInts as V8 does.
  JSON.stringify = {
    stringify(value, replacer, space) {
      try {
        return stringify(value, replacer, space);
      } catch (error) {
        if (error instanceof TypeError && /^(?:Converting circular structure to JSON|circular reference)$/.test(error.message)) {
          error.message += builtin('internal/v8errors').circle(value);
        }
        throw error;
      }
    },
  }.stringify;
  // JSON.parse says what is wrong with a text as V8 does.
  JSON.parse = {
    parse(text, reviver) {
      try {
        return parse(text, reviver);
      } catch (error) {
        if (error instanceof SyntaxError) reword(error, text);
        throw error;
      }
    },
  }.parse;
  internal.reword = reword;
  function reword(error, text) {
    const message = builtin('internal/jsonerrors').describe(`${text}`);
    if (message === undefined || message === error.message) return;
    defineProperty(error, 'message', { value: message, writable: true, enumerable: false, configurable: true });
  }
  defineProperty(JSON, 'stringify', { enumerable: false });
  defineProperty(JSON, 'parse', { enumerable: false });
}
