// Tries: to throw an error that is its own cause
// Must give: failed thrown "round"
exports.handler = async (p) => {
  const error = new Error('round');
  error.cause = error;
  error.errors = [error];
  console.log(error);
  throw error;
};
