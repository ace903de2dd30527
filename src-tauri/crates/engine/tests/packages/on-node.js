// Runs scripts on Node, one after the other: on-node.js FOLDER PARAMETERS NAME…; prints { NAME: { value } | { error } }.
const [folder, parameters, ...names] = process.argv.slice(2);
const { handler } = require(`${folder}/index.js`);
console.log = console.warn = console.error = () => {};
process.on('warning', () => {});
(async () => {
  const results = {};
  for (const script of names) {
    try {
      results[script] = { value: await handler({ ...JSON.parse(parameters), script }) };
    } catch (error) {
      results[script] = { error: `${error && error.stack}` };
    }
  }
  require('fs').writeSync(1, JSON.stringify(results));
  process.exit(0);
})();
