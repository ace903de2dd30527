import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { AuthorizationView, CredentialView, TokenView } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { accessibilityProblems } from '../../test-axe';
import { CredentialSection } from './CredentialSection';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const account: CredentialView = {
  id: 'c',
  unique_id: 'u-1',
  display_id: 'alice@example.test',
  name: 'Production',
  kind: 'oauth2',
  expires_at: Date.now() + 90_000,
  needs_reconnect: true,
  problem: 'the provider refused: invalid_grant: It was revoked. Reconnect the account.',
  created_at: 0,
  updated_at: 0,
};
const token: TokenView = {
  token_type: 'Bearer',
  scopes: ['read', 'write'],
  received_at: Date.now(),
  expires_at: account.expires_at,
  has_refresh_token: true,
  redirect_queries: [],
  characters: 40,
  claims: { header: { alg: 'RS256' }, payload: { sub: 'alice' } },
  id_claims: { header: { alg: 'ES256' }, payload: { email: 'alice@example.test' } },
  keys: [],
};
const attempt: AuthorizationView = {
  id: 'x',
  app: 'a',
  status: 'failed',
  steps: [],
  can_retry_identity: false,
  redirect_uri: 'http://127.0.0.1:1/t/oauth',
  by_hand: false,
  times_out_at: 0,
  other_account: 'Bob',
};
let sent: [string, unknown][];
let missing: boolean;

beforeEach(() => {
  sent = [];
  missing = false;
});

function show(app: string) {
  vi.mocked(invoke).mockImplementation((name, body) => {
    sent.push([name, body]);
    if (name === 'start_authorization' && missing) {
      return Promise.reject(new ApiError('secret_missing', 'the secret "client_secret" is not kept'));
    }
    if (name === 'set_secret') missing = false;
    const answers: Record<string, unknown> = {
      list_credentials: [account],
      read_token: token,
      list_exchanges: [],
      credential_uses: [{ flow_run: 'r', action_title: 'Sign', stage: 'run', created_at: 0 }],
      secret_states: [{ name: 'client_secret', present: false }],
      start_authorization: attempt,
      read_authorization: attempt,
      keep_other_account: { ...attempt, status: 'done', other_account: undefined },
      test_credential: { ok: true, detail: 'the provider answered 204' },
    };
    return Promise.resolve((answers[name] ?? account) as never);
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider env="test">
        <ModalsProvider>
          <Notifications />
          <CredentialSection appId={app} />
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('shows what is known of a token, why its refresh failed, and tests it', async () => {
  const user = userEvent.setup();
  show('details');
  await user.click(await screen.findByRole('button', { name: 'Details of Production' }));
  expect(await screen.findByText(/invalid_grant: It was revoked/)).toBeVisible();
  expect(await screen.findByRole('timer', { name: 'Time to expiry' })).toHaveTextContent(/^in 1:2\d$/);
  expect(screen.getByText('write')).toBeVisible();
  expect(screen.getByRole('group', { name: 'claims of the access token' })).toHaveTextContent('"alice"');
  const id = within(screen.getByRole('region', { name: 'Claims of the id token' }));
  expect(id.getByRole('group')).toHaveTextContent('"alice@example.test"');
  expect(id.getByText('Not verified')).toBeVisible();
  expect(await accessibilityProblems(screen.getByRole('region', { name: 'Credentials' }))).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Expire now' }));
  expect(sent).toContainEqual(['expire_credential', { credential: 'c' }]);
  await user.click(screen.getByRole('button', { name: 'Test' }));
  expect(await screen.findByText('Production works: the provider answered 204')).toBeVisible();
});

it('says what cannot go on without an account before it is deleted', async () => {
  const user = userEvent.setup();
  show('commands');
  await user.click(await screen.findByRole('button', { name: 'Commands for Production' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
  expect(await screen.findByText(/Sign, begun/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Delete credential' }));
  await waitFor(() => expect(sent).toContainEqual(['delete_credential', { credential: 'c' }]));
});

it('calls an account by a name of its author', async () => {
  const user = userEvent.setup();
  show('rename');
  await user.click(await screen.findByRole('button', { name: 'Commands for Production' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Staging{Enter}');
  await waitFor(() =>
    expect(sent).toContainEqual(['rename_credential', { credential: 'c', name: 'Staging' }]),
  );
});

it('connects an account again as itself, and keeps another one only when told to', async () => {
  const user = userEvent.setup();
  show('again');
  await user.click(await screen.findByRole('button', { name: 'Commands for Production' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Reconnect' }));
  const region = await screen.findByRole('region', { name: 'Reconnect Production' });
  expect(sent).toContainEqual(['start_authorization', { app: 'again', credential: 'c' }]);
  await user.click(await within(region).findByRole('button', { name: 'Keep Bob as an account of its own' }));
  expect(sent).toContainEqual(['keep_other_account', { authorization: 'x' }]);
});

it('asks by name for a secret that this machine lacks, and goes on', async () => {
  const user = userEvent.setup();
  missing = true;
  show('missing');
  await user.click(await screen.findByRole('button', { name: 'Add account' }));
  await user.type(await screen.findByLabelText('client_secret'), 'hush');
  await user.click(screen.getByRole('button', { name: 'Save and authorize' }));
  expect(await screen.findByRole('region', { name: 'Add account' })).toBeVisible();
  expect(sent).toContainEqual(['set_secret', { app: 'missing', name: 'client_secret', value: 'hush' }]);
  expect(sent.filter(([name]) => name === 'start_authorization')).toHaveLength(2);
});
