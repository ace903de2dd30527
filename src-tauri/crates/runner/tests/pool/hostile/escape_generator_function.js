// Tries: to reach the host through GeneratorFunction and AsyncGeneratorFunction
// Must give: returned ["undefined","undefined"]
exports.handler = async (p) => {
  const Generator = Object.getPrototypeOf(function* () {}).constructor;
  const AsyncGenerator = Object.getPrototypeOf(async function* () {}).constructor;
  const [first] = Generator('yield typeof require')();
  const second = await AsyncGenerator('yield typeof require')().next();
  return [first, second.value];
};
