import { Group, Input, Select } from '@mantine/core';
import { DateInput, TimePicker } from '@mantine/dates';
import { useId, useState, type ReactNode } from 'react';

import { joinDateTime, joinTime, localOffset, offsetChoices, splitDateTime, splitTime } from './times';

/** What stands around a field. */
export interface FieldWrapper {
  label: string;
  description: string | undefined;
  required: boolean;
  error: string | undefined;
}

interface FieldProps {
  wrapper: FieldWrapper;
  label: string;
  /** In the contract's format; empty = nothing entered. */
  value: string;
  placeholder?: string | undefined;
  onChange: (value: string) => void;
}

/** A day: RFC 3339 full-date. */
export function DateField({ wrapper, label, value, placeholder, onChange }: FieldProps) {
  return (
    <DateInput
      {...wrapper}
      value={value === '' ? null : value}
      valueFormat="YYYY-MM-DD"
      placeholder={placeholder ?? 'YYYY-MM-DD'}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      size="sm"
      onChange={(date) => onChange(date ?? '')}
    />
  );
}

interface FieldGroupProps {
  wrapper: FieldWrapper;
  wrap: boolean;
  children: ReactNode;
}

/** Fields that make one value together: what is said about it is said about each of them. */
function FieldGroup({ wrapper, wrap, children }: FieldGroupProps) {
  const id = useId();
  const about = [wrapper.description && `${id}-description`, wrapper.error && `${id}-error`].filter(Boolean);
  return (
    <Input.Wrapper {...wrapper} id={id} labelElement="div" errorProps={{ role: 'alert', mt: 5 }}>
      <Group
        role="group"
        aria-labelledby={`${id}-label`}
        aria-describedby={about.length > 0 ? about.join(' ') : undefined}
        gap={6}
        mt={4}
        wrap={wrap ? 'wrap' : 'nowrap'}
        align="flex-start"
      >
        {children}
      </Group>
    </Input.Wrapper>
  );
}

/** A time of day with its offset: RFC 3339 full-time. */
export function TimeField({ wrapper, label, value, onChange }: FieldProps) {
  const parts = splitTime(value);
  const wrong = wrapper.error !== undefined;
  const [chosen, setChosen] = useState(parts.offset);
  const offset = chosen === '' ? localOffset() : chosen;
  const change = (clock: string, to: string) => onChange(joinTime({ clock, offset: to }));
  return (
    <FieldGroup wrapper={wrapper} wrap={false}>
      <Clock label={label} value={parts.clock} wrong={wrong} onChange={(clock) => change(clock, offset)} />
      <Offset
        label={label}
        value={offset}
        onChange={(to) => {
          setChosen(to);
          change(parts.clock, to);
        }}
      />
    </FieldGroup>
  );
}

/** A moment: RFC 3339 date-time. */
export function DateTimeField({ wrapper, label, value, onChange }: FieldProps) {
  const parts = splitDateTime(value);
  const wrong = wrapper.error !== undefined;
  // Until it is chosen, the offset is the one that holds here at that time.
  const [chosen, setChosen] = useState(parts.offset);
  const offset = chosen === '' ? localOffset(parts.date, parts.clock) : chosen;
  const change = (date: string, clock: string) => {
    const to = chosen === '' ? localOffset(date, clock) : chosen;
    onChange(joinDateTime({ date, clock, offset: to }));
  };
  return (
    <FieldGroup wrapper={wrapper} wrap>
      <DateInput
        error={wrong && parts.date === ''}
        aria-label={`${label}: date`}
        value={parts.date === '' ? null : parts.date}
        valueFormat="YYYY-MM-DD"
        placeholder="YYYY-MM-DD"
        clearable
        clearButtonProps={{ 'aria-label': `Clear ${label}: date` }}
        size="sm"
        style={{ flex: 1, minWidth: 130 }}
        onChange={(date) => change(date ?? '', parts.clock)}
      />
      <Clock
        label={label}
        value={parts.clock}
        wrong={wrong && parts.clock === ''}
        onChange={(clock) => change(parts.date, clock)}
      />
      <Offset
        label={label}
        value={offset}
        onChange={(to) => {
          setChosen(to);
          onChange(joinDateTime({ ...parts, offset: to }));
        }}
      />
    </FieldGroup>
  );
}

interface PartProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Clock({ label, value, wrong, onChange }: PartProps & { wrong: boolean }) {
  return (
    <TimePicker
      aria-label={`${label}: time`}
      hoursInputLabel={`${label}: hours`}
      minutesInputLabel={`${label}: minutes`}
      secondsInputLabel={`${label}: seconds`}
      error={wrong}
      withSeconds
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}: time` }}
      size="sm"
      // A fraction of a second, which the picker does not know, stays until the time is changed.
      value={value.slice(0, 8)}
      style={{ minWidth: 128 }}
      onChange={onChange}
    />
  );
}

function Offset({ label, value, onChange }: PartProps) {
  return (
    <Select
      aria-label={`${label}: offset from UTC`}
      data={offsetChoices(value, localOffset())}
      value={value}
      searchable
      w={142}
      style={{ flexShrink: 0 }}
      onChange={(to) => onChange(to ?? 'Z')}
    />
  );
}
