/** How wide a text is, in pixels, at the size that diagrams are written in. */
export type Measure = (text: string) => number;

/** Pixels. */
export const FONT_SIZE = 12;
export const LINE_HEIGHT = 15;

/** Breaks a text into lines of at most `width` pixels; what does not fit into `most` lines ends with an ellipsis. */
export function wrap(text: string, width: number, measure: Measure, most = 3): string[] {
  const words = text.replace(/\s+/g, ' ').trim().split(' ');
  const lines: string[] = [];
  let line = '';
  const rest = words.flatMap((word) => pieces(word, width, measure));
  for (const { text: piece, glued } of rest) {
    const longer = line === '' ? piece : `${line}${glued ? '' : ' '}${piece}`;
    if (line === '' || measure(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = piece;
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  kept[most - 1] = shorten(`${kept[most - 1] ?? ''}…`, width, measure);
  return kept;
}

/** A text in one line of at most `width` pixels. */
export function shorten(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const characters = Array.from(text.replace(/…$/, ''));
  while (characters.length > 1 && measure(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('')}…`;
}

/** A word that is wider than a line, cut as addresses are, and where it has to be. */
function pieces(word: string, width: number, measure: Measure): { text: string; glued: boolean }[] {
  if (measure(word) <= width) return [{ text: word, glued: false }];
  const cut: string[] = [];
  for (const part of word.split(/(?<=[/?&=.,_-])/)) {
    let piece = '';
    for (const character of part) {
      if (piece !== '' && measure(piece + character) > width) {
        cut.push(piece);
        piece = '';
      }
      piece += character;
    }
    cut.push(piece);
  }
  return cut.map((text, index) => ({ text, glued: index > 0 }));
}

/** Measures with the font of the window; where nothing is painted, with a guess. */
export function measureWith(fontFamily: string): Measure {
  const known = new Map<string, number>();
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = `${FONT_SIZE}px ${fontFamily}`;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const width = context ? context.measureText(text).width : text.length * FONT_SIZE * 0.55;
    // A timeline repeats its words; what people typed does not fill the memory.
    if (known.size < 5_000) known.set(text, width);
    return width;
  };
}
