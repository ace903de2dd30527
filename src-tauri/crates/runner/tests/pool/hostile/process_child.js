// Tries: to start programs
// Must give: returned []
exports.handler = async (p) => {
  const started = [];
  const child = require('child_process');
  for (const [name, ...args] of [['execSync', 'id'], ['spawnSync', 'id'], ['execFileSync', '/bin/true'], ['spawn', 'id'], ['exec', 'id'], ['fork', __filename]]) {
    try { child[name](...args); started.push(name); } catch {}
  }
  for (const make of [() => new (require('worker_threads').Worker)('1', { eval: true }), () => require('cluster').fork(), () => require('inspector').open()]) {
    try { make(); started.push(`${make}`); } catch {}
  }
  return started;
};
