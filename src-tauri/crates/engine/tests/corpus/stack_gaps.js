// What stacks tell on Node 20 and not here: the property is each error's own; the frames above the function that catches; Promise.all.
async function thrower() { await null; throw new Error('x'); }
async function catcher() { try { await thrower(); } catch (error) { return error; } }
async function above() { return await catcher(); }
exports.handler = async () => {
  console.log(Object.getOwnPropertyNames(new Error('x')), 'stack' in Error.prototype);
  console.log((await above()).stack.split('\n').filter((line) => !line.includes('node:')).length);
  try { await Promise.all([thrower()]); } catch (error) { console.log(error.stack.includes('Promise.all (index 0)')); }
  return null;
};
