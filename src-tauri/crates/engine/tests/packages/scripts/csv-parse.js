const { parse } = require('csv-parse');
const sync = require('csv-parse/sync');
const { Readable } = require('stream');

module.exports = async () => {
  const text = 'id,name,note\n1,"A, B","say ""hi"""\n2,Ädä,"two\nlines"\n';
  const rows = [];
  for await (const row of Readable.from([text.slice(0, 12), text.slice(12)]).pipe(parse({ columns: true, cast: true }))) rows.push(row);
  return {
    sync: sync.parse(text, { columns: true }),
    rows,
    options: sync.parse('a;b\n# c\n 1 ; 2 \n', { delimiter: ';', comment: '#', trim: true, from_line: 2 }),
    cast: sync.parse('1,x,2026-01-01', { cast: (value, context) => (context.column === 0 ? Number(value) : value.toUpperCase()) }),
    info: sync.parse('a,b\n1,2', { info: true, columns: true })[0].info.records,
    callback: await new Promise((resolve) => parse('a,b\n1,2', (error, records) => resolve([error ?? null, records]))),
    error: (() => { try { sync.parse('a,b\n1'); } catch (error) { return [error.name, error.code, error.message, error.lines]; } })(),
    bom: sync.parse('\ufeffa\n1', { bom: true, columns: true }),
  };
};
