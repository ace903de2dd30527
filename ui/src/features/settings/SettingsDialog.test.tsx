import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { Settings, SettingsView } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { SettingsDialog } from './SettingsDialog';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const MB = 1024 * 1024;
let view: SettingsView;
let saved: Settings[];

beforeEach(() => {
  saved = [];
  view = {
    settings: {
      theme: 'system',
      limits: {
        time_ms: 30_000,
        memory_bytes: 128 * MB,
        stack_bytes: 512 * 1024,
        timers: 1_000,
        requests: 20,
        output_bytes: 6 * MB,
        log_bytes: 12_345,
      },
      keep: { days: 30, flow_runs: 500, calls: 2_000, callbacks: 2_000, files_mb: 500 },
      redirect: {},
    },
    version: '1',
    data_folder: '/data',
    vault: { place: 'file', reason: 'There is no keychain here.' },
    callback_base: 'http://127.0.0.1:1',
    redirect_uri: 'http://127.0.0.1:1/t/oauth',
  };
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'save_settings') {
      saved.push(body as Settings);
      view = { ...view, settings: body as Settings };
    }
    if (name === 'set_services') view = { ...view, services_url: 'http://127.0.0.1:4870' };
    return Promise.resolve(view as never);
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Notifications />
        <SettingsDialog opened onClose={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
});

it('says where secrets are kept and why', async () => {
  expect(await screen.findByText('Encrypted file')).toBeInTheDocument();
  expect(screen.getByText('There is no keychain here.')).toBeInTheDocument();
});

it('saves limits in the units of the program, leaves alone what is not shown, and refuses what is out of range', async () => {
  const user = userEvent.setup();
  const seconds = await screen.findByRole('textbox', { name: 'Time' });
  const save = screen.getByRole('button', { name: 'Save limits' });
  expect(save).toBeDisabled();
  await user.clear(seconds);
  await user.type(seconds, '0');
  await user.click(save);
  expect(seconds).toHaveAccessibleDescription('From 0.1 to 900.');
  expect(saved).toEqual([]);
  await user.clear(seconds);
  await user.type(seconds, '45');
  await user.click(save);
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]?.limits).toMatchObject({ time_ms: 45_000, memory_bytes: 128 * MB, log_bytes: 12_345 });
});

it('saves how much of the past is kept, and refuses what is out of range', async () => {
  const user = userEvent.setup();
  const days = await screen.findByRole('textbox', { name: 'Age' });
  const save = screen.getByRole('button', { name: 'Save bounds' });
  expect(save).toBeDisabled();
  await user.clear(days);
  await user.type(days, '0');
  await user.click(save);
  expect(days).toHaveAccessibleDescription('From 1 to 3650.');
  expect(saved).toEqual([]);
  await user.clear(days);
  await user.type(days, '90');
  await user.click(save);
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]?.keep).toEqual({
    days: 90,
    flow_runs: 500,
    calls: 2_000,
    callbacks: 2_000,
    files_mb: 500,
  });
  expect(saved[0]?.limits).toMatchObject({ time_ms: 30_000 });
});

it('keeps the chosen theme, and switches the sample services', async () => {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('radio', { name: 'Dark' }));
  await waitFor(() => expect(saved.map((settings) => settings.theme)).toEqual(['dark']));
  await user.click(screen.getByRole('switch', { name: 'Run the sample services' }));
  expect(await screen.findByText('http://127.0.0.1:4870')).toBeInTheDocument();
});

it('moves the key of the secret store, and says why when it cannot', async () => {
  const user = userEvent.setup();
  vi.mocked(invoke).mockImplementationOnce(() =>
    Promise.reject(new ApiError('failed', 'the key stays where it is: no session bus')),
  );
  await user.click(await screen.findByRole('button', { name: 'Move the key to the system keychain' }));
  expect(await screen.findByText('the key stays where it is: no session bus')).toBeVisible();
  expect(invoke).toHaveBeenCalledWith('move_vault', { to_keychain: true });
});

it('takes a port or an address elsewhere as the redirect URI', async () => {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('radio', { name: 'On a port of my choice' }));
  await user.type(screen.getByLabelText('Port'), '99');
  expect(screen.getByText('A number from 1024 to 65535')).toBeVisible();
  await user.type(screen.getByLabelText('Port'), '99');
  await user.click(screen.getByRole('button', { name: 'Save redirect URI' }));
  expect(saved.at(-1)?.redirect).toEqual({ port: 9999 });
  await user.click(screen.getByRole('radio', { name: /At an address elsewhere/ }));
  await user.type(screen.getByLabelText('Address'), 'https://example.com/cb');
  await user.click(screen.getByRole('button', { name: 'Save redirect URI' }));
  expect(saved.at(-1)?.redirect).toEqual({ external: 'https://example.com/cb' });
});
