// Files of environment variables: NAME=value a line, with quotes and comments.
export default function (exports) {
  const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\n\r#]*))/gm;
  exports.parse = function (text) {
    const found = {};
    for (const [, name, double, single, back, plain] of text.matchAll(line)) found[name] = double?.replaceAll('\\n', '\n') ?? single ?? back ?? plain.trim();
    return found;
  };
}
