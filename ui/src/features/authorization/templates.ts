/** A variable that a template may hold, and what it stands for. */
export interface TemplateVariable {
  name: string;
  text: string;
}

const CLIENT: readonly TemplateVariable[] = [
  { name: 'client_id', text: 'The client id above' },
  { name: 'redirect_uri', text: 'The redirect URL above' },
];
const SECRET: TemplateVariable = { name: 'client_secret', text: 'The client secret, from the secret store' };
const QUERY: TemplateVariable = { name: 'query.', text: 'A query parameter of the redirect, by its name' };
const TOKENS: readonly TemplateVariable[] = [
  { name: 'access_token', text: 'The token in use' },
  { name: 'refresh_token', text: 'Gets the next token' },
];

/** The variables that have a value when each of the OAuth2 requests is sent (contract chapter 3). */
export const OAUTH2_VARIABLES = {
  authorization_request: [
    ...CLIENT,
    { name: 'state', text: 'Random per attempt, checked on return' },
    { name: 'code_challenge', text: 'PKCE: derived from the verifier' },
  ],
  get_token_request: [
    { name: 'code', text: 'The code that the redirect brought' },
    ...CLIENT,
    SECRET,
    { name: 'state', text: 'Random per attempt, checked on return' },
    { name: 'code_verifier', text: 'PKCE: proves who asked for the code' },
    QUERY,
  ],
  refresh_token_request: [...TOKENS, ...CLIENT, SECRET, QUERY],
  test_token_request: [...TOKENS, ...CLIENT, SECRET, QUERY],
} satisfies Record<string, readonly TemplateVariable[]>;

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
  const inside = `{{${name}`;
  const result = `${text.slice(0, open.from)}${inside}}}${text.slice(open.to)}`;
  // `query.` wants its name next; every other variable is finished.
  const caret = open.from + inside.length + (name.endsWith('.') ? 0 : 2);
  return { text: result, caret };
}

/** The variables of a template that have no value there. */
export function unknownVariables(text: string, variables: readonly TemplateVariable[]): string[] {
  const names = [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '');
  const known = (name: string) =>
    variables.some((variable) =>
      variable.name.endsWith('.')
        ? name.startsWith(variable.name) && name.length > variable.name.length
        : variable.name === name,
    );
  return [...new Set(names.filter((name) => !known(name)))];
}
