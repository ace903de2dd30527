import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { FindFlowRuns, FlowRunSummary } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { accessibilityProblems } from '../../test-axe';
import { HistoryDialog } from './HistoryDialog';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

/** As in the app's theme. */
const named = { components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } } } };
const PAGE = 2;
let runs: FlowRunSummary[];
let sought: FindFlowRuns[];
let opened: string[];

function run(id: string, more: Partial<FlowRunSummary> = {}): FlowRunSummary {
  return {
    id,
    action_key: 'sign',
    action_title: `Sign ${id}`,
    pinned: false,
    status: 'completed',
    stage: 'run',
    display_id: 'alice@example.test',
    created_at: 1_000,
    updated_at: 9_000,
    ended_at: 3_500,
    ...more,
  };
}

beforeEach(() => {
  runs = [run('e'), run('d', { status: 'failed', action_title: '' }), run('c')];
  sought = [];
  opened = [];
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'find_flow_runs') {
      const request = body as FindFlowRuns;
      sought.push(request);
      const fits = runs.filter(({ status }) => request.status == null || request.status === status);
      const from = fits.findIndex(({ id }) => id === request.before) + 1;
      const page = { runs: fits.slice(from, from + PAGE), more: fits.length > from + PAGE };
      return Promise.resolve((request.text === 'nothing' ? { runs: [], more: false } : page) as never);
    }
    const { flow_run: id, pinned } = body as { flow_run: string; pinned?: boolean };
    if (name === 'pin_flow_run') {
      runs = runs.map((one) => (one.id === id ? { ...one, pinned: pinned === true } : one));
    }
    if (name === 'delete_flow_run') runs = runs.filter((one) => one.id !== id);
    return Promise.resolve({} as never);
  });
});

function show() {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider env="test" theme={named}>
        <Notifications />
        <HistoryDialog
          appId="a"
          actions={[]}
          opened
          onClose={() => undefined}
          onOpen={(id) => opened.push(id)}
        />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

const rows = () => within(screen.getByRole('list', { name: 'Flow runs' })).getAllByRole('listitem');

it('lists runs page by page with status and duration, moves with the keyboard, and opens one', async () => {
  const user = userEvent.setup();
  show();
  const first = await screen.findByRole('button', { name: /^Open Sign e, completed, begun .*, took 2.5 s$/ });
  expect(rows()).toHaveLength(2);
  expect(within(rows()[1] ?? first).getByText('Failed')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show older ones' }));
  const last = await screen.findByRole('button', { name: /^Open Sign c/ });
  expect(sought.map(({ before }) => before)).toEqual([undefined, 'd']);
  expect(screen.queryByRole('button', { name: 'Show older ones' })).not.toBeInTheDocument();
  first.focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(last).toHaveFocus();
  await user.keyboard('{Home}{Enter}');
  expect(opened).toEqual(['e']);
  expect(await accessibilityProblems(document.body)).toEqual([]);
});

it('pins a run, and deletes one after asking', async () => {
  const user = userEvent.setup();
  show();
  const pin = await screen.findByRole('button', { name: /^Pin Sign e/ });
  expect(pin).toHaveAttribute('aria-pressed', 'false');
  await user.click(pin);
  await waitFor(() => expect(pin).toHaveAttribute('aria-pressed', 'true'));
  await user.click(screen.getByRole('button', { name: /^Delete Sign e/ }));
  const asks = await screen.findByRole('dialog', { name: 'Delete this flow run?' });
  await user.click(within(asks).getByRole('button', { name: 'Cancel' }));
  expect(runs).toHaveLength(3);
  await user.click(screen.getByRole('button', { name: /^Delete Sign e/ }));
  await user.click(await screen.findByRole('button', { name: 'Delete flow run' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Open Sign e/ })).not.toBeInTheDocument());
  expect(runs.map(({ id }) => id)).toEqual(['d', 'c']);
});

it('asks for what fits, and says when nothing does', async () => {
  const user = userEvent.setup();
  show();
  await screen.findByRole('button', { name: /^Open Sign e/ });
  await user.click(screen.getByRole('combobox', { name: 'Status' }));
  await user.click(await screen.findByRole('option', { name: 'Failed' }));
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(sought.at(-1)).toEqual({ app: 'a', text: '', status: 'failed' });
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'nothing');
  expect(await screen.findByText('No flow run fits')).toBeVisible();
});

it('says what will be here while there is nothing', async () => {
  runs = [];
  show();
  expect(await screen.findByText('No flow runs yet')).toBeVisible();
});
