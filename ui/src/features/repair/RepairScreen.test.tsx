import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { AppView } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { RepairScreen } from './RepairScreen';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

function show(text?: string) {
  const problem = { message: 'app.json:1:1 is wrong', file: 'app.json', line: 1, column: 1, path: '' };
  const view = { id: 'a', path: '/apps/acme', definition_version: 'v1', problem };
  vi.mocked(invoke).mockResolvedValue({ kind: 'saved' });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider env="test">
        <RepairScreen
          view={{ ...view, ...(text === undefined ? {} : { definition_text: text }) } as unknown as AppView}
          onBack={() => undefined}
        />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('saves what was repaired over the version that was read', async () => {
  show('{ nope');
  await userEvent.type(screen.getByLabelText('app.json'), '!');
  await userEvent.click(screen.getByRole('button', { name: 'Save and open' }));
  const sent = { app: 'a', text: '{ nope!', base_version: 'v1' };
  await waitFor(() => expect(invoke).toHaveBeenCalledWith('save_definition_text', sent));
});

it('offers nothing that would overwrite a file it cannot show', () => {
  show();
  expect(screen.queryByRole('button', { name: 'Save and open' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Show line 1' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Read again from disk' })).toBeTruthy();
});
