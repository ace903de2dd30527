import { Group, Input, Select } from '@mantine/core';
import { DateInput, TimePicker } from '@mantine/dates';
import { useState } from 'react';

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
export function DateField({ wrapper, value, placeholder, onChange }: FieldProps) {
  return (
    <DateInput
      {...wrapper}
      value={value === '' ? null : value}
      valueFormat="YYYY-MM-DD"
      placeholder={placeholder ?? 'YYYY-MM-DD'}
      clearable
      size="sm"
      onChange={(date) => onChange(date ?? '')}
    />
  );
}

/** A time of day with its offset: RFC 3339 full-time. */
export function TimeField({ wrapper, label, value, onChange }: FieldProps) {
  const parts = splitTime(value);
  const [chosen, setChosen] = useState(parts.offset);
  const offset = chosen === '' ? localOffset() : chosen;
  const change = (clock: string, to: string) => onChange(joinTime({ clock, offset: to }));
  return (
    <Input.Wrapper {...wrapper} labelElement="div">
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Clock label={label} value={parts.clock} onChange={(clock) => change(clock, offset)} />
        <Offset
          label={label}
          value={offset}
          onChange={(to) => {
            setChosen(to);
            change(parts.clock, to);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}

/** A moment: RFC 3339 date-time. */
export function DateTimeField({ wrapper, label, value, onChange }: FieldProps) {
  const parts = splitDateTime(value);
  // Until it is chosen, the offset is the one that holds here at that time.
  const [chosen, setChosen] = useState(parts.offset);
  const offset = chosen === '' ? localOffset(parts.date, parts.clock) : chosen;
  const change = (date: string, clock: string) => {
    const to = chosen === '' ? localOffset(date, clock) : chosen;
    onChange(joinDateTime({ date, clock, offset: to }));
  };
  return (
    <Input.Wrapper {...wrapper} labelElement="div">
      <Group gap={6} align="flex-start">
        <DateInput
          aria-label={`${label}: date`}
          value={parts.date === '' ? null : parts.date}
          valueFormat="YYYY-MM-DD"
          placeholder="YYYY-MM-DD"
          clearable
          size="sm"
          style={{ flex: 1, minWidth: 130 }}
          onChange={(date) => change(date ?? '', parts.clock)}
        />
        <Clock label={label} value={parts.clock} onChange={(clock) => change(parts.date, clock)} />
        <Offset
          label={label}
          value={offset}
          onChange={(to) => {
            setChosen(to);
            onChange(joinDateTime({ ...parts, offset: to }));
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}

interface PartProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Clock({ label, value, onChange }: PartProps) {
  return (
    <TimePicker
      aria-label={`${label}: time`}
      hoursInputLabel={`${label}: hours`}
      minutesInputLabel={`${label}: minutes`}
      secondsInputLabel={`${label}: seconds`}
      withSeconds
      clearable
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
