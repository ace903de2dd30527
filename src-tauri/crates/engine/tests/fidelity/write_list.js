// Writes node20.json: node write_list.js > node20.json
process.removeAllListeners('warning');
require('./survey.js')
  .handler({})
  .then((list) => console.log(`{\n${Object.keys(list).map((name) => `${JSON.stringify(name)}:${JSON.stringify(list[name])}`).join(',\n')}\n}`));
