// The performance global, its entries and their observers.
export default function (exports, require, _module, internal) {
  const { control, OwnSet } = internal;
  const { EventTarget } = require('internal/eventtarget');
  const { coded, callable, typeError } = require('internal/errors');
  const custom = Symbol.for('nodejs.util.inspect.custom');
  let allowed = false;
  const illegal = () => coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  const make = (run) => {
    allowed = true;
    try {
      return run();
    } finally {
      allowed = false;
    }
  };

  class PerformanceEntry {
    #of;
    constructor(of) {
      if (!allowed) throw illegal();
      this.#of = of;
    }
    get name() {
      return this.#of.name;
    }
    get entryType() {
      return this.#of.entryType;
    }
    get startTime() {
      return this.#of.startTime;
    }
    get duration() {
      return this.#of.duration;
    }
    toJSON() {
      const { name, entryType, startTime, duration } = this;
      return { name, entryType, startTime, duration, ...(this.detail === undefined ? {} : { detail: this.detail }) };
    }
    [custom](depth, options, inspect) {
      return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
    }
  }

  class PerformanceMark extends PerformanceEntry {
    #detail;
    constructor(name, options) {
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
      const startTime = options?.startTime ?? control.now();
      if (typeof startTime === 'number' && startTime < 0) throw coded(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${startTime} is not a valid timestamp`);
      // A mark can be made by anybody.
      const before = allowed;
      allowed = true;
      super({ name: `${name}`, entryType: 'mark', startTime, duration: 0 });
      allowed = before;
      this.#detail = options?.detail === undefined || options.detail === null ? null : structuredClone(options.detail);
    }
    get detail() {
      return this.#detail;
    }
  }

  class PerformanceMeasure extends PerformanceEntry {
    #detail;
    constructor(of) {
      super(of);
      this.#detail = of?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
  }

  const resourceFields = 'initiatorType nextHopProtocol workerStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart connectEnd secureConnectionStart requestStart responseStart responseEnd transferSize encodedBodySize decodedBodySize responseStatus deliveryType'.split(' ');
  class PerformanceResourceTiming extends PerformanceEntry {
    #of;
    constructor(of) {
      super(of);
      this.#of = of;
    }
    static field(entry, name) {
      return entry.#of[name];
    }
    get duration() {
      return this.#of.duration;
    }
    get name() {
      return this.#of.name;
    }
    get startTime() {
      return this.#of.startTime;
    }
    toJSON() {
      return { ...super.toJSON(), ...Object.fromEntries(resourceFields.map((name) => [name, this[name]])) };
    }
  }
  const { field } = PerformanceResourceTiming;
  delete PerformanceResourceTiming.field;
  for (const name of resourceFields) {
    Object.defineProperty(PerformanceResourceTiming.prototype, name, {
      get() {
        return field(this, name);
      },
      enumerable: true,
      configurable: true,
    });
  }

  let timeline = [];
  const observers = new OwnSet();
  const byStart = (list) => [...list].sort((one, other) => one.startTime - other.startTime);

  class PerformanceObserverEntryList {
    #entries;
    constructor(entries) {
      if (!allowed) throw illegal();
      this.#entries = byStart(entries);
    }
    getEntries() {
      return this.#entries.slice();
    }
    getEntriesByType(type) {
      return this.#entries.filter((entry) => entry.entryType === `${type}`);
    }
    getEntriesByName(name, type) {
      return this.#entries.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`));
    }
    [custom](depth, options, inspect) {
      return `PerformanceObserverEntryList ${inspect(this.#entries, options)}`;
    }
  }

  const supported = Object.freeze('dns function gc http http2 mark measure net resource'.split(' '));
  class PerformanceObserver {
    #callback;
    #waiting = [];
    #types = new OwnSet();
    #told = false;
    constructor(callback) {
      callable(callback, 'callback');
      this.#callback = callback;
    }
    static get supportedEntryTypes() {
      return supported;
    }
    static tell(observer, entry) {
      if (!observer.#types.has(entry.entryType)) return;
      observer.#waiting.push(entry);
      if (observer.#told) return;
      observer.#told = true;
      setImmediate(() => {
        observer.#told = false;
        const entries = observer.takeRecords();
        if (entries.length > 0) observer.#callback.call(observer, make(() => new PerformanceObserverEntryList(entries)), observer);
      }).unref();
    }
    observe(options = {}) {
      const { entryTypes, type, buffered } = options;
      if (entryTypes === undefined && type === undefined) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "options.entryTypes" and "options.type" arguments must be specified');
      if (entryTypes !== undefined) {
        if (!Array.isArray(entryTypes)) throw typeError('options.entryTypes', 'an instance of Array', entryTypes);
        this.#types = new OwnSet(entryTypes.filter((one) => supported.includes(one)));
      } else this.#types.add(`${type}`);
      observers.add(this);
      if (buffered) for (const entry of timeline) if (entry.entryType === type) tell(this, entry);
    }
    disconnect() {
      observers.delete(this);
      this.#waiting = [];
      this.#types.clear();
    }
    takeRecords() {
      return this.#waiting.splice(0);
    }
  }
  const { tell } = PerformanceObserver;
  delete PerformanceObserver.tell;
  function record(entry, keep = true) {
    if (keep) timeline.push(entry);
    for (const observer of observers) tell(observer, entry);
  }

  const milestones = { nodeStart: 0, v8Start: 0, environment: 0, bootstrapComplete: 0, loopStart: -1, loopExit: -1, idleTime: 0 };
  class PerformanceNodeTiming extends PerformanceEntry {
    get duration() {
      return control.now();
    }
    toJSON() {
      return { name: 'node', entryType: 'node', startTime: 0, duration: this.duration, ...milestones };
    }
  }
  for (const name of Object.keys(milestones)) Object.defineProperty(PerformanceNodeTiming.prototype, name, { get: () => milestones[name], enumerable: true, configurable: true });

  const timings = new OwnSet(Object.keys(milestones));
  // A mark's name, or a time.
  function moment(mark) {
    if (mark === undefined) return undefined;
    if (typeof mark === 'number') {
      if (mark < 0) throw coded(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${mark} is not a valid timestamp`);
      return mark;
    }
    if (timings.has(`${mark}`)) return milestones[mark];
    const found = timeline.findLast((entry) => entry.entryType === 'mark' && entry.name === `${mark}`);
    if (found === undefined) throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
    return found.startTime;
  }

  class Performance extends EventTarget {
    onresourcetimingbufferfull = null;
    constructor() {
      if (!allowed) throw illegal();
      super();
      Object.defineProperty(this, 'onresourcetimingbufferfull', { enumerable: false });
    }
    now() {
      return control.now();
    }
    get timeOrigin() {
      return control.origin();
    }
    mark(name, options) {
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
      const entry = new PerformanceMark(name, options);
      record(entry);
      return entry;
    }
    measure(name, from, to) {
      if (arguments.length === 0) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
      const options = from !== null && typeof from === 'object' ? from : { start: from, end: to };
      const { duration: span, detail } = options;
      if (options === from) {
        if (to !== undefined) throw coded(TypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', 'endMark must not be specified');
        if (options.start === undefined && options.end === undefined) throw coded(TypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', 'One of options.start or options.end is required');
      }
      const end = moment(options.end) ?? (span !== undefined && options.start !== undefined ? moment(options.start) + span : control.now());
      const start = moment(options.start) ?? (span !== undefined ? end - span : 0);
      const entry = make(() => new PerformanceMeasure({ name: `${name}`, entryType: 'measure', startTime: start, duration: end - start, detail: detail === undefined ? null : structuredClone(detail) }));
      record(entry);
      return entry;
    }
    clearMarks(name) {
      timeline = timeline.filter((entry) => entry.entryType !== 'mark' || (name !== undefined && entry.name !== `${name}`));
    }
    clearMeasures(name) {
      timeline = timeline.filter((entry) => entry.entryType !== 'measure' || (name !== undefined && entry.name !== `${name}`));
    }
    clearResourceTimings(name) {
      timeline = timeline.filter((entry) => entry.entryType !== 'resource' || (name !== undefined && entry.name !== `${name}`));
    }
    getEntries() {
      return byStart(timeline);
    }
    getEntriesByName(name, type) {
      return this.getEntries().filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`));
    }
    getEntriesByType(type) {
      return this.getEntries().filter((entry) => entry.entryType === `${type}`);
    }
    setResourceTimingBufferSize() {}
    markResourceTiming(info, requestedUrl, initiatorType) {
      const startTime = info?.startTime ?? control.now();
      const entry = make(() => new PerformanceResourceTiming({ ...info, name: `${requestedUrl}`, entryType: 'resource', startTime, duration: (info?.endTime ?? startTime) - startTime, initiatorType }));
      record(entry);
      return entry;
    }
    eventLoopUtilization() {
      return { idle: 0, active: 0, utilization: 0 };
    }
    timerify(run, options = {}) {
      callable(run, 'fn');
      function timerified(...args) {
        const startTime = control.now();
        const done = (result) => {
          const duration = control.now() - startTime;
          options.histogram?.record(Math.ceil(duration * 1e6));
          record(make(() => new PerformanceMeasure({ name: run.name, entryType: 'function', startTime, duration, detail: args })), false);
          return result;
        };
        const result = new.target ? Reflect.construct(run, args, run) : Reflect.apply(run, this, args);
        return typeof result?.finally === 'function' ? result.finally(done) : done(result);
      }
      Object.defineProperty(timerified, 'length', { value: run.length, configurable: true, enumerable: true });
      Object.defineProperty(timerified, 'name', { value: `timerified ${run.name}`, configurable: true, enumerable: true });
      return timerified;
    }
    get nodeTiming() {
      return node;
    }
    toJSON() {
      return { nodeTiming: node, timeOrigin: control.origin(), eventLoopUtilization: this.eventLoopUtilization() };
    }
    get [Symbol.toStringTag]() {
      return 'Performance';
    }
    [custom](depth, options, inspect) {
      return depth < 0 ? '[Performance]' : `Performance ${inspect(this.toJSON(), options)}`;
    }
  }
  const node = make(() => new PerformanceNodeTiming({ name: 'node', entryType: 'node', startTime: 0, duration: 0 }));

  Object.assign(exports, {
    performance: make(() => new Performance()),
    Performance,
    PerformanceEntry,
    PerformanceMark,
    PerformanceMeasure,
    PerformanceObserver,
    PerformanceObserverEntryList,
    PerformanceResourceTiming,
  });
}
