// Histograms of whole numbers, as perf_hooks has them. Every value is kept exactly.
export default function (exports, require, _module, internal) {
  const { OwnMap } = internal;
  const { typeError, rangeError, coded } = require('internal/errors');
  let allowed = false;
  class SafeMap extends Map {} // as Node's own are called

  class Histogram {
    #counts = new OwnMap();
    #exceeds = 0;
    #highest;
    constructor(highest) {
      if (!allowed) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
      this.#highest = highest;
    }
    static put(histogram, value, times = 1) {
      if (value > histogram.#highest) histogram.#exceeds += times;
      else histogram.#counts.set(value, (histogram.#counts.get(value) ?? 0) + times);
    }
    static merge(into, from) {
      for (const [value, times] of from.#counts) Histogram.put(into, value, times);
      into.#exceeds += from.#exceeds;
    }
    #sorted() {
      return [...this.#counts].sort(([one], [other]) => one - other);
    }
    get count() {
      let all = 0;
      for (const times of this.#counts.values()) all += times;
      return all;
    }
    get countBigInt() {
      return BigInt(this.count);
    }
    get min() {
      return this.#counts.size === 0 ? 9223372036854776000 : Math.min(...this.#counts.keys());
    }
    get minBigInt() {
      return this.#counts.size === 0 ? 9223372036854775807n : BigInt(this.min);
    }
    get max() {
      return this.#counts.size === 0 ? 0 : Math.max(...this.#counts.keys());
    }
    get maxBigInt() {
      return BigInt(this.max);
    }
    get mean() {
      let sum = 0;
      for (const [value, times] of this.#counts) sum += value * times;
      return sum / this.count;
    }
    get exceeds() {
      return this.#exceeds;
    }
    get exceedsBigInt() {
      return BigInt(this.#exceeds);
    }
    get stddev() {
      const { mean, count } = this;
      let sum = 0;
      for (const [value, times] of this.#counts) sum += (value - mean) ** 2 * times;
      return Math.sqrt(sum / count);
    }
    percentile(share) {
      if (typeof share !== 'number') throw typeError('percentile', 'of type number', share);
      if (!(share > 0 && share <= 100)) throw rangeError('percentile', '> 0 && <= 100', share);
      const wanted = Math.max(1, Math.ceil((share / 100) * this.count - 1e-9));
      let seen = 0;
      for (const [value, times] of this.#sorted()) {
        seen += times;
        if (seen >= wanted) return value;
      }
      return 0;
    }
    percentileBigInt(share) {
      return BigInt(this.percentile(share));
    }
    get percentiles() {
      const found = new SafeMap();
      if (this.count === 0) return found.set(100, 0);
      found.set(0, this.min);
      // Each step halves what is left above.
      for (let left = 50; 100 - left < 100; left /= 2) {
        const value = this.percentile(100 - left);
        found.set(100 - left, value);
        if (value === this.max) break;
      }
      return found.set(100, this.max);
    }
    get percentilesBigInt() {
      return new SafeMap([...this.percentiles].map(([share, value]) => [share, BigInt(value)]));
    }
    reset() {
      this.#counts.clear();
      this.#exceeds = 0;
    }
    toJSON() {
      const { count, min, max, mean, exceeds, stddev } = this;
      return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(this.percentiles) };
    }
    [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
      const { min, max, mean, exceeds, stddev, count, percentiles } = this;
      return depth < 0 ? '[Histogram]' : `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, options)}`;
    }
  }
  const { put, merge } = Histogram;
  delete Histogram.put;
  delete Histogram.merge;

  class RecordableHistogram extends Histogram {
    #last;
    record(value) {
      if (typeof value !== 'bigint' && !Number.isInteger(value)) throw typeof value === 'number' ? rangeError('val', 'an integer', value) : typeError('val', 'of type number', value);
      if (value < 1) throw rangeError('val', `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, value);
      put(this, Number(value));
    }
    recordDelta() {
      const now = Math.round(performance.now() * 1e6);
      if (this.#last !== undefined) put(this, Math.max(1, now - this.#last));
      this.#last = now;
    }
    add(other) {
      if (!(other instanceof RecordableHistogram)) throw typeError('other', 'an instance of RecordableHistogram', other);
      merge(this, other);
    }
  }

  class IntervalHistogram extends Histogram {
    #timer;
    #last;
    enable() {
      if (this.#timer !== undefined) return false;
      this.#last = performance.now();
      this.#timer = setInterval(() => {
        const now = performance.now();
        put(this, Math.max(1, Math.round((now - this.#last) * 1e6)));
        this.#last = now;
      }, 10);
      this.#timer.unref();
      return true;
    }
    disable() {
      if (this.#timer === undefined) return false;
      clearInterval(this.#timer);
      this.#timer = undefined;
      return true;
    }
  }

  const make = (Kind, highest) => {
    allowed = true;
    try {
      return new Kind(highest);
    } finally {
      allowed = false;
    }
  };
  exports.createHistogram = function createHistogram(options = {}) {
    if (options === null || typeof options !== 'object') throw typeError('options', 'of type object', options);
    return make(RecordableHistogram, Number(options.highest ?? Number.MAX_SAFE_INTEGER));
  };
  exports.monitorEventLoopDelay = () => make(IntervalHistogram, Number.MAX_SAFE_INTEGER);
}
