import { Group, Select, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconSearch } from '@tabler/icons-react';

import type { Action, FunctionKind, HistoryKind } from '../../generated/api';
import { TABS } from '../../shared/tabs';
import type { Sought } from './entries';
import classes from './history.module.css';

interface HistoryFiltersProps {
  actions: readonly Action[];
  sought: Sought;
  onChange: (change: Partial<Sought>) => void;
}

const KINDS: { value: HistoryKind; label: string }[] = [
  { value: 'flow_run', label: 'Flow runs' },
  { value: 'call', label: 'Single calls' },
];

const STATUSES = [
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'completed', label: 'Completed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'failed', label: 'Failed' },
];

const FUNCTIONS: { value: FunctionKind; label: string }[] = TABS.flatMap(({ kind, label }) =>
  kind === undefined ? [] : [{ value: kind, label: label.replace(' Function', '') }],
);

/** The fields that say what is looked for. */
export function HistoryFilters({ actions, sought, onChange }: HistoryFiltersProps) {
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label="Search"
          placeholder="Any text of a run or call, name, account or id"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={sought.text}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
          style={{ flex: 1, minWidth: 160 }}
          data-autofocus
        />
        <Select
          label="Look in"
          data={[
            { value: 'all', label: 'Everything' },
            { value: 'errors', label: 'Errors' },
          ]}
          allowDeselect={false}
          value={sought.inErrors ? 'errors' : 'all'}
          onChange={(value) => onChange({ inErrors: value === 'errors' })}
          w={130}
        />
      </Group>
      <div className={classes.filters}>
        <Choice
          label="Kind"
          data={KINDS}
          value={sought.kind}
          onChange={(kind) => onChange({ kind: kind as HistoryKind | null })}
        />
        <Choice
          label="Action"
          data={actions.map(({ key, title }) => ({ value: key, label: title === '' ? key : title }))}
          value={sought.actionKey}
          onChange={(actionKey) => onChange({ actionKey })}
        />
        <Choice
          label="Function"
          data={FUNCTIONS}
          value={sought.functionKind}
          onChange={(kind) => onChange({ functionKind: kind as FunctionKind | null })}
        />
        <Choice
          label="Status"
          data={STATUSES}
          value={sought.status}
          onChange={(status) => onChange({ status })}
        />
        <Day label="From" value={sought.from} onChange={(from) => onChange({ from })} />
        <Day label="To" value={sought.to} onChange={(to) => onChange({ to })} />
      </div>
    </>
  );
}

interface ChoiceProps {
  label: string;
  data: { value: string; label: string }[];
  value: string | null;
  onChange: (value: string | null) => void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      label={label}
      size="xs"
      placeholder="Any"
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      data={data}
      value={value}
      onChange={onChange}
    />
  );
}

function Day({ label, value, onChange }: Omit<ChoiceProps, 'data'>) {
  return (
    <DateInput
      label={label}
      size="xs"
      placeholder="Any day"
      valueFormat="YYYY-MM-DD"
      clearable
      clearButtonProps={{ 'aria-label': `${label} any day` }}
      value={value}
      onChange={onChange}
    />
  );
}
