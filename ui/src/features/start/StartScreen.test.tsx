import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { AppView, RecentApp, StartScreen as Start } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { accessibilityProblems } from '../../test-axe';
import { StartScreen } from './StartScreen';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

let sent: [name: string, body: unknown][];
const onOpen = vi.fn();

const opened = { id: 'a', path: '/apps/acme' } as AppView;

function recent(id: string, more: Partial<RecentApp> = {}): RecentApp {
  return {
    id,
    name: `App ${id}`,
    path: `/apps/${id}`,
    last_opened_at: 1_700_000_000_000,
    state: 'ok',
    ...more,
  };
}

function show(start: Partial<Start>, answers: Record<string, () => unknown> = {}) {
  const known: Record<string, () => unknown> = {
    start_screen: () => ({ recent: [], samples: [], new_app_folder: '/apps', version: '1', ...start }),
    open_app: () => opened,
    open_sample: () => opened,
    create_app: () => opened,
    forget_app: () => ({}),
    ...answers,
  };
  vi.mocked(invoke).mockImplementation((name, body) => {
    sent.push([name, body]);
    return Promise.resolve().then(() => {
      const answer = known[name];
      if (!answer) throw new Error(`no answer for ${name}`);
      return answer() as never;
    });
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Notifications />
        <StartScreen onOpen={onOpen} onSettings={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  sent = [];
  onOpen.mockReset();
});

it('has names, roles and an order that a screen reader can follow', async () => {
  show({ recent: [recent('one'), recent('two', { state: 'missing' })] });
  await screen.findByText('App one');
  expect(await accessibilityProblems(document.body)).toEqual([]);
});

it('offers a first step where there is no app yet, and makes one', async () => {
  const user = userEvent.setup();
  show({});
  await user.click(await screen.findByRole('button', { name: 'Make a new app' }));
  const dialog = await screen.findByRole('dialog', { name: 'New app' });
  await user.click(within(dialog).getByRole('button', { name: 'Create app' }));
  const name = within(dialog).getByRole('textbox', { name: 'Name' });
  expect(name).toHaveAccessibleDescription('Give the app a name.');
  expect(name).toBeInvalid();
  await user.type(name, ' Acme ');
  await user.click(within(dialog).getByRole('button', { name: 'Create app' }));
  await waitFor(() => expect(onOpen).toHaveBeenCalledWith(opened));
  expect(sent).toContainEqual(['create_app', { name: 'Acme', parent: '/apps' }]);
});

it('lists the recent apps with their state, opens one and forgets another', async () => {
  const user = userEvent.setup();
  show({
    recent: [recent('one'), recent('two', { state: 'missing' }), recent('three', { state: 'needs_repair' })],
  });
  const list = await screen.findByRole('list', { name: 'Recent apps' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(3);
  expect(within(list).getByText('Folder missing')).toBeInTheDocument();
  expect(within(list).getByText('Needs repair')).toBeInTheDocument();
  expect(within(list).getByRole('button', { name: 'Open App two' })).toBeDisabled();

  await user.click(within(list).getByRole('button', { name: 'Remove App two from the list' }));
  await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2));
  expect(sent).toContainEqual(['forget_app', { app: 'two' }]);

  await user.click(within(list).getByRole('button', { name: 'Open App one' }));
  await waitFor(() => expect(onOpen).toHaveBeenCalledWith(opened));
  expect(sent).toContainEqual(['open_app', { path: '/apps/one' }]);
});

it('says why a folder could not be opened, keeps the path, and gives the focus back', async () => {
  const user = userEvent.setup();
  show(
    { recent: [recent('one')] },
    {
      open_app: () => {
        throw new ApiError('not_found', '/nowhere is no folder', {});
      },
    },
  );
  const button = await screen.findByRole('button', { name: 'Open folder' });
  await user.click(button);
  const dialog = await screen.findByRole('dialog', { name: 'Open folder' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Folder' }), '/nowhere');
  await user.click(within(dialog).getByRole('button', { name: 'Open' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('/nowhere is no folder');
  expect(within(dialog).getByRole('textbox', { name: 'Folder' })).toHaveValue('/nowhere');
  expect(onOpen).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await waitFor(() => expect(button).toHaveFocus());
});

it('opens a sample, and tells what could not be read', async () => {
  const user = userEvent.setup();
  let fails = true;
  show(
    { samples: [{ name: 'esign', title: 'E-Signature', description: 'Signs.' }] },
    {
      start_screen: () => {
        if (fails) throw new Error('The database is locked');
        return {
          recent: [],
          samples: [{ name: 'esign', title: 'E-Signature', description: 'Signs.' }],
          new_app_folder: '/',
          version: '1',
        };
      },
    },
  );
  expect(await screen.findByRole('alert')).toHaveTextContent('The database is locked');
  fails = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  const sample = await screen.findByRole('button', { name: 'Open the sample E-Signature' });
  expect(sample).toHaveAccessibleDescription('Signs.');
  await user.click(sample);
  await waitFor(() => expect(sent).toContainEqual(['open_sample', { name: 'esign' }]));
  expect(onOpen).toHaveBeenCalled();
});
