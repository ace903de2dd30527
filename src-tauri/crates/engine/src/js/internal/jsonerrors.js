// What V8 says of a text that is not JSON.
export default function (exports) {
  class Fault {
    constructor(message) {
      this.message = message;
    }
  }

  exports.describe = function (text) {
    let at = 0;
    const here = (message, position = at) => new Fault(`${message} in JSON at position ${position}`);
    const blank = () => {
      while (at < text.length && ' \t\n\r'.includes(text[at])) at++;
    };

    function token(position) {
      if (position >= text.length) return new Fault('Unexpected end of JSON input');
      if (/[-0-9]/.test(text[position])) return here('Unexpected number', position);
      if (text[position] === '"') return here('Unexpected string', position);
      if (['NaN', 'Infinity', 'undefined', '[object Object]'].includes(text)) return new Fault(`"${text}" is not valid JSON`);
      let shown = `"${text}"`;
      if (text.length > 20) {
        const from = position < 10 ? 0 : position - 10;
        const to = position >= text.length - 10 ? text.length : position + 10;
        shown = `${from > 0 ? '...' : ''}"${text.slice(from, to)}"${to < text.length ? '...' : ''}`;
      }
      return new Fault(`Unexpected token '${text[position]}', ${shown} is not valid JSON`);
    }

    function string() {
      at++;
      for (;;) {
        if (at >= text.length) throw here('Unterminated string');
        const letter = text[at];
        if (letter === '"') {
          at++;
          return;
        }
        if (letter < ' ') throw here('Bad control character in string literal');
        if (letter === '\\') {
          at++;
          if (at >= text.length) throw token(at);
          if (text[at] === 'u') {
            for (let digit = 1; digit <= 4; digit++) if (!/[0-9a-f]/i.test(text[at + digit] ?? '')) throw here('Bad Unicode escape', at + digit);
            at += 4;
          } else if (!'"\\/bfnrt'.includes(text[at])) throw here('Bad escaped character');
        }
        at++;
      }
    }

    const digits = () => {
      while (/[0-9]/.test(text[at] ?? '')) at++;
    };
    function number() {
      if (text[at] === '-') {
        at++;
        if (!/[0-9]/.test(text[at] ?? '')) throw here('No number after minus sign');
      }
      if (text[at] === '0') {
        at++;
        if (/[0-9]/.test(text[at] ?? '')) throw here('Unexpected number');
      } else digits();
      if (text[at] === '.') {
        at++;
        if (!/[0-9]/.test(text[at] ?? '')) throw here('Unterminated fractional number');
        digits();
      }
      if (/[eE]/.test(text[at] ?? '')) {
        at++;
        if (/[-+]/.test(text[at] ?? '')) at++;
        if (!/[0-9]/.test(text[at] ?? '')) throw here('Exponent part is missing a number');
        digits();
      }
    }

    function word(expected) {
      for (let index = 0; index < expected.length; index++) if (text[at + index] !== expected[index]) throw token(at + index);
      at += expected.length;
    }

    function value() {
      blank();
      const letter = text[at];
      if (letter === '{') {
        at++;
        blank();
        if (text[at] === '}') {
          at++;
          return;
        }
        if (text[at] !== '"') throw here("Expected property name or '}'");
        for (;;) {
          string();
          blank();
          if (text[at] !== ':') throw here("Expected ':' after property name");
          at++;
          value();
          blank();
          if (text[at] === '}') {
            at++;
            return;
          }
          if (text[at] !== ',') throw here("Expected ',' or '}' after property value");
          at++;
          blank();
          if (text[at] !== '"') throw here('Expected double-quoted property name');
        }
      }
      if (letter === '[') {
        at++;
        blank();
        if (text[at] === ']') {
          at++;
          return;
        }
        for (;;) {
          value();
          blank();
          if (text[at] === ']') {
            at++;
            return;
          }
          if (text[at] !== ',') throw here("Expected ',' or ']' after array element");
          at++;
        }
      }
      if (letter === '"') string();
      else if (letter !== undefined && /[-0-9]/.test(letter)) number();
      else if (letter === 't') word('true');
      else if (letter === 'f') word('false');
      else if (letter === 'n') word('null');
      else throw token(at);
    }

    try {
      value();
      blank();
      if (at < text.length) throw new Fault(`Unexpected non-whitespace character after JSON at position ${at}`);
    } catch (fault) {
      // Anything else means that the text is nested too deep to be looked at.
      if (fault instanceof Fault) return fault.message;
    }
    return undefined;
  };
}
