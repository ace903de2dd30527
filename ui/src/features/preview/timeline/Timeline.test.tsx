import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import type { Message } from '../../../generated/api';
import { createQueryClient } from '../../../shared/queries';
import { Timeline } from './Timeline';

function message(label: string, more: Partial<Message> = {}): Message {
  return {
    at: 1_700_000_000_000,
    stage: 'build',
    from: 'creator',
    to: 'moxo_client',
    kind: 'request',
    label,
    payload: null,
    failed: false,
    ...more,
  };
}

function show(messages: Message[]) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Timeline flowRun="r" messages={messages} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('shows each message in order, with its payload on demand', async () => {
  const user = userEvent.setup();
  show([
    message('Add app', { stage: 'authorization' }),
    message('Form data', { payload: { name: 'Jo' } }),
    message('Return value', { kind: 'reply', failed: true }),
  ]);
  const items = within(screen.getByRole('list', { name: 'Timeline' })).getAllByRole('listitem');
  expect(items.map((item) => within(item).getByRole('button').getAttribute('aria-label'))).toEqual([
    'Creator to Moxo Client: Add app',
    'Creator to Moxo Client: Form data',
    'Creator to Moxo Client, reply: Return value, failed',
  ]);
  const data = screen.getByRole('button', { name: /Form data/ });
  expect(data).toHaveAttribute('aria-expanded', 'false');
  await user.click(data);
  expect(data).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByRole('group', { name: 'payload' })).toHaveTextContent('name: "Jo"');
});

it('is one stop for Tab; the arrow keys, Home and End move in it', async () => {
  const user = userEvent.setup();
  show([message('one'), message('two'), message('three')]);
  const [one, two, three] = within(screen.getByRole('list', { name: 'Timeline' })).getAllByRole('button');
  expect([one, two, three].map((button) => button?.tabIndex)).toEqual([-1, -1, 0]);
  three?.focus();
  await user.keyboard('{ArrowUp}');
  expect(two).toHaveFocus();
  await user.keyboard('{Home}');
  expect(one).toHaveFocus();
  await user.keyboard('{ArrowUp}');
  expect(one).toHaveFocus();
  await user.keyboard('{End}{Enter}');
  expect(three).toHaveFocus();
  expect(three).toHaveAttribute('aria-expanded', 'true');
});

it('shows the latest of a long run first, and the earlier ones on demand', async () => {
  const user = userEvent.setup();
  show(Array.from({ length: 320 }, (_, at) => message(`message ${at}.`)));
  expect(screen.queryByRole('button', { name: /message 0\./ })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show 20 earlier messages' }));
  expect(screen.getByRole('button', { name: /message 0\./ })).toBeInTheDocument();
});
