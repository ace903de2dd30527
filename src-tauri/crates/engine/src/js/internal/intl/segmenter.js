// Intl.Segmenter, its segments and their iterator.
export default function (exports, require) {
  const base = require('internal/intl/base');
  const { native, option } = base;
  const slots = base.slots();
  const hold = base.holder(slots);
  const inSegments = base.slots();
  const inIterators = base.slots();

  function make(locales, options) {
    const service = 'Intl.Segmenter';
    const requested = base.canonicalLocales(locales);
    const from = base.optionsObject(options);
    base.matcher(from, service);
    const { locale } = base.resolve(requested, {});
    const granularity = option(from, 'granularity', 'string', ['grapheme', 'word', 'sentence'], 'grapheme', service);
    return { locale, granularity };
  }

  function piece(self, at) {
    const end = Math.abs(self.ends[at]);
    const start = at === 0 ? 0 : Math.abs(self.ends[at - 1]);
    const out = { segment: self.text.slice(start, end), index: start, input: self.text };
    if (self.granularity === 'word') out.isWordLike = self.ends[at] > 0;
    return out;
  }

  const segments = {
    containing(index) {
      const self = base.holder(inSegments)(this, '%SegmentsPrototype%.containing');
      const at = Math.trunc(Number(index)) || 0;
      if (at < 0 || at >= self.text.length) return undefined;
      let low = 0;
      let high = self.ends.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (Math.abs(self.ends[middle]) > at) high = middle;
        else low = middle + 1;
      }
      return piece(self, low);
    },
    [Symbol.iterator]() {
      const self = base.holder(inSegments)(this, '%SegmentsPrototype%[@@iterator]');
      const iterator = Object.create(iteratorProto);
      inIterators.set(iterator, { segments: self, at: 0 });
      return iterator;
    },
  };
  const iterator = {
    next() {
      const self = base.holder(inIterators)(this, '%SegmentIterator.prototype%.next');
      if (self.at >= self.segments.ends.length) return { value: undefined, done: true };
      return { value: piece(self.segments, self.at++), done: false };
    },
  };
  const hide = (source, target) => {
    for (const key of Reflect.ownKeys(source)) Object.defineProperty(target, key, base.hidden(source[key]));
    return target;
  };
  const segmentsProto = hide(segments, {});
  const iteratorProto = hide(iterator, Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))));
  Object.defineProperty(iteratorProto, Symbol.toStringTag, { value: 'Segmenter String Iterator', configurable: true });

  const methods = {
    resolvedOptions() {
      const { locale, granularity } = hold(this, 'Intl.Segmenter.prototype.resolvedOptions');
      return { locale, granularity };
    },
    segment(input) {
      const { granularity } = hold(this, 'Intl.Segmenter.prototype.segment');
      const text = `${input}`;
      const made = Object.create(segmentsProto);
      inSegments.set(made, { text, granularity, ends: native.segments(text, granularity) });
      return made;
    },
  };
  exports.Segmenter = base.service('Segmenter', { slots, methods, make });
}
