import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { ExchangeView } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../queries';
import { Exchanges } from './Exchanges';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const exchange: ExchangeView = {
  id: 'e',
  purpose: 'token',
  started_at: 0,
  method: 'POST',
  url: [{ kind: 'text', text: 'https://p.example/token?x=1' }],
  headers: [
    { name: 'Content-Type', value: [{ kind: 'text', text: 'application/json' }], added: false },
    { name: 'host', value: [{ kind: 'text', text: 'p.example' }], added: true },
  ],
  body: [
    { kind: 'text', text: 'client_secret=' },
    { kind: 'hidden', value: 0, name: 'client_secret', characters: 6 },
    { kind: 'text', text: '&code=' },
    { kind: 'hidden', value: 1, name: 'code', characters: 4 },
  ],
  answer: {
    status: 200,
    headers: [],
    body: [{ kind: 'text', text: '{}' }],
    body_bytes: 2,
    after_ms: 12,
  },
  took_ms: 30,
  extracted: [{ name: 'expires_in', value: [{ kind: 'text', text: '60 s' }] }],
  ignored: ['id_token'],
};

it('shows an exchange and reveals one hidden value at a time', async () => {
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'list_exchanges') return Promise.resolve([exchange] as never);
    const { value } = body as { value: number };
    return Promise.resolve({ text: value === 0 ? 'hush-0' : 'hush-1' } as never);
  });
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Exchanges owner="o" />
      </MantineProvider>
    </QueryClientProvider>,
  );
  await user.click(await screen.findByRole('button', { name: 'Token request, 200' }));
  expect(screen.getByText('Left aside: id_token.')).toBeVisible();
  expect(screen.getByText('(added)', { exact: false })).toBeVisible();
  expect(document.body.textContent).not.toContain('hush');
  await user.click(screen.getByRole('button', { name: 'Show client_secret, 6 characters' }));
  expect(await screen.findByText('hush-0')).toBeVisible();
  expect(document.body.textContent).not.toContain('hush-1');
  expect(invoke).toHaveBeenCalledWith('reveal_value', { exchange: 'e', value: 0 });
  await user.click(screen.getByRole('button', { name: 'Hide client_secret' }));
  expect(document.body.textContent).not.toContain('hush');
});
