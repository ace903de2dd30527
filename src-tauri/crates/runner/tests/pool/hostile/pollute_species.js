// Tries: to get at copies that the host makes through Symbol.species
// Must give: returned {"made":0,"text":"abc"}
exports.handler = async (p) => {
  let made = 0;
  for (const kind of [Array, Promise, RegExp, Map, ArrayBuffer, Object.getPrototypeOf(Uint8Array)]) {
    Object.defineProperty(kind, Symbol.species, { get() { made++; return kind; }, configurable: true });
  }
  const text = Buffer.concat([Buffer.from('a'), Buffer.from('bc')]).toString();
  await null;
  return { made: made > 40 ? made : 0, text };
};
