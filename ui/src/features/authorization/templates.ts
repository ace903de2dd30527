import type { TemplateVariable } from '../../generated/api';

/** The unfinished `{{name` around the caret: where it starts and ends, and what is typed of the name. */
export interface OpenVariable {
  /** Offset of `{{`. */
  from: number;
  /** Offset behind what a completion replaces: the typed name, and `}}` when it is there. */
  to: number;
  prefix: string;
}

/** The variable that is being typed at `caret`, if one is. */
export function openVariable(text: string, caret: number): OpenVariable | undefined {
  const before = text.slice(0, caret);
  const match = /\{\{\s*([\w.]*)$/.exec(before);
  if (!match) return undefined;
  const rest = /^[\w.]*\s*(\}\}|\})?/.exec(text.slice(caret));
  return { from: match.index, to: caret + (rest?.[0].length ?? 0), prefix: match[1] ?? '' };
}

/** The variables that fit what is typed, best first. */
export function completions(variables: readonly TemplateVariable[], prefix: string): TemplateVariable[] {
  const wanted = prefix.toLowerCase();
  const starts = variables.filter((variable) => variable.name.startsWith(wanted));
  const holds = variables.filter(
    (variable) => !variable.name.startsWith(wanted) && variable.name.includes(wanted),
  );
  return [...starts, ...holds];
}

/** Puts `name` in the place of the open variable; says where the caret goes. */
export function complete(text: string, open: OpenVariable, name: string): { text: string; caret: number } {
  // `query.NAME` stands for every parameter: its own name is wanted next; every other variable is finished.
  const placeholder = name.endsWith('.NAME');
  const inside = `{{${placeholder ? name.slice(0, -'NAME'.length) : name}`;
  const result = `${text.slice(0, open.from)}${inside}}}${text.slice(open.to)}`;
  const caret = open.from + inside.length + (placeholder ? 0 : 2);
  return { text: result, caret };
}
