const yaml = require('js-yaml');

module.exports = async () => {
  const text = 'a: 1\nb: [x, "y z", null, true, 1.5e3]\nc: &anchor\n  d: 2026-01-01\n  e: !!binary aGVsbG8=\nf: *anchor\ng: |\n  line 1\n  line 2\nh: >\n  folded\n  text\ni: 0x1F\nj: ~\n"k l": {m: n}\n';
  const loaded = yaml.load(text);
  loaded.c.e = Buffer.from(loaded.c.e).toString();
  const Point = new yaml.Type('!point', { kind: 'sequence', construct: ([x, y]) => ({ x, y }) });
  return {
    loaded,
    all: yaml.loadAll('---\na: 1\n---\n- b\n'),
    dumped: yaml.dump({ a: [1, { b: 'multi\nline' }], c: null, d: 'yes', e: new Date(0), f: 'ä: #', g: [] }, { sortKeys: true, lineWidth: 40 }),
    custom: yaml.load('p: !point [1, 2]', { schema: yaml.DEFAULT_SCHEMA.extend([Point]) }),
    error: (() => { try { yaml.load('a: [1\nb: 2'); } catch (error) { return [error.name, error.reason, error.mark.line, error.message]; } })(),
    safe: (() => { try { yaml.load('x: !!js/function "function () {}"'); } catch (error) { return error.name; } })(),
    json: yaml.load('{"a": [1]}', { schema: yaml.JSON_SCHEMA }),
  };
};
