// What fetch refuses before it connects.
exports.handler = async () => {
  for (const url of ['http://127.0.0.1:9/', 'http://127.0.0.1:6667/x', 'https://127.0.0.1:22/', 'http://127.0.0.1:25/', 'file:///etc/passwd', 'gopher://127.0.0.1/']) {
    await fetch(url).then(
      () => console.log(url, 'answered'),
      (error) => console.log(url, error.name, error.message, error.cause?.name, error.cause?.message),
    );
  }
  return 'done';
};
