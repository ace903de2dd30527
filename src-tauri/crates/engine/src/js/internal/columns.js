// Long arrays in columns, as Node lays them out.
export default function (exports) {
  exports.group = function (state, output, value) {
    let count = output.length;
    // The last entry may be "... n more items", which stands on its own line.
    if (state.maxArrayLength < output.length) count--;
    const gap = 2;
    const widths = [];
    let total = 0;
    let widest = 0;
    for (let index = 0; index < count; index++) {
      const width = output[index].length;
      widths.push(width);
      total += width + gap;
      if (width > widest) widest = width;
    }
    const cell = widest + gap;
    if (cell * 3 + state.indent >= state.breakLength) return output;
    if (total / cell <= 5 && widest > 6) return output;

    const bias = Math.sqrt(cell - total / output.length);
    const assumed = Math.max(cell - 3 - bias, 1);
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * assumed * count) / assumed),
      Math.floor((state.breakLength - state.indent) / cell),
      state.compact * 4,
      15,
    );
    if (columns <= 1) return output;

    const wide = [];
    for (let column = 0; column < columns; column++) {
      let width = 0;
      for (let index = column; index < count; index += columns) width = Math.max(width, widths[index]);
      wide.push(width + gap);
    }
    const right = value !== undefined && output.every((_, index) => typeof value[index] === 'number' || typeof value[index] === 'bigint');
    const rows = [];
    for (let from = 0; from < count; from += columns) {
      const to = Math.min(from + columns, count);
      let row = '';
      for (let index = from; index < to - 1; index++) {
        const text = `${output[index]}, `;
        row += right ? text.padStart(wide[index - from], ' ') : text.padEnd(wide[index - from], ' ');
      }
      row += right ? output[to - 1].padStart(wide[to - 1 - from] - gap, ' ') : output[to - 1];
      rows.push(row);
    }
    if (state.maxArrayLength < output.length) rows.push(output[count]);
    return rows;
  };
}
