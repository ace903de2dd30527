import type { Assignee, CreatorContext } from '../../generated/api';

/** One row of the Creator's list of assignees. */
export interface AssigneeRow {
  kind: 'user' | 'role';
  id: string;
  name: string;
  email: string;
}

/** What the Creator says when adding the step, as it is being edited. */
export interface ContextDraft {
  title: string;
  description: string;
  assignees: AssigneeRow[];
}

/** The same two people that the program takes when nobody is named. */
export function exampleContext(title: string): ContextDraft {
  const person = (number: number): AssigneeRow => ({
    kind: 'user',
    id: `user-${number}`,
    name: `Assignee ${number}`,
    email: `assignee${number}@example.test`,
  });
  return { title, description: '', assignees: [person(1), person(2)] };
}

/** What is wrong with the list of assignees; nothing when it can be used. */
export function contextProblem({ assignees }: ContextDraft): string | undefined {
  const seen = new Set<string>();
  for (const { kind, id, name } of assignees) {
    if (id.trim() === '') return 'Each assignee needs an id.';
    if (kind === 'user' && name.trim() === '') return 'Each person needs a name.';
    if (seen.has(`${kind} ${id}`)) return `The ${kind === 'user' ? 'person' : 'role'} ${id} is there twice.`;
    seen.add(`${kind} ${id}`);
  }
  return undefined;
}

/** `context` as the program takes it. */
export function creatorContext({ title, description, assignees }: ContextDraft): CreatorContext {
  return {
    ...(title.trim() === '' ? {} : { title }),
    ...(description.trim() === '' ? {} : { description }),
    assignees: assignees.map(({ kind, id, name, email }): Assignee => {
      if (kind === 'role') return { role: { id } };
      return { user: { id, name, ...(email.trim() === '' ? {} : { email }) } };
    }),
  };
}
