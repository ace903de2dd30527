const Ajv = require('ajv');
const Ajv2020 = require('ajv/dist/2020');

module.exports = async () => {
  const ajv = new Ajv({ allErrors: true, coerceTypes: false, useDefaults: true });
  ajv.addFormat('even-length', (text) => text.length % 2 === 0);
  ajv.addKeyword({ keyword: 'divides', type: 'number', validate: (schema, data) => schema % data === 0 });
  const validate = ajv.compile({ type: 'object', required: ['name', 'n'], additionalProperties: false, properties: { name: { type: 'string', minLength: 2, pattern: '^\\p{L}+$' }, n: { type: 'integer', divides: 12 }, even: { type: 'string', format: 'even-length' }, list: { type: 'array', items: { $ref: '#/definitions/item' }, uniqueItems: true }, d: { default: 'x' } }, definitions: { item: { oneOf: [{ type: 'number' }, { type: 'string' }] } } });
  const good = { name: 'Ädä', n: 4, list: [1, 'a'] };
  const out = { good: [validate(good), good] };
  out.bad = [validate({ name: '1', n: 5, even: 'odd', list: [1, 1, null], more: 1 }), validate.errors, ajv.errorsText(validate.errors)];
  const modern = new Ajv2020().compile({ prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, dependentRequired: {} });
  out.modern = [modern(['a', 1]), modern(['a', 1, 2]), modern.errors];
  out.broken = (() => { try { ajv.compile({ type: 'nonsense' }); } catch (error) { return [error.name, error.message]; } })();
  const later = new Ajv({ loadSchema: async (uri) => ({ $id: uri, type: 'number' }) });
  out.async = (await later.compileAsync({ $ref: 'http://x.test/number' }))(5);
  return out;
};
