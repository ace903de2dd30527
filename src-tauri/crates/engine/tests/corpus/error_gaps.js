// Errors whose texts still differ from Node 20's: the test pins that they do.
exports.handler = async () => {
  const o = { s: {} };
  const cases = [
    () => new RegExp('['), () => new RegExp('(?<a'), () => new Symbol(), () => Object.setPrototypeOf(o, 1), () => 'x' in 'abc',
    () => { class A {} A(); }, () => { 'x'.repeat(-1); }, () => new Map([1]), () => new Set(5), () => new Promise(), () => (void 0)(),
    () => o['a-b'](),
  ];
  cases.forEach((run, index) => {
    try { console.log(index, run()); } catch (error) { console.log(index, `${error.name}: ${error.message}`); }
  });
};
