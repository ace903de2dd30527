import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { FormProblem, FormView } from '../../../generated/api';
import { invoke } from '../../../platform/invoke';
import { createQueryClient } from '../../../shared/queries';
import { accessibilityProblems } from '../../../test-axe';
import { FormCard } from './FormCard';
import type { Values } from './values';

vi.mock('../../../platform/invoke', () => ({ invoke: vi.fn() }));

const options = [
  { label: 'One', value: '1' },
  { label: 'Two', value: '2' },
];
const TEN = [
  { type: 'heading', props: { title: 'About you', description: 'Why we ask.' } },
  { type: 'string', key: 's', label: 'Name', tip: 'As in the contract' },
  { type: 'text', key: 't', label: 'Remarks', required: false },
  { type: 'number', key: 'n', label: 'Copies', default: '3' },
  { type: 'date', key: 'd', label: 'Day', default: '2026-02-28' },
  { type: 'time', key: 'i', label: 'Hour', tip: 'With its offset' },
  { type: 'date-time', key: 'm', label: 'Moment', default: '2026-02-28T14:30:00Z' },
  { type: 'select', key: 'c', label: 'Choice', default: '2', props: { options } },
  { type: 'multi-select', key: 'l', label: 'Choices', default: ['1'], props: { options } },
  { type: 'file', key: 'f', label: 'Attachment', required: false },
];

let serial = 0;

function show(
  inputs: unknown[],
  onSubmit: (values: Values) => Promise<FormProblem[] | undefined> = () => Promise.resolve(undefined),
  more: Partial<FormView> = {},
) {
  serial += 1;
  const form: FormView = {
    index: 0,
    inputs,
    no_more_forms: false,
    values: {},
    submitted: false,
    problems: [],
    ...more,
  };
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <Notifications />
        <FormCard id={`form-${serial}`} form={form} caller="Build" onSubmit={onSubmit} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('draws all ten inputs with their labels, tips and defaults', () => {
  show(TEN);
  const form = screen.getByRole('form', { name: 'Form' });
  expect(within(form).getByText('About you')).toBeInTheDocument();
  expect(within(form).getByText('Why we ask.')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveAccessibleDescription('As in the contract');
  expect(screen.getByRole('textbox', { name: /^Remarks/ })).not.toBeRequired();
  expect(screen.getByRole('textbox', { name: /^Copies/ })).toHaveValue('3');
  expect(screen.getByRole('textbox', { name: /^Day/ })).toHaveValue('2026-02-28');
  const hour = screen.getByRole('group', { name: /^Hour/ });
  expect(hour).toHaveAccessibleDescription('With its offset');
  expect(within(hour).getByLabelText('Hour: hours')).toHaveValue('');
  const moment = screen.getByRole('group', { name: /^Moment/ });
  expect(within(moment).getByRole('textbox', { name: 'Moment: date' })).toHaveValue('2026-02-28');
  expect(within(moment).getByLabelText('Moment: minutes')).toHaveValue('30');
  expect(screen.getByRole('combobox', { name: /^Choice\b/ })).toHaveValue('Two');
  expect(within(form).getByText('One')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Attachment: choose files' })).toBeInTheDocument();
});

it('has names and roles that a screen reader can follow, also with errors', async () => {
  show(TEN);
  const form = screen.getByRole('form', { name: 'Form' });
  expect(await accessibilityProblems(form)).toEqual([]);
  await userEvent.click(within(form).getByRole('button', { name: 'Next' }));
  expect(await accessibilityProblems(form)).toEqual([]);
});

it('says what is missing where it is missing, puts the focus there, and sends what was entered', async () => {
  const user = userEvent.setup();
  const sent: Values[] = [];
  show(TEN, (values) => {
    sent.push(values);
    return Promise.resolve(undefined);
  });
  const next = screen.getByRole('button', { name: 'Next' });
  await user.click(next);
  const name = screen.getByRole('textbox', { name: /^Name/ });
  expect(name).toHaveFocus();
  expect(name).toBeInvalid();
  expect(name).toHaveAccessibleDescription(/Please fill this in/);
  const hour = screen.getByRole('group', { name: /^Hour/ });
  expect(hour).toHaveAccessibleDescription('With its offset Please fill this in');
  expect(sent).toEqual([]);

  await user.type(name, 'Jo');
  expect(name).not.toBeInvalid();
  await user.type(within(hour).getByLabelText('Hour: hours'), '091500');
  await user.clear(screen.getByRole('textbox', { name: /^Copies/ }));
  await user.type(screen.getByRole('textbox', { name: /^Copies/ }), 'four');
  await user.click(next);
  expect(screen.getByRole('textbox', { name: /^Copies/ })).toHaveAccessibleDescription(/Expected a number/);
  await user.clear(screen.getByRole('textbox', { name: /^Copies/ }));
  await user.type(screen.getByRole('textbox', { name: /^Copies/ }), '4.50');
  await user.click(next);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    s: 'Jo',
    n: '4.50',
    d: '2026-02-28',
    m: '2026-02-28T14:30:00Z',
    c: '2',
    l: ['1'],
  });
  expect(sent[0]?.i).toMatch(/^09:15:00(Z|[+-]\d\d:\d\d)$/);
  expect(sent[0]).not.toHaveProperty('t');
  expect(sent[0]).not.toHaveProperty('f');
});

it('shows at its input what the program refused', async () => {
  const user = userEvent.setup();
  show([{ type: 'string', key: 's', label: 'Name' }], () =>
    Promise.resolve([{ key: 's', message: 'This name is taken' }]),
  );
  await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'Jo');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('This name is taken')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveFocus();
});

it('uploads a file and sends where it can be fetched; ends with Done where no form follows', async () => {
  const user = userEvent.setup();
  vi.mocked(invoke).mockImplementation((name, body) => {
    expect(name).toBe('upload_file');
    expect(body).toEqual({ name: 'a.txt', mime_type: 'text/plain', base64: 'aGk=' });
    return Promise.resolve({ name: 'a.txt', url: 'http://127.0.0.1:1/a', size_bytes: 2 } as never);
  });
  const sent: Values[] = [];
  show(
    [{ type: 'file', key: 'f', label: 'Attachment' }],
    (values) => {
      sent.push(values);
      return Promise.resolve(undefined);
    },
    { no_more_forms: true },
  );
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.getByText('Please fill this in')).toBeInTheDocument();
  const choose = document.querySelector<HTMLInputElement>('input[type=file]');
  await user.upload(choose as HTMLInputElement, new File(['hi'], 'a.txt', { type: 'text/plain' }));
  expect(await screen.findByText('a.txt')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() =>
    expect(sent).toEqual([
      { f: { '@moxo.file': { files: [{ name: 'a.txt', url: 'http://127.0.0.1:1/a' }] } } },
    ]),
  );
});
