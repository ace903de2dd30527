// Tries: to slip values into the host's arrays through setters on Array.prototype
// Must give: returned {"taken":0} or failed thrown "TypeError"
exports.handler = async (p) => {
  let taken = 0;
  for (let index = 0; index < 8; index++) {
    Object.defineProperty(Array.prototype, index, { get: () => undefined, set(value) { taken++; }, configurable: true });
  }
  process.nextTick(() => {});
  await null;
  setTimeout(() => {}, 0);
  console.log('one', 2);
  const result = { taken: 0 };
  for (let index = 0; index < 8; index++) delete Array.prototype[index];
  return result;
};
