// Tries: to reach native bindings
// Must give: failed thrown "process.binding()"
exports.handler = async (p) => {
  process.binding('spawn_sync');
};
