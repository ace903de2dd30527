import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { FindHistory, HistoryRow } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { createQueryClient } from '../../shared/queries';
import { accessibilityProblems } from '../../test-axe';
import { HistoryDialog } from './HistoryDialog';
import { PAGE, ROW } from './window';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

/** As in the app's theme. */
const named = { components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } } } };
let entries: HistoryRow[];
let sought: FindHistory[];
let opened: string[];
let notSearchable: number;

function run(seq: number, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    seq,
    kind: 'flow_run',
    id: `run-${seq}`,
    app_id: 'a',
    name: '',
    action_key: 'sign',
    action_title: `Sign ${seq}`,
    functions: ['build'],
    unique_id: 'u-1',
    display_id: 'alice@example.test',
    status: 'completed',
    error: '',
    pinned: false,
    begun_at: 1_000,
    updated_at: 9_000,
    ended_at: 3_500,
    ...more,
  };
}

const fitting = (request: FindHistory) =>
  request.text === 'nothing'
    ? []
    : entries.filter(({ status }) => request.status == null || request.status === status);

beforeEach(() => {
  entries = [
    run(3),
    run(2, { status: 'failed', action_title: '', error: 'No such envelope' }),
    run(1, { kind: 'call', id: 'call-1', action_key: '', action_title: '', functions: ['action'] }),
  ];
  sought = [];
  opened = [];
  notSearchable = 0;
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'find_history') {
      const request = body as FindHistory;
      sought.push(request);
      const fits = fitting(request).filter(({ seq }) => seq < (request.before ?? Infinity));
      const page = { entries: fits.slice(0, PAGE), more: fits.length > PAGE, not_searchable: notSearchable };
      return Promise.resolve(page as never);
    }
    if (name === 'measure_history') {
      const fits = fitting(body as FindHistory);
      const marks = fits.filter((_, index) => (index + 1) % PAGE === 0).map(({ seq }) => seq);
      return Promise.resolve({ total: fits.length, marks } as never);
    }
    if (name === 'read_call') return Promise.reject(new Error('asked for the call'));
    const { entry, ...change } = body as { entry: string; pinned?: boolean; name?: string };
    if (name === 'delete_entry') entries = entries.filter(({ id }) => id !== entry);
    else entries = entries.map((row) => (row.id === entry ? { ...row, ...change } : row));
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

const list = () => screen.getByRole('list', { name: 'History' });
const rows = () => within(list()).getAllByRole('listitem');

it('lists runs and calls with status, duration and error, moves with the keyboard, and opens a run', async () => {
  const user = userEvent.setup();
  show();
  const first = await screen.findByRole('button', { name: /^Open Sign 3, completed, begun .*, took 2.5 s$/ });
  expect(await screen.findByText('3 entries')).toBeVisible();
  expect(rows()).toHaveLength(3);
  expect(within(rows()[1] ?? first).getByText('Failed')).toBeVisible();
  expect(within(rows()[1] ?? first).getByText('No such envelope')).toBeVisible();
  first.focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(screen.getByRole('button', { name: /^Open Call of Action/ })).toHaveFocus();
  await user.keyboard('{Home}{Enter}');
  expect(opened).toEqual(['run-3']);
  expect(await accessibilityProblems(document.body)).toEqual([]);
});

it('opens a call that was made by itself', async () => {
  const user = userEvent.setup();
  show();
  await user.click(await screen.findByRole('button', { name: /^Open Call of Action/ }));
  const shown = await screen.findByRole('dialog', { name: /^Call of Action, / });
  expect(await within(shown).findByText('The call could not be read')).toBeVisible();
  expect(opened).toEqual([]);
});

it('draws and reads only what is in sight of a long list', async () => {
  entries = Array.from({ length: 100_000 }, (_, index) => run(100_000 - index));
  show();
  await screen.findByText('100,000 entries');
  expect(rows().length).toBeLessThan(30);
  expect(list().firstElementChild).toHaveStyle({ height: `${100_000 * ROW}px` });
  list().scrollTop = 70_050 * ROW;
  fireEvent.scroll(list());
  expect(await screen.findByRole('button', { name: /^Open Sign 29950,/ })).toBeVisible();
  expect(rows().length).toBeLessThan(30);
  expect(rows()[0]).toHaveAttribute('aria-setsize', '100000');
  expect(sought.map(({ before }) => before)).toEqual([undefined, 30_001]);
  // The end of the list, by key.
  screen.getByRole('button', { name: /^Open Sign 29950,/ }).focus();
  await userEvent.setup().keyboard('{End}');
  await waitFor(() => expect(screen.getByRole('button', { name: /^Open Sign 1,/ })).toHaveFocus());
});

it('pins, names and deletes an entry', async () => {
  const user = userEvent.setup();
  show();
  const pin = await screen.findByRole('button', { name: /^Pin Sign 3/ });
  expect(pin).toHaveAttribute('aria-pressed', 'false');
  await user.click(pin);
  await waitFor(() => expect(pin).toHaveAttribute('aria-pressed', 'true'));

  await user.click(screen.getByRole('button', { name: /^Rename Sign 3/ }));
  const renames = await screen.findByRole('dialog', { name: 'Rename this entry' });
  await user.type(within(renames).getByRole('textbox', { name: 'Name' }), '  The good one {Enter}');
  await user.click(await screen.findByRole('button', { name: /^Delete The good one/ }));
  expect(entries[0]?.name).toBe('The good one');

  const asks = await screen.findByRole('dialog', { name: 'Delete this flow run?' });
  await user.click(within(asks).getByRole('button', { name: 'Cancel' }));
  expect(entries).toHaveLength(3);
  await user.click(screen.getByRole('button', { name: /^Delete The good one/ }));
  await user.click(await screen.findByRole('button', { name: 'Delete flow run' }));
  await waitFor(() =>
    expect(screen.queryByRole('button', { name: /^Open The good one/ })).not.toBeInTheDocument(),
  );
  expect(entries.map(({ seq }) => seq)).toEqual([2, 1]);
});

it('asks for what fits, and says when nothing does', async () => {
  const user = userEvent.setup();
  notSearchable = 1_200;
  show();
  await screen.findByRole('button', { name: /^Open Sign 3/ });
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
  await user.click(screen.getByRole('combobox', { name: 'Status' }));
  await user.click(await screen.findByRole('option', { name: 'Failed' }));
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(sought.at(-1)).toEqual({ app: 'a', text: '', in_errors: false, status: 'failed' });
  await user.click(screen.getByRole('combobox', { name: 'Look in' }));
  await user.click(await screen.findByRole('option', { name: 'Errors' }));
  await user.type(screen.getByRole('textbox', { name: 'From' }), '2026-03-01');
  await user.tab();
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'nothing');
  expect(await screen.findByText('Nothing fits')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('1,200 entries of an older version');
  expect(sought.at(-1)).toEqual({
    app: 'a',
    text: 'nothing',
    in_errors: true,
    status: 'failed',
    from: new Date(2026, 2, 1).getTime(),
  });
});

it('says what will be here while there is nothing', async () => {
  entries = [];
  show();
  expect(await screen.findByText('Nothing has happened yet')).toBeVisible();
});
