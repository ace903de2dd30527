import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import type { ChatItem } from '../../generated/api';
import { accessibilityProblems } from '../../test-axe';
import { Chat } from './Chat';

const ITEMS: ChatItem[] = [
  { type: 'message', at: 1, text: '<b>Signed</b> by everyone' },
  { type: 'status', at: 2, step: 0, status: 'completed' },
  { type: 'status', at: 3, step: 1, status: 'cancelled', message: 'Declined by the signer' },
];

test('shows what was said as text, and each decision with a sign of its own', async () => {
  const { container } = render(
    <MantineProvider env="test">
      <Chat items={ITEMS} />
    </MantineProvider>,
  );
  const [message, completed, cancelled] = screen.getAllByRole('listitem');
  if (!message || !completed || !cancelled) throw new Error('three entries were expected');
  expect(within(message).getByText('<b>Signed</b> by everyone')).toBeInTheDocument();
  expect(completed.querySelector('.tabler-icon-check')).not.toBeNull();
  expect(cancelled.querySelector('.tabler-icon-check')).toBeNull();
  expect(cancelled.querySelector('.tabler-icon-ban')).not.toBeNull();
  expect(within(cancelled).getByText('Declined by the signer')).toBeInTheDocument();
  expect(within(cancelled).getByText('Cancelled')).toBeInTheDocument();
  expect(await accessibilityProblems(container)).toEqual([]);
});

test('folds a long message and shows all of it on demand', async () => {
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <Chat items={[{ type: 'message', at: 1, text: 'line\n'.repeat(40) }]} />
    </MantineProvider>,
  );
  const text = screen.getByText(/^line/);
  expect(text).toHaveAttribute('data-folded');
  await user.click(screen.getByRole('button', { name: 'Show all of it' }));
  expect(text).not.toHaveAttribute('data-folded');
  expect(screen.getByRole('button', { name: 'Show less' })).toHaveAttribute('aria-expanded', 'true');
});
