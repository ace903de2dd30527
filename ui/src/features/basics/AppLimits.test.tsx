import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { AppLimits as Own, AppLimitsView } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { invoke } from '../../platform/invoke';
import { NavigationProvider } from '../../shared/navigation';
import { createQueryClient } from '../../shared/queries';
import { AppLimits } from './AppLimits';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const MB = 1024 * 1024;
let view: AppLimitsView;
let saved: Own[];

beforeEach(() => {
  saved = [];
  view = {
    limits: { memory_bytes: 300 * MB + 1 },
    program: {
      time_ms: 30_000,
      memory_bytes: 256 * MB,
      stack_bytes: 512 * 1024,
      timers: 1_000,
      requests: 64,
      output_bytes: 6 * MB,
      log_bytes: MB,
    },
  };
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'set_app_limits') {
      const { limits } = body as { limits: Own };
      saved.push(limits);
      view = { ...view, limits };
    }
    return Promise.resolve(view as never);
  });
});

function show(field?: string) {
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Notifications />
        <NavigationProvider value={{ arrival: { tab: 'basics', field, serial: 1 }, goTo: () => undefined }}>
          <AppLimits app="a" />
        </NavigationProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('is folded, says what differs, and unfolds for a link that leads to it', async () => {
  const user = userEvent.setup();
  const { unmount } = show();
  const head = await screen.findByRole('button', { name: 'Limits for this app Memory 300 MB' });
  expect(head).toHaveAttribute('aria-expanded', 'false');
  await user.click(head);
  expect(head).toHaveAttribute('aria-expanded', 'true');
  await user.click(head);
  expect(head).toHaveAttribute('aria-expanded', 'false');
  unmount();
  show('limits');
  expect(await screen.findByRole('button', { name: /Limits for this app/ })).toHaveAttribute(
    'aria-expanded',
    'true',
  );
});

it('shows the program’s values in empty fields, and saves when a field is left', async () => {
  const user = userEvent.setup();
  show('limits');
  const time = await screen.findByRole('textbox', { name: 'Time' });
  expect(time).toHaveAttribute('placeholder', '30 s');
  expect(screen.getByRole('textbox', { name: 'Memory' })).toHaveValue('300 MB');
  await user.type(time, '0.05');
  await user.tab();
  expect(time).toHaveAccessibleDescription('From 0.1 to 900.');
  expect(saved).toEqual([]);
  await user.clear(time);
  await user.type(time, '0.25');
  await user.tab();
  await waitFor(() => expect(saved).toEqual([{ time_ms: 250, memory_bytes: 300 * MB + 1 }]));
  expect(await screen.findByText('Time 0.25 s, Memory 300 MB')).toBeInTheDocument();
});

it('keeps what was entered when the tab is left with the keyboard', async () => {
  const user = userEvent.setup();
  const { unmount } = show('limits');
  await user.type(await screen.findByRole('textbox', { name: 'Timers at once' }), '5');
  unmount();
  await waitFor(() => expect(saved).toEqual([{ memory_bytes: 300 * MB + 1, timers: 5 }]));
});

it('goes back to the program’s value, one by one and all together', async () => {
  const user = userEvent.setup();
  show('limits');
  await user.type(await screen.findByRole('textbox', { name: 'Log' }), '2{Enter}');
  await waitFor(() => expect(saved.at(-1)).toEqual({ memory_bytes: 300 * MB + 1, log_bytes: 2 * MB }));
  await user.click(screen.getByRole('button', { name: 'Memory: back to the program’s 256 MB' }));
  await user.click(screen.getByRole('button', { name: 'Save limits' }));
  await waitFor(() => expect(saved.at(-1)).toEqual({ log_bytes: 2 * MB }));
  await user.click(screen.getByRole('button', { name: 'All back to the program’s' }));
  await waitFor(() => expect(saved.at(-1)).toEqual({}));
  expect(screen.getByRole('textbox', { name: 'Log' })).toHaveValue('');
});

it('says when they could not be saved, and keeps what was entered', async () => {
  const user = userEvent.setup();
  show('limits');
  const timers = await screen.findByRole('textbox', { name: 'Timers at once' });
  vi.mocked(invoke).mockImplementation(() => Promise.reject(new ApiError('failed', 'the disk is full')));
  await user.type(timers, '5{Enter}');
  expect(await screen.findByText('the disk is full')).toBeVisible();
  expect(timers).toHaveValue('5');
  vi.mocked(invoke).mockClear();
  await user.tab();
  const limits = { memory_bytes: 300 * MB + 1, timers: 5 };
  await waitFor(() => expect(invoke).toHaveBeenCalledWith('set_app_limits', { app: 'a', limits }));
});
