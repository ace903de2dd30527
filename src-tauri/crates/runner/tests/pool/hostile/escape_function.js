// Tries: to reach the host through the Function constructor
// Must give: returned {"found":[],"same":true}
exports.handler = async (p) => {
  const outer = (() => {}).constructor('return this')();
  const names = ['require', 'module', 'exports', 'std', 'os', 'bjson', 'scriptArgs', 'print', 'internal', 'control', 'modules', 'load', '__loadScript', 'Deno', 'Bun'];
  return { found: names.filter((name) => name in outer), same: outer === globalThis };
};
