import type { CallView, Diagnostic } from '../../generated/api';

/** A mark on a line of the editor. */
export interface Mark {
  line: number;
  column: number;
  severity: Diagnostic['severity'];
  message: string;
}

/** Rule of the program's own syntax check, which says again what the editor's parser says while one types. */
const SYNTAX = 'function.syntax';

/** What the check of the app and the latest call have to say about the lines of a file. */
export function marksOf(
  path: string,
  check: readonly Diagnostic[],
  call: CallView | undefined,
  hasSyntaxErrors: boolean,
): Mark[] {
  const marks: Mark[] = [];
  const add = (
    found: { line?: number; column?: number },
    severity: Diagnostic['severity'],
    message: string,
  ) => {
    if (found.line == null) return;
    const mark = { line: found.line, column: found.column ?? 1, severity, message };
    const isKnown = marks.some((other) => other.line === mark.line && other.message === mark.message);
    if (!isKnown) marks.push(mark);
  };
  for (const found of check) {
    if (found.file !== path || (found.rule === SYNTAX && hasSyntaxErrors)) continue;
    add(found, found.severity, sentence(found));
  }
  for (const found of call?.diagnostics ?? []) {
    if (found.file === path) add(found, found.severity, sentence(found));
  }
  const outcome = call?.report.outcome;
  if (outcome?.kind === 'failed' && outcome.failure.file === path) {
    const isSyntax = outcome.failure.reason === 'syntax';
    if (!(isSyntax && hasSyntaxErrors)) add(outcome.failure, 'error', outcome.failure.message);
  }
  return marks;
}

function sentence(found: Diagnostic): string {
  const expected = found.expected == null ? '' : ` Expected ${found.expected}.`;
  const nearest = found.nearest == null ? '' : ` Did you mean ${found.nearest}?`;
  return `${found.message}${expected}${nearest}`;
}
