import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { App, AppView, OAuth1, SaveDefinition } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { DraftProvider } from '../../shared/draft/DraftContext';
import { NavigationProvider } from '../../shared/navigation';
import { AuthorizationTab } from './AuthorizationTab';
import { newOAuth2 } from './kinds';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

/** Every command sent, with its body. */
let sent: [name: string, body: unknown][];
let secretSet: boolean;

function saved(): App | undefined {
  const save = sent.findLast(([name]) => name === 'save_definition');
  return (save?.[1] as SaveDefinition | undefined)?.definition;
}

function show(authentication: App['authentication']) {
  const definition: App = { name: 'A', actions: [], authentication };
  const view: AppView & { definition: App } = {
    id: 'a',
    path: '/a',
    definition,
    definition_version: '1',
    answers: [],
    redirect_uri: 'http://127.0.0.1:1/oauth/redirect',
    notices: [],
  };
  vi.mocked(invoke).mockImplementation((name, body) => {
    sent.push([name, body]);
    if (name === 'set_secret') secretSet = true;
    const answers: Record<string, unknown> = {
      save_definition: { kind: 'saved', version: '2' },
      list_credentials: [],
      secret_states: [{ name: 'client_secret', present: secretSet }],
      set_secret: [{ name: 'client_secret', present: true }],
      check_app: [],
    };
    return Promise.resolve((answers[name] ?? view) as never);
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })}>
      <MantineProvider>
        <ModalsProvider>
          <Notifications />
          <NavigationProvider value={{ arrival: { tab: 'authorization', serial: 0 }, goTo: () => undefined }}>
            <DraftProvider view={view}>
              <AuthorizationTab view={view} />
            </DraftProvider>
          </NavigationProvider>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  secretSet = false;
  sent = [];
});

it('switches at once while nothing was entered', async () => {
  const user = userEvent.setup();
  show({});
  await user.click(screen.getByRole('radio', { name: 'OAuth2' }));
  expect(screen.getByRole('textbox', { name: 'Client id' })).toBeInTheDocument();
  await waitFor(() => expect(saved()?.authentication).toEqual({ oauth2: newOAuth2() }));
});

it('asks before it drops what was entered, and takes the switch back', async () => {
  const user = userEvent.setup();
  const oauth2 = { ...newOAuth2(), client_id: 'mine', vendor: 'kept' };
  show({ oauth2 });
  await user.click(screen.getByRole('radio', { name: 'Custom' }));
  await user.click(await screen.findByRole('button', { name: 'Keep OAuth2' }));
  expect(screen.getByRole('textbox', { name: 'Client id' })).toHaveValue('mine');

  await user.click(screen.getByRole('radio', { name: 'Custom' }));
  await user.click(await screen.findByRole('button', { name: 'Switch to Custom' }));
  expect(await screen.findByText('No inputs yet')).toBeInTheDocument();
  await waitFor(() => expect(saved()?.authentication).toEqual({ custom: { inputs: [] } }));

  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('textbox', { name: 'Client id' })).toHaveValue('mine');
  await waitFor(() => expect(saved()?.authentication).toEqual({ oauth2 }));
});

it('keeps the focus in a row while it is typed, and completes a variable', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  const value = screen.getByRole('textbox', { name: 'Get token: endpoint' });
  await user.click(value);
  await user.paste('https://id.example.com/');
  await user.keyboard('{{{{cl');
  expect(value).toHaveFocus();
  expect(await screen.findByText('{{client_id}}')).toBeInTheDocument();
  await user.keyboard('{Tab}');
  expect(value).toHaveValue('https://id.example.com/{{client_id}}');
});

it('sends a secret to the secret store and keeps it out of app.json and out of the page', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  expect(await screen.findByText('Missing')).toBeInTheDocument();
  await user.type(screen.getByLabelText('Client secret, new value'), 's3cret');
  await user.click(screen.getByRole('button', { name: 'Save secret' }));
  expect(await screen.findByText('Saved')).toBeInTheDocument();
  expect(sent).toContainEqual(['set_secret', { app: 'a', name: 'client_secret', value: 's3cret' }]);
  expect(JSON.stringify(sent.filter(([name]) => name !== 'set_secret'))).not.toContain('s3cret');
  expect(document.body.innerHTML).not.toContain('s3cret');
});

it('shows OAuth1 as it is', () => {
  show({ oauth1: { consumer_key: 'k' } as OAuth1 });
  expect(screen.getByRole('radio', { name: 'OAuth1' })).toBeChecked();
  expect(screen.getByText(/"consumer_key": "k"/)).toBeInTheDocument();
});
