import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { App, AppView, SaveDefinition } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { DraftProvider } from '../../shared/draft/DraftContext';
import { NavigationProvider } from '../../shared/navigation';
import { ActionsTab } from './ActionsTab';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const definition = {
  name: 'A',
  actions: [
    { key: 'send', title: 'Send', type: 'APP_ACTION_TYPE_ACTION', vendor: 1 },
    { key: 'sign', title: 'Sign', type: 'APP_ACTION_TYPE_AWAIT' },
    { key: 'file', title: 'File', type: 'APP_ACTION_TYPE_AUTOMATION' },
  ],
  authentication: {},
} as App;

const view: AppView & { definition: App } = {
  id: 'a',
  path: '/a',
  definition,
  definition_version: '1',
  answers: [],
  redirect_uri: '',
  notices: [],
};

/** The definition that was saved last. */
let saved: App | undefined;

beforeEach(() => {
  saved = undefined;
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'save_definition') {
      saved = (body as SaveDefinition).definition;
      return Promise.resolve({ kind: 'saved', version: '2' } as never);
    }
    return Promise.resolve(view as never);
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <Notifications />
        <NavigationProvider value={{ arrival: { tab: 'actions', serial: 0 }, goTo: () => undefined }}>
          <DraftProvider view={view}>
            <ActionsTab />
          </DraftProvider>
        </NavigationProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
});

const order = () =>
  within(screen.getByRole('list', { name: 'Actions' }))
    .getAllByRole('textbox', { name: /^Key of/ })
    .map((input) => (input as HTMLInputElement).value);

it('refuses a duplicate key in place, and saves the one that could stand', async () => {
  const user = userEvent.setup();
  const key = screen.getByRole('textbox', { name: 'Key of action sign' });
  await user.clear(key);
  await user.type(key, 'send');
  expect(key).toHaveValue('send');
  expect(screen.getByText(/is taken: keys are unique. Still saved as “sen”/)).toBeInTheDocument();
  await waitFor(() => expect(saved?.actions[1]?.key).toBe('sen'));

  await user.click(screen.getByRole('button', { name: 'Remove action file' }));
  expect(key).toHaveValue('send');
  await user.type(key, '_off');
  await waitFor(() => expect(saved?.actions[1]?.key).toBe('send_off'));
});

it('moves an action by its buttons, with the fields that nobody knows', async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Move action send down' }));
  expect(order()).toEqual(['sign', 'send', 'file']);
  await waitFor(() => expect(saved?.actions[1]).toHaveProperty('vendor', 1));
});

it('takes a removal back', async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Remove action send' }));
  expect(order()).toEqual(['sign', 'file']);
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(order()).toEqual(['send', 'sign', 'file']);
  await waitFor(() => expect(saved?.actions[0]).toEqual(definition.actions[0]));
});

it('adds an action with a key of its own', async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Add action' }));
  await user.click(screen.getByRole('button', { name: 'Add action' }));
  expect(order()).toEqual(['send', 'sign', 'file', 'action', 'action_2']);
});
