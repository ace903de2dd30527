export default await Promise.resolve(5)
