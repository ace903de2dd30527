import { Combobox, Text, TextInput, useCombobox, type TextInputProps } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';

import { complete, completions, openVariable, unknownVariables, type TemplateVariable } from './templates';

interface TemplateInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (text: string) => void;
  variables: readonly TemplateVariable[];
}

/** A line of text that may hold `{{variables}}`: offers them after `{{` and names those that have no value there. */
export function TemplateInput({
  value,
  onChange,
  variables,
  error,
  onKeyDown,
  ...input
}: TemplateInputProps) {
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number>();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });

  const open = caret === undefined ? undefined : openVariable(value, caret);
  const offered = open ? completions(variables, open.prefix) : [];
  const unknown = unknownVariables(value, variables);
  const shown = offered.length > 0;

  const follow = () => {
    const at = field.current?.selectionStart ?? undefined;
    setCaret(at);
    const typing = at === undefined ? undefined : openVariable(field.current?.value ?? '', at);
    if (typing && completions(variables, typing.prefix).length > 0) combobox.openDropdown();
    else combobox.closeDropdown();
  };
  const choose = (name: string) => {
    if (!open) return;
    const done = complete(value, open, name);
    onChange(done.text);
    combobox.closeDropdown();
    setCaret(undefined);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(done.caret, done.caret);
    });
  };
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event);
    const first = offered[0];
    if (event.key === 'Tab' && !event.shiftKey && combobox.dropdownOpened && first) {
      event.preventDefault();
      choose(first.name);
    }
  };

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      withinPortal
      position="bottom-start"
      width={300}
      keepMounted={false}
    >
      <Combobox.Target>
        <TextInput
          {...input}
          ref={field}
          value={value}
          title={value}
          error={
            error ??
            (unknown.length > 0 &&
              `No value here for ${unknown.map((name) => `{{${name}}}`).join(', ')}. Type {{ to see what there is.`)
          }
          spellCheck={false}
          autoComplete="off"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            follow();
          }}
          onClick={follow}
          onKeyUp={(event) => {
            if (event.key.startsWith('Arrow') && !event.key.endsWith('Up') && !event.key.endsWith('Down'))
              follow();
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={keyDown}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!shown}>
        <Combobox.Options mah={240} style={{ overflowY: 'auto' }} aria-label="Variables">
          {offered.map((variable) => (
            <Combobox.Option value={variable.name} key={variable.name}>
              <Text size="sm" ff="monospace">
                {`{{${variable.name}${variable.name.endsWith('.') ? 'NAME' : ''}}}`}
              </Text>
              <Text size="xs" c="dimmed">
                {variable.text}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
