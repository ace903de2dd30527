// Tries: to keep the call's internals alive through thenables and async iteration
// Must give: returned {"seen":0}
exports.handler = async (p) => {
  let seen = 0;
  const spy = { then(resolve) { if (typeof resolve === 'function' && 'internal' in resolve) seen++; resolve(1); } };
  await spy;
  for await (const value of [spy, spy]) void value;
  return { seen };
};
