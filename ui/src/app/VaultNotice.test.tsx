import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { VaultView } from '../generated/api';
import { invoke } from '../platform/invoke';
import { createQueryClient } from '../shared/queries';
import { VaultNotice } from './VaultNotice';

vi.mock('../platform/invoke', () => ({ invoke: vi.fn() }));

function show(status: VaultView, opened: VaultView) {
  vi.mocked(invoke).mockImplementation((name) =>
    Promise.resolve((name === 'open_vault' ? opened : status) as never),
  );
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <VaultNotice />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

const file: VaultView = { place: 'file', reason: 'a key file was asked for' };
const closed: VaultView = { place: 'closed', reason: 'not open', problem: 'The keychain is locked.' };

it('says why nothing secret can be used, and goes when it can', async () => {
  const user = userEvent.setup();
  show(closed, file);
  expect(await screen.findByRole('alert')).toHaveTextContent('The keychain is locked.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
});

it('stays with the new reason when it still cannot be opened', async () => {
  const user = userEvent.setup();
  show(closed, { ...closed, problem: 'The keychain has no such entry.' });
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('no such entry'));
});

it('shows nothing while the store is open', async () => {
  show(file, file);
  await waitFor(() => expect(invoke).toHaveBeenCalled());
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
