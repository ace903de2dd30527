const Handlebars = require('handlebars');

module.exports = async () => {
  const hb = Handlebars.create();
  hb.registerHelper('loud', (text) => String(text).toUpperCase());
  hb.registerHelper('list', function (items, options) { return items.map((item) => options.fn(item)).join(', '); });
  hb.registerPartial('person', '{{name}} ({{age}})');
  const template = hb.compile('{{#each people}}{{@index}}:{{> person}}{{#unless @last}};{{/unless}}{{/each}} {{loud title}} {{{raw}}} {{raw}} {{#if none}}x{{else}}y{{/if}} {{#with deep.er}}{{v}}{{/with}} {{#list tags}}<{{this}}>{{/list}} {{lookup map key}}');
  return {
    text: template({ people: [{ name: 'Ada', age: 1 }, { name: 'Bob', age: 2 }], title: 'hi', raw: '<b>&', deep: { er: { v: 5 } }, tags: ['a', 'b'], map: { k: 'v' }, key: 'k' }),
    error: (() => { try { hb.compile('{{#if}}')({}); } catch (error) { return [error.name, error.message]; } })(),
    strict: (() => { try { hb.compile('{{missing}}', { strict: true })({}); } catch (error) { return error.message; } })(),
    precompiled: hb.template(new Function(`return ${hb.precompile('Hello {{name}}')}`)())({ name: 'W' }),
    prototype: hb.compile('{{constructor}}{{toString}}')({}),
    version: Handlebars.VERSION,
  };
};
