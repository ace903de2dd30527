const _ = require('lodash');
const fp = require('lodash/fp');
const get = require('lodash/get');

module.exports = async () => {
  const people = [{ name: 'Ada', age: 36, tags: ['a', 'b'] }, { name: 'Bob', age: 20, tags: [] }, { name: 'Cy', age: 36, tags: ['c'] }];
  let counted = 0;
  const debounced = _.debounce(() => counted++, 5);
  debounced();
  debounced();
  await new Promise((resolve) => setTimeout(resolve, 30));
  return {
    grouped: _.groupBy(people, 'age'),
    sorted: _.orderBy(people, ['age', 'name'], ['desc', 'asc']).map((person) => person.name),
    chained: _(people).filter((person) => person.age > 30).flatMap('tags').uniq().value(),
    merged: _.merge({ a: { b: [1, 2], c: 3 } }, { a: { b: [5], d: new Date(0) } }),
    cloned: _.isEqual(_.cloneDeep({ m: new Map([[1, { a: 1 }]]), s: new Set([1]), r: /x/gi, b: Buffer.from('x') }), { m: new Map([[1, { a: 1 }]]), s: new Set([1]), r: /x/gi, b: Buffer.from('x') }),
    get: [get({ a: [{ b: 5 }] }, 'a[0].b'), _.get({}, 'x.y', 'd'), _.set({}, 'a.b[2]', 1), _.has({ a: { b: 0 } }, 'a.b')],
    template: _.template('<% for (const one of list) { %><li><%- one %></li><% } %>${ list.length }')({ list: ['<a>', 'b'] }),
    words: [_.camelCase('Foo bar-baz'), _.snakeCase('fooBarBaz'), _.startCase('élan vital'), _.deburr('Ångström'), _.kebabCase('XMLHttpRequest'), _.truncate('a long text here', { length: 10 })],
    numbers: [_.sum([1, 2.5]), _.round(1.005, 2), _.clamp(5, 0, 3), _.range(0, 10, 3), _.mean([1, 2, 4])],
    objects: [_.pick(people[0], ['name', 'tags']), _.omit(people[1], 'tags'), _.mapValues({ a: 1 }, (value) => value * 2), _.invert({ a: 'x' }), _.pickBy({ a: 1, b: null })],
    arrays: [_.chunk([1, 2, 3, 4, 5], 2), _.zip(['a', 'b'], [1, 2]), _.difference([1, 2, 3], [2]), _.intersectionBy([2.1, 1.2], [2.3], Math.floor), _.partition([1, 2, 3], (n) => n % 2)],
    is: [_.isPlainObject({}), _.isPlainObject(new Map()), _.isEmpty(new Set()), _.isFunction(class {}), _.isError(new TypeError()), _.isTypedArray(Buffer.alloc(1)), _.isArguments((function () { return arguments; })()), _.isNative(Array.prototype.push)],
    fp: fp.flow(fp.filter({ age: 36 }), fp.map('name'), fp.join('+'))(people),
    curried: _.curry((a, b, c) => a + b + c)(1)(2)(3),
    memoized: (() => { let n = 0; const f = _.memoize(() => ++n); f(1); f(1); return [f(1), f(2)]; })(),
    counted,
    version: _.VERSION,
  };
};
