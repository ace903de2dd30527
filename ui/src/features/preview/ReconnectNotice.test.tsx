import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { CredentialView, FlowRunView } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { ReconnectNotice } from './ReconnectNotice';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const account: CredentialView = {
  id: 'c',
  unique_id: 'u',
  display_id: 'Alice',
  kind: 'oauth2',
  needs_reconnect: true,
  problem: 'the provider refused: invalid_grant: It was revoked.',
  created_at: 0,
  updated_at: 0,
};

function show(id: string, credential: CredentialView) {
  vi.mocked(invoke).mockImplementation((name) =>
    Promise.resolve((name === 'list_exchanges' ? [] : { id: 'x', status: 'running', steps: [] }) as never),
  );
  const run = { id, app: 'a', credential, view: { status: 'running' } } as unknown as FlowRunView;
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <ReconnectNotice run={run} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('says in a run why its account gets no token, and connects it again', async () => {
  const user = userEvent.setup();
  show('r', account);
  expect(screen.getByText(/invalid_grant: It was revoked/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Reconnect' }));
  expect(await screen.findByRole('region', { name: 'Reconnect Alice' })).toBeVisible();
  expect(invoke).toHaveBeenCalledWith('start_authorization', { app: 'a', credential: 'c' });
});

it('says nothing of an account that works', () => {
  show('s', { ...account, needs_reconnect: false });
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
