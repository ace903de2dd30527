// Intl.supportedValuesOf.
export default function (exports, require) {
  const { native } = require('internal/intl/base');
  const lists = {
    calendar: () => native.calendars(),
    collation: () => [...require('internal/intl/collator').collations],
    currency: () => native.currencies(),
    numberingSystem: () => native.numberingSystems(),
    timeZone: () => native.zones(),
    unit: () => [...require('internal/intl/number').units],
  };
  exports.supportedValuesOf = (key) => {
    const name = `${key}`;
    if (!Object.hasOwn(lists, name)) throw new RangeError(`Invalid key : ${name}`);
    return lists[name]().sort();
  };
}
