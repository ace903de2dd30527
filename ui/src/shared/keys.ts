/** What is wrong with a key in a list of keys, in a sentence; nothing when it can stand. */
export function keyProblem(key: string, others: readonly string[]): string | undefined {
  if (key === '') return 'A key is needed: functions read it.';
  if (/\s/.test(key)) return 'No spaces: a key is one word, such as send_contract.';
  if (others.includes(key)) return `“${key}” is taken: keys are unique.`;
  return undefined;
}

/** A key like `base` that is not taken yet. */
export function freeKey(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number += 1) {
    const key = `${base}_${number}`;
    if (!taken.includes(key)) return key;
  }
}
