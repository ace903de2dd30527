export default function (exports) {
  exports.inspect = (value) => String(value);
  exports.format = (...args) => args.map(String).join(' ');
}
