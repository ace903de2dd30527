// setTimeout and its kin. The loop outside knows only when the next timer is due and whether anything holds the call open.
export default function (exports, require, _module, internal) {
  const { control, hooks, OwnMap } = internal;
  const queue = []; // by due time, then by age
  const byId = new OwnMap();
  let immediates = [];
  let batch = []; // immediates of the round under way
  let holding = 0;
  let lastId = 0;

  function publish() {
    control.schedule(queue.length === 0 ? NaN : queue[0].due, holding, batch.length > 0 ? 2 : immediates.length > 0 ? 1 : 0);
  }

  function insert(timer, now) {
    timer.due = now + timer.delay;
    let low = 0;
    let high = queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (queue[middle].due <= timer.due) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, timer);
    timer.waiting = true;
    if (timer.held) holding++;
  }

  function remove(timer) {
    if (!timer.waiting) return;
    timer.waiting = false;
    if (timer.held) holding--;
    const at = queue.indexOf(timer);
    if (at >= 0) queue.splice(at, 1);
  }

  class Timeout {
    #timer;
    constructor(timer) {
      this.#timer = timer;
      timer.handle = this;
    }
    static of(handle) {
      return #timer in handle ? handle.#timer : undefined;
    }
    ref() {
      hold(this.#timer, true);
      return this;
    }
    unref() {
      hold(this.#timer, false);
      return this;
    }
    hasRef() {
      return this.#timer.held;
    }
    refresh() {
      if (!this.#timer.dead) {
        remove(this.#timer);
        insert(this.#timer, control.now());
        publish();
      }
      return this;
    }
    close() {
      clear(this);
      return this;
    }
    [Symbol.toPrimitive]() {
      const id = this.#timer.id;
      byId.set(id, this);
      return id;
    }
    [Symbol.dispose]() {
      clear(this);
    }
  }

  function hold(timer, held) {
    if (timer.held === held) return;
    timer.held = held;
    if (timer.waiting) holding += held ? 1 : -1;
    publish();
  }

  function check(callback) {
    if (typeof callback === 'function') return;
    throw require('internal/errors').typeError('callback', 'of type function', callback);
  }

  function start(callback, delay, args, repeat) {
    check(callback);
    delay = Number(delay);
    if (!(delay >= 1 && delay <= 2147483647)) delay = 1;
    if (queue.length >= control.maxTimers()) throw new Error(`Too many timers are open: at most ${control.maxTimers()} at once`);
    const timer = { id: ++lastId, callback, args, delay: Math.trunc(delay), repeat, due: 0, waiting: false, held: true, dead: false, handle: undefined, context: internal.context };
    insert(timer, control.now());
    publish();
    return new Timeout(timer);
  }

  function clear(handle) {
    if (typeof handle === 'number' || typeof handle === 'string') handle = byId.get(Number(handle));
    if (handle === null || typeof handle !== 'object') return;
    if (handle instanceof Immediate) return clearImmediate(handle);
    const timer = Timeout.of(handle);
    if (timer === undefined) return;
    timer.dead = true;
    byId.delete(timer.id);
    remove(timer);
    publish();
  }

  class Immediate {
    constructor(callback, args) {
      Object.defineProperty(this, 'job', { value: { callback, args, held: true, waiting: true, context: internal.context }, enumerable: false });
    }
    ref() {
      if (this.job.waiting && !this.job.held) holding++;
      this.job.held = true;
      publish();
      return this;
    }
    unref() {
      if (this.job.waiting && this.job.held) holding--;
      this.job.held = false;
      publish();
      return this;
    }
    hasRef() {
      return this.job.held;
    }
    [Symbol.dispose]() {
      clearImmediate(this);
    }
  }

  function clearImmediate(handle) {
    if (!(handle instanceof Immediate) || !handle.job.waiting) return;
    handle.job.waiting = false;
    if (handle.job.held) holding--;
    immediates = immediates.filter((one) => one !== handle);
    batch = batch.filter((one) => one !== handle);
    publish();
  }

  hooks.timer = function () {
    const timer = queue[0];
    internal.loopNow = control.now();
    if (timer === undefined || timer.due > internal.loopNow) return;
    remove(timer);
    if (!timer.repeat) {
      timer.dead = true;
      byId.delete(timer.id);
    }
    publish();
    try {
      internal.context = timer.context;
      timer.callback.apply(timer.handle, timer.args);
    } catch (error) {
      internal.uncaught(error);
    }
    if (timer.repeat && !timer.dead) {
      insert(timer, control.now());
      publish();
    }
  };

  hooks.immediates = function () {
    internal.loopNow = control.now();
    if (batch.length === 0) {
      batch = immediates;
      immediates = [];
    }
    const handle = batch.shift();
    if (handle !== undefined) {
      const { job } = handle;
      job.waiting = false;
      if (job.held) holding--;
      publish();
      try {
        internal.context = job.context;
        job.callback.apply(handle, job.args);
      } catch (error) {
        internal.uncaught(error);
      }
    }
    publish();
  };

  exports.setTimeout = function setTimeout(callback, delay, ...args) {
    return start(callback, delay, args, false);
  };
  exports.setInterval = function setInterval(callback, delay, ...args) {
    return start(callback, delay, args, true);
  };
  exports.setImmediate = function setImmediate(callback, ...args) {
    check(callback);
    if (immediates.length >= control.maxTimers() * 100) throw new Error('Too many immediates wait');
    const handle = new Immediate(callback, args);
    immediates.push(handle);
    holding++;
    publish();
    return handle;
  };
  exports.clearTimeout = function clearTimeout(handle) {
    clear(handle);
  };
  exports.clearInterval = function clearInterval(handle) {
    clear(handle);
  };
  exports.clearImmediate = clearImmediate;

  const promisify = Symbol.for('nodejs.util.promisify.custom');
  Object.defineProperty(exports.setTimeout, promisify, { get: () => require('timers/promises').setTimeout });
  Object.defineProperty(exports.setImmediate, promisify, { get: () => require('timers/promises').setImmediate });
}
