// Tries: to leave a realm of vm for names that the function has not
// Must give: returned ["undefined","undefined",true]
exports.handler = async (p) => {
  const { runInNewContext, runInThisContext } = require('vm');
  const inside = runInNewContext("this.constructor.constructor('return [typeof internal, typeof require]')()");
  return [inside[0], runInThisContext('typeof internal'), !/internal|control/.test(runInNewContext('Object.getOwnPropertyNames(globalThis).join()'))];
};
