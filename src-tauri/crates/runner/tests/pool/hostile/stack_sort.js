// Tries: to end the stack inside a sort's comparator
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  const compare = () => { [2, 1].sort(compare); return 0; };
  [2, 1].sort(compare);
};
