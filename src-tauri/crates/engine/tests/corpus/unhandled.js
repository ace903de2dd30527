process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message));
exports.handler = async () => {
  Promise.reject(new Error('lonely'));
  const later = Promise.reject(new Error('handled soon')); later.catch(() => console.log('caught'));
  await new Promise((done) => setTimeout(done, 2));
  return 'still here';
};
