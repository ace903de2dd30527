import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import type { Message } from '../../../generated/api';
import { createQueryClient } from '../../../shared/queries';
import { accessibilityProblems } from '../../../test-axe';
import { Diagram } from './Diagram';
import { called, said } from './fixtures';

function page(messages: readonly Message[], requests = false) {
  return (
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <main>
          <Diagram messages={messages} requests={requests} />
        </main>
      </MantineProvider>
    </QueryClientProvider>
  );
}

const FLOW = [
  said(1, 'C->>CL: Add app to workspace', { stage: 'authorization', payload: { name: 'Jo' } }),
  ...called(2, 'action', '', [], { failed: true }),
  said(3, 'note over IF: Invoke action function again'),
  ...called(4, 'action', 'one', [200]),
  said(5, 'note over IF: Invoke action function again'),
  ...called(6, 'action', 'two', [200]),
  said(8, 'IF->>S: Complete or cancel the action or automation'),
];

const list = () => screen.getByRole('list', { name: 'Diagram' });
const names = () =>
  [...list().querySelectorAll('[role=listitem] > [data-entry]')].map((button) =>
    button.getAttribute('aria-label')?.replace(/,.*/, ''),
  );
const entry = (name: RegExp) => within(list()).getByRole('button', { name });

it('shows each message in order, with its payload on demand', async () => {
  const user = userEvent.setup();
  render(page(FLOW));
  expect(names()).toEqual([
    'Authorization. 1. Creator to Moxo Client: Add app to workspace',
    'Run time. 2 to 7. Integration Framework: Action called 2 times in a row',
    '8. Integration Framework: Invoke action function and get return value',
    '11. Integration Framework to Moxo Server: Complete or cancel the action or automation',
  ]);
  const added = entry(/Add app/);
  expect(added).toHaveAttribute('aria-expanded', 'false');
  await user.click(added);
  expect(added).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByRole('group', { name: 'payload' })).toHaveTextContent('name: "Jo"');
  await user.keyboard('{Enter}');
  expect(screen.queryByRole('group', { name: 'payload' })).not.toBeInTheDocument();
});

it('is one stop for Tab; the arrow keys, Home and End walk it as a list', async () => {
  const user = userEvent.setup();
  render(page(FLOW));
  const buttons = within(list())
    .getAllByRole('button')
    .map((button) => button.tabIndex);
  expect(buttons.filter((index) => index === 0)).toHaveLength(1);
  await user.tab();
  expect(entry(/^11\./)).toHaveFocus();
  await user.keyboard('{ArrowDown}{ArrowUp}');
  expect(entry(/^8\./)).toHaveFocus();
  await user.keyboard('{Home}{ArrowUp}');
  expect(entry(/Add app/)).toHaveFocus();
  await user.keyboard('{End}');
  expect(entry(/^11\./)).toHaveFocus();
});

it('unfolds and folds calls and attempts with the arrow keys, and comes back to what holds them', async () => {
  const user = userEvent.setup();
  render(page(FLOW));
  await user.tab();
  await user.keyboard('{ArrowUp}{ArrowRight}');
  expect(names().slice(-3)).toEqual([
    '9. Integration Framework to External Service: GET s.example/a',
    '10. External Service to Integration Framework',
    '11. Integration Framework to Moxo Server: Complete or cancel the action or automation',
  ]);
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowLeft}');
  expect(entry(/^8\./)).toHaveFocus();
  await user.keyboard('{ArrowLeft}');
  expect(names()).toHaveLength(4);
  const attempts = entry(/called 2 times/);
  expect(attempts).toHaveAttribute('aria-expanded', 'false');
  await user.keyboard('{ArrowUp}{Enter}');
  expect(attempts).toHaveAttribute('aria-expanded', 'true');
  expect(names()).toHaveLength(8);
  await user.keyboard('{ArrowLeft}');
  expect(names()).toHaveLength(4);
  expect(attempts).toHaveFocus();
});

it('folds with the mouse, all of them with the switch', async () => {
  const user = userEvent.setup();
  const { rerender } = render(page(FLOW));
  await user.click(screen.getByRole('button', { name: 'Unfold 1 HTTP request' }));
  expect(names()).toHaveLength(6);
  await user.click(screen.getByRole('button', { name: 'Fold 1 HTTP request' }));
  expect(names()).toHaveLength(4);
  await user.click(screen.getByRole('button', { name: 'Unfold the calls' }));
  rerender(page(FLOW, true));
  expect(names()).toHaveLength(12);
});

it('puts no more on the page than is in view, and walks all of a thousand', async () => {
  const user = userEvent.setup();
  render(page(Array.from({ length: 1_000 }, (_, at) => said(at, `C->>CL: message ${at}.`))));
  expect(names().length).toBeLessThan(80);
  await user.tab();
  expect(entry(/^1000\./)).toHaveFocus();
  expect(entry(/^1000\./).closest('[role=listitem]')).toHaveAttribute('aria-posinset', '1000');
  await user.keyboard('{ArrowUp}');
  expect(entry(/^999\./)).toHaveFocus();
  await user.keyboard('{Home}');
  expect(entry(/^Run time\. 1\./)).toHaveFocus();
});

it('takes messages as they come, and keeps what is open and focused', async () => {
  const user = userEvent.setup();
  const { rerender } = render(page(FLOW.slice(0, 1)));
  await user.click(entry(/Add app/));
  rerender(page(FLOW));
  expect(names()).toHaveLength(4);
  expect(entry(/Add app/)).toHaveFocus();
  expect(screen.getByRole('group', { name: 'payload' })).toBeInTheDocument();
});

it('has nothing that axe finds wrong', async () => {
  const user = userEvent.setup();
  render(page(FLOW));
  await user.click(entry(/Add app/));
  expect(await accessibilityProblems(document.body)).toEqual([]);
});
