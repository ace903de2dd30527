const xml2js = require('xml2js');

module.exports = async () => {
  const xml = '<r a="1"><i>x</i><i b="2">y</i><n>5</n><e/></r>';
  return {
    parsed: await xml2js.parseStringPromise(xml),
    flat: await xml2js.parseStringPromise(xml, { explicitArray: false, mergeAttrs: true, valueProcessors: [xml2js.processors.parseNumbers] }),
    callback: await new Promise((resolve) => xml2js.parseString('<a>1</a>', (error, result) => resolve([error, result]))),
    built: new xml2js.Builder({ renderOpts: { pretty: true } }).buildObject({ root: { $: { id: 1 }, item: ['a', '<b>'], t: 'ä' } }),
    headless: new xml2js.Builder({ headless: true, renderOpts: { pretty: false } }).buildObject({ a: { _: 'text', $: { x: 'y' } } }),
    error: await xml2js.parseStringPromise('<a><b></a>').catch((error) => [error.name, error.message.split('\n')]),
  };
};
