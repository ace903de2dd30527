export default await Promise.resolve(6);
