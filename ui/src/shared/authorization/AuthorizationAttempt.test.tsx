import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { AuthorizationView } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../queries';
import { AuthorizationAttempt } from './AuthorizationAttempt';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const base: AuthorizationView = {
  id: 'x',
  app: 'a',
  status: 'running',
  steps: [],
  can_retry_identity: false,
  redirect_uri: 'http://127.0.0.1:1/t/oauth',
  by_hand: false,
  times_out_at: 0,
};

function show(answers: Record<string, AuthorizationView>) {
  vi.mocked(invoke).mockImplementation((name) => {
    const answer = answers[name];
    return answer ? Promise.resolve(answer as never) : Promise.reject(new Error(`no answer for ${name}`));
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <AuthorizationAttempt authorization="x" onRetry={() => undefined} onClose={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('shows at an input why it was refused, until it is changed', async () => {
  const user = userEvent.setup();
  const asked = { ...base, custom_inputs: [{ key: 'k', label: 'Key', required: false }] };
  show({
    read_authorization: asked,
    submit_custom_inputs: { ...asked, input_problems: [{ key: 'k', message: 'Key has to be a text' }] },
  });
  await user.click(await screen.findByRole('button', { name: 'Connect' }));
  expect(await screen.findByText('Key has to be a text')).toBeVisible();
  await user.type(screen.getByLabelText('Key'), 'b');
  expect(screen.queryByText('Key has to be a text')).not.toBeInTheDocument();
});

it('shows notices, and calls a mended identity function again', async () => {
  const user = userEvent.setup();
  show({
    read_authorization: {
      ...base,
      status: 'failed',
      notices: ['The redirect named another issuer.'],
      error: { title: 'The identity function failed', description: 'no such field' },
      can_retry_identity: true,
    },
    retry_identity: { ...base, status: 'done' },
  });
  expect(await screen.findByText('The redirect named another issuer.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Call the Identity Function again' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: /again/ })).not.toBeInTheDocument());
  expect(invoke).toHaveBeenCalledWith('retry_identity', { authorization: 'x' });
});
