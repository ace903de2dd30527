// Tries: to wait for nothing
// Must give: failed never_settled "never settled"
exports.handler = async (p) => {
  await new Promise(() => {});
};
