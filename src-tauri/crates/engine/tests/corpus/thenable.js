exports.handler = () => ({ then(resolve) { setTimeout(() => resolve({ from: 'thenable' }), 1); } });
