import { MultiSelect, Pill, Select, Text, Textarea, TextInput } from '@mantine/core';

import { DateField, DateTimeField, TimeField } from './DateTimeFields';
import { FileField } from './FileField';
import type { FormInput } from './inputs';
import { defaultMistake } from './values';
import classes from '../preview.module.css';

interface InputFieldProps {
  input: FormInput;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

/** One line of a form, drawn by its type (contract chapter 7). */
export function InputField({ input, value, error, onChange }: InputFieldProps) {
  const wrong = defaultMistake(input);
  const mistakes = wrong === undefined ? input.mistakes : [...input.mistakes, wrong];
  return (
    <div data-input={input.key === '' ? undefined : input.key}>
      <Field input={input} value={value} error={error} onChange={onChange} />
      {mistakes.map((mistake) => (
        <Text key={mistake} className={classes.mistake} role="note">
          {mistake}
        </Text>
      ))}
    </div>
  );
}

function Field({ input, value, error, onChange }: InputFieldProps) {
  const text = typeof value === 'string' ? value : '';
  const label = input.label === '' ? 'Without a label' : input.label;
  const wrapper = { label, description: input.tip, required: input.required, error };
  const shared = { ...wrapper, placeholder: input.placeholder };
  switch (input.type) {
    case 'heading':
      return <HeadingText input={input} />;
    case 'string':
      return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'number':
      // Text, as the contract has it: nothing that is typed is changed or rounded.
      return (
        <TextInput
          {...shared}
          value={text}
          inputMode="decimal"
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value.trim())}
        />
      );
    case 'text':
      return (
        <Textarea
          {...shared}
          value={text}
          minRows={3}
          maxRows={12}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'date':
      return (
        <DateField
          wrapper={wrapper}
          label={label}
          placeholder={input.placeholder}
          value={text}
          onChange={onChange}
        />
      );
    case 'time':
      return <TimeField wrapper={wrapper} label={label} value={text} onChange={onChange} />;
    case 'date-time':
      return <DateTimeField wrapper={wrapper} label={label} value={text} onChange={onChange} />;
    case 'select':
      return (
        <Select
          {...shared}
          placeholder={input.placeholder ?? 'Choose'}
          data={input.options}
          value={text === '' ? null : text}
          allowDeselect={!input.required}
          clearable={!input.required}
          clearButtonProps={{ 'aria-label': `Clear ${label}` }}
          searchable={input.options.length > 8}
          nothingFoundMessage="No option of that name"
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'multi-select':
      return (
        <MultiSelect
          {...shared}
          // Without one, a list of nothing would look like an empty box, and not take the focus.
          placeholder={Array.isArray(value) && value.length > 0 ? undefined : (input.placeholder ?? 'Choose')}
          size="sm"
          data={input.options}
          renderPill={({ option, onRemove }) => (
            <Pill
              withRemoveButton
              onRemove={onRemove}
              removeButtonProps={{ 'aria-label': `Remove ${option.label}` }}
            >
              {option.label}
            </Pill>
          )}
          value={Array.isArray(value) ? value.map(String) : []}
          searchable={input.options.length > 8}
          nothingFoundMessage="No option of that name"
          onChange={onChange}
        />
      );
    case 'file':
      return <FileField wrapper={wrapper} label={label} value={value} onChange={onChange} />;
  }
}

function HeadingText({ input }: { input: FormInput }) {
  return (
    <div className={classes.heading}>
      {input.title !== undefined && (
        <Text fw={600} size="sm" role="heading" aria-level={4}>
          {input.title}
        </Text>
      )}
      {input.description !== undefined && (
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap' }}>
          {input.description}
        </Text>
      )}
      {input.title === undefined && input.description === undefined && (
        <Text className={classes.mistake} role="note">
          The heading has neither props.title nor props.description.
        </Text>
      )}
    </div>
  );
}
