// Reading and writing numbers in a Buffer.
export default function (exports, require) {
  const { typeError, rangeError, coded } = require('internal/errors');
  const viewOf = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

  function place(buffer, offset, size) {
    if (typeof offset !== 'number') throw typeError('offset', 'of type number', offset);
    if (!Number.isInteger(offset)) throw rangeError('offset', 'an integer', offset);
    if (offset < 0 || offset + size > buffer.length) {
      if (buffer.length - size < 0) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
      throw rangeError('offset', `>= 0 and <= ${buffer.length - size}`, offset);
    }
  }

  function within(value, low, high, bits, signed) {
    if (value >= low && value <= high) return;
    const n = typeof value === 'bigint' ? 'n' : '';
    let range;
    if (bits > 32) range = signed ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}` : `>= 0${n} and < 2${n} ** ${bits}${n}`;
    else range = `>= ${low} and <= ${high}`;
    throw rangeError('value', range, value);
  }

  exports.install = function (define) {
    const both = (names, method) => {
      for (const name of names) define({ [name]: method });
    };
    const fixed = [
      ['Int8', 1, true],
      ['Uint8', 1, false],
      ['Int16', 2, true],
      ['Uint16', 2, false],
      ['Int32', 4, true],
      ['Uint32', 4, false],
    ];
    for (const [type, size, signed] of fixed) {
      for (const order of size === 1 ? [''] : ['LE', 'BE']) {
        const little = order === 'LE';
        const names = [`${type}${order}`];
        if (!signed) names.push(names[0].replace('Uint', 'UInt'));
        both(names.map((name) => `read${name}`), function (offset = 0) {
          place(this, offset, size);
          return viewOf(this)[`get${type}`](offset, little);
        });
        const high = signed ? 2 ** (size * 8 - 1) - 1 : 2 ** (size * 8) - 1;
        const low = signed ? -(2 ** (size * 8 - 1)) : 0;
        both(names.map((name) => `write${name}`), function (value, offset = 0) {
          value = +value;
          within(value, low, high, size * 8, signed);
          place(this, offset, size);
          viewOf(this)[`set${type}`](offset, value, little);
          return offset + size;
        });
      }
    }
    for (const [type, native, size] of [['Float', 'Float32', 4], ['Double', 'Float64', 8]]) {
      for (const order of ['LE', 'BE']) {
        define({
          [`read${type}${order}`](offset = 0) {
            place(this, offset, size);
            return viewOf(this)[`get${native}`](offset, order === 'LE');
          },
          [`write${type}${order}`](value, offset = 0) {
            place(this, offset, size);
            viewOf(this)[`set${native}`](offset, +value, order === 'LE');
            return offset + size;
          },
        });
      }
    }
    for (const [type, signed] of [['BigInt64', true], ['BigUint64', false]]) {
      for (const order of ['LE', 'BE']) {
        const names = [`${type}${order}`];
        if (!signed) names.push(names[0].replace('BigUint', 'BigUInt'));
        both(names.map((name) => `read${name}`), function (offset = 0) {
          place(this, offset, 8);
          return viewOf(this)[`get${type}`](offset, order === 'LE');
        });
        both(names.map((name) => `write${name}`), function (value, offset = 0) {
          if (signed) within(value, -(2n ** 63n), 2n ** 63n - 1n, 64, true);
          else within(value, 0n, 2n ** 64n - 1n, 64, false);
          place(this, offset, 8);
          viewOf(this)[`set${type}`](offset, value, order === 'LE');
          return offset + 8;
        });
      }
    }
    // Integers of 1 to 6 bytes.
    for (const signed of [true, false]) {
      for (const order of ['LE', 'BE']) {
        const names = signed ? [`Int${order}`] : [`Uint${order}`, `UInt${order}`];
        both(names.map((name) => `read${name}`), function (offset, size) {
          if (!(size >= 1 && size <= 6)) throw rangeError('byteLength', '>= 1 and <= 6', size);
          place(this, offset, size);
          let value = 0;
          for (let index = 0; index < size; index++) value = value * 256 + this[order === 'LE' ? offset + size - 1 - index : offset + index];
          return signed && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value;
        });
        both(names.map((name) => `write${name}`), function (value, offset, size) {
          if (!(size >= 1 && size <= 6)) throw rangeError('byteLength', '>= 1 and <= 6', size);
          value = +value;
          const bits = size * 8;
          within(value, signed ? -(2 ** (bits - 1)) : 0, signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1, bits, signed);
          place(this, offset, size);
          let rest = value < 0 ? value + 2 ** bits : value;
          for (let index = 0; index < size; index++) {
            this[order === 'LE' ? offset + index : offset + size - 1 - index] = rest % 256;
            rest = Math.floor(rest / 256);
          }
          return offset + size;
        });
      }
    }
  };
}
