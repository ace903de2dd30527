/**
 * What a text must not do to the text around it: control characters (line breaks and tabs aside) and those that turn the direction of
 * writing for all that follows (UAX #9: embeddings, overrides, isolates), line separators, and annotations that are not drawn.
 */
const ACTING = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb]/gu;
/** Letters and marks that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Letters of a name inside a sentence: enough to tell accounts apart. */
const SHORT = 80;
/** Letters as people see them: an emoji of several characters is not cut in two. */
const LETTERS = new Intl.Segmenter('en');

/** A text that somebody else wrote, with what acts instead of being read made visible: `[U+202E]`. */
export function legible(text: string): string {
  return text.replace(ACTING, (acting) => `[U+${code(acting).toUpperCase()}]`);
}

/** The same within JSON, where an escape says the same: `\u202e`. */
export function legibleJson(json: string): string {
  return json.replace(ACTING, (acting) => `\\u${code(acting)}`);
}

/** A foreign name inside a sentence that is no markup: cut when it is long, and its direction stays its own. */
export function isolated(name: string): string {
  const text = shortened(legible(name));
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** The beginning of a text that is too long for its place. */
export function shortened(text: string, most = SHORT): string {
  if (text.length <= most) return text;
  const letters: string[] = [];
  for (const { segment } of LETTERS.segment(text)) {
    // One more tells that there are more; a text of a million letters is not cut up to its end.
    if (letters.push(segment) > most) return `${letters.slice(0, most - 1).join('')}…`;
  }
  return text;
}

function code(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(4, '0');
}
