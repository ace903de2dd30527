/** A JSON object, or what is wrong with the text. */
export type ParsedObject = { value: Record<string, unknown> } | { problem: string };

/** Whether a value is a JSON object (not a list, not null). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with two spaces. */
export function pretty(value: unknown): string {
  // `undefined` has no JSON; it is shown as what it is.
  return value === undefined ? 'undefined' : JSON.stringify(value, null, 2);
}

/** Reads a JSON object that a person typed. The problem says the line, and what was expected. */
export function parseObject(text: string): ParsedObject {
  if (text.trim() === '') return { problem: 'Empty: expected a JSON object, such as {}.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return {
      problem: `Not JSON${whereIn(text, message)}: ${message.replace(/ in JSON at position.*$/, '')}`,
    };
  }
  if (isObject(value)) return { value };
  return { problem: `Expected a JSON object, but this is ${kindOf(value)}.` };
}

/** ` in line 3`, when the engine's message tells the place. */
function whereIn(text: string, message: string): string {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return ` in line ${line}`;
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return '';
  return ` in line ${text.slice(0, Number(position)).split('\n').length}`;
}

/** A value's kind in words. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return String(value);
    default:
      return typeof value;
  }
}
