import { expect, it } from 'vitest';

import { contextProblem, creatorContext, exampleContext } from './context';

it('starts with two people', () => {
  const draft = exampleContext('Send');
  expect(contextProblem(draft)).toBeUndefined();
  expect(creatorContext(draft)).toEqual({
    title: 'Send',
    assignees: [
      { user: { id: 'user-1', name: 'Assignee 1', email: 'assignee1@example.test' } },
      { user: { id: 'user-2', name: 'Assignee 2', email: 'assignee2@example.test' } },
    ],
  });
});

it('names roles by their id only, and leaves out what is empty', () => {
  expect(
    creatorContext({
      title: ' ',
      description: 'D',
      assignees: [
        { kind: 'role', id: 'signer', name: 'x', email: 'y' },
        { kind: 'user', id: 'u', name: 'U', email: '' },
      ],
    }),
  ).toEqual({ description: 'D', assignees: [{ role: { id: 'signer' } }, { user: { id: 'u', name: 'U' } }] });
});

it.each([
  [{ kind: 'user', id: ' ', name: 'A', email: '' }, 'needs an id'],
  [{ kind: 'user', id: 'a', name: '', email: '' }, 'needs a name'],
] as const)('refuses %j', (row, problem) => {
  expect(contextProblem({ title: '', description: '', assignees: [row] })).toContain(problem);
});

it('refuses the same person twice, but not a role of the same id', () => {
  const row = { kind: 'user', id: 'a', name: 'A', email: '' } as const;
  expect(contextProblem({ title: '', description: '', assignees: [row, row] })).toContain('twice');
  expect(
    contextProblem({ title: '', description: '', assignees: [row, { ...row, kind: 'role' }] }),
  ).toBeUndefined();
});
