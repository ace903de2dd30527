import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { FlowRunView, StepCard as Card, StepView } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { NavigationProvider } from '../../shared/navigation';
import { createQueryClient } from '../../shared/queries';
import { StepCard } from './StepCard';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

let sent: [name: string, body: unknown][];

function step(more: Partial<StepView>): StepView {
  return {
    is_role: false,
    buttons: [
      { title: 'Sign', style: 'branding', input: {} },
      { title: 'Decline', style: 'default', input: {} },
    ],
    open: true,
    blocked: false,
    waiting_for: { type: 'button' },
    attempts: 0,
    ...more,
  };
}

const run = {
  id: 'r',
  app: 'a',
  redirect_url: 'http://127.0.0.1:1/r',
  webhook_url: 'http://127.0.0.1:1/w',
  updated_at: 1,
} as FlowRunView;

beforeEach(() => {
  sent = [];
  vi.mocked(invoke).mockImplementation((name, body) => {
    sent.push([name, body]);
    return Promise.resolve(run as never);
  });
});

function show(steps: StepView[], more: Partial<Card> = {}) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <ModalsProvider>
          <Notifications />
          <NavigationProvider value={{ arrival: { tab: 'basics', serial: 0 }, goTo: () => undefined }}>
            <StepCard run={run} card={{ title: 'Contract', steps, ...more }} />
          </NavigationProvider>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('shows the buttons of the one whose turn it is, and clicks the one that was clicked', async () => {
  const user = userEvent.setup();
  show([
    step({ assignee: 'Ada', assignee_id: 'u1', order_number: 1 }),
    step({ assignee: 'Bob', assignee_id: 'u2', order_number: 2, blocked: true, open: false }),
  ]);
  const ada = screen.getByRole('listitem', { name: 'Ada' });
  const bob = screen.getByRole('listitem', { name: 'Bob' });
  expect(within(bob).queryByRole('button', { name: 'Sign' })).not.toBeInTheDocument();
  expect(within(bob).getByText('Waits for its turn')).toBeInTheDocument();
  await user.click(within(ada).getByRole('button', { name: 'Decline' }));
  await waitFor(() => expect(sent).toContainEqual(['click_button', { flow_run: 'r', step: 0, button: 1 }]));
});

it('tells two people of one name apart, and a role from a person', async () => {
  const user = userEvent.setup();
  show([
    step({ assignee: 'Ada', assignee_id: 'u1' }),
    step({ assignee: 'Ada', assignee_id: 'u2' }),
    step({ assignee: 'manager', assignee_id: 'manager', is_role: true }),
  ]);
  const [first, second] = screen.getAllByRole('listitem', { name: 'Ada' });
  expect(within(first as HTMLElement).getByRole('button', { name: 'Sign' })).toBeInTheDocument();
  expect(within(second as HTMLElement).queryByRole('button', { name: 'Sign' })).not.toBeInTheDocument();
  await user.click(within(second as HTMLElement).getByRole('button', { name: 'View as Ada' }));
  await user.click(within(second as HTMLElement).getByRole('button', { name: 'Sign' }));
  await waitFor(() => expect(sent).toContainEqual(['click_button', { flow_run: 'r', step: 1, button: 0 }]));
  const role = screen.getByRole('listitem', { name: 'Role manager' });
  expect(within(role).getByText('Role')).toBeInTheDocument();
});

it('shows what a callback has to carry, and how a decided step ended', () => {
  show([
    step({
      assignee: 'Ada',
      assignee_id: 'u1',
      waiting_for: { type: 'callback', redirect: false, webhook: true },
      token: 'tok-1',
    }),
  ]);
  expect(screen.getByRole('textbox', { name: 'Webhook URL' })).toHaveValue('http://127.0.0.1:1/w');
  expect(screen.queryByRole('textbox', { name: 'Redirect URL' })).not.toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Callback token' })).toHaveValue('tok-1');
});

it('offers no button of a step that is decided or whose function runs', () => {
  const decided = step({ assignee: 'Ada', assignee_id: 'u1', status: 'completed' });
  delete decided.waiting_for;
  show([decided, step({ assignee: 'Bob', assignee_id: 'u2', open: false })]);
  expect(within(screen.getByRole('listitem', { name: 'Ada' })).getByText('Completed')).toBeInTheDocument();
  expect(within(screen.getByRole('listitem', { name: 'Ada' })).queryByRole('button')).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Sign' })).toBeDisabled();
});
