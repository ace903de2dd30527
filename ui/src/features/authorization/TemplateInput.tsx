import { Popover, Text, TextInput, type TextInputProps } from '@mantine/core';
import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';

import type { TemplateVariable } from '../../generated/api';
import { fitting, type Suggestion } from './suggestions';
import { complete, completions, openVariable } from './templates';
import classes from './TemplateInput.module.css';

interface TemplateInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'onKeyDown' | 'onPaste'> {
  value: string;
  onChange: (text: string) => void;
  /** What `{{` offers; none = no template. */
  variables?: readonly TemplateVariable[];
  /** What is usual here; offered while it is typed, and by the arrow down. */
  usual?: readonly Suggestion[];
  /** Keys that do not belong to an open list. */
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
}

interface Option {
  /** What is shown. */
  text: string;
  hint?: string | undefined;
  /** What is typed by it, and where the caret goes. */
  result: { text: string; caret: number };
}

const NONE: readonly never[] = [];

/**
 * A line of text with completion (ARIA's editable combobox with a list): of `{{variables}}` after `{{`, and of what is usual in
 * its place. Arrows choose, Enter or Tab take, Escape closes.
 */
export function TemplateInput({
  value,
  onChange,
  variables = NONE,
  usual = NONE,
  onKeyDown,
  onBlur,
  onPaste,
  ...input
}: TemplateInputProps) {
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const [caret, setCaret] = useState<number>();
  const [opened, setOpened] = useState(false);
  const [marked, setMarked] = useState(-1);

  const open = caret === undefined ? undefined : openVariable(value, caret);
  const options: Option[] = open
    ? completions(variables, open.prefix).map((variable) => ({
        text: `{{${variable.name}}}`,
        hint: variable.text,
        result: complete(value, open, variable.name),
      }))
    : fitting(usual, value).map(({ text, hint }) => ({ text, hint, result: { text, caret: text.length } }));
  const shown = opened && options.length > 0;
  const at = Math.min(marked, options.length - 1);
  const optionId = (index: number) => `${list}-${index}`;

  const close = () => {
    setOpened(false);
    setMarked(-1);
  };
  /** After the caret moved or the text changed. An unfinished variable means one: the best is marked at once. */
  const follow = (typed: boolean) => {
    const input = field.current;
    const position = input?.selectionStart ?? undefined;
    setCaret(position);
    const variable = position === undefined ? undefined : openVariable(input?.value ?? '', position);
    if (variable) {
      setOpened(true);
      setMarked(0);
    } else if (typed) {
      setOpened(input?.value !== '');
      setMarked(-1);
    } else {
      close();
    }
  };
  const take = (option: Option) => {
    onChange(option.result.text);
    close();
    setCaret(undefined);
    field.current?.focus();
    requestAnimationFrame(() => {
      // Who types fast is in the next field by now, and stays there.
      if (document.activeElement !== field.current) return;
      field.current?.setSelectionRange(option.result.caret, option.result.caret);
    });
  };
  const mark = (index: number) => {
    const wrapped = (index + options.length) % options.length;
    setMarked(wrapped);
    document.getElementById(optionId(wrapped))?.scrollIntoView({ block: 'nearest' });
  };
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const chosen = shown ? options[at] : undefined;
    if (plain && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length > 0) {
      event.preventDefault();
      const down = event.key === 'ArrowDown';
      if (shown) {
        mark(at < 0 && !down ? options.length - 1 : at + (down ? 1 : -1));
      } else {
        setOpened(true);
        setMarked(down ? 0 : options.length - 1);
      }
    } else if (plain && chosen && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))) {
      event.preventDefault();
      take(chosen);
    } else if (shown && event.key === 'Escape') {
      // The list is what is closed, not what stands around the field.
      event.preventDefault();
      event.stopPropagation();
      close();
    } else {
      onKeyDown?.(event);
    }
  };

  return (
    <Popover
      opened={shown}
      onChange={(now) => !now && close()}
      position="bottom-start"
      width={340}
      withRoles={false}
      closeOnEscape={false}
      returnFocus={false}
      offset={4}
      shadow="md"
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <TextInput
          {...input}
          ref={field}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-haspopup="listbox"
          aria-controls={shown ? list : undefined}
          aria-activedescendant={shown && at >= 0 ? optionId(at) : undefined}
          value={value}
          title={value}
          spellCheck={false}
          autoComplete="off"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            follow(true);
          }}
          onClick={() => follow(false)}
          onKeyUp={(event) => {
            if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) follow(false);
          }}
          onBlur={(event) => {
            close();
            onBlur?.(event);
          }}
          onPaste={onPaste}
          onKeyDown={keyDown}
        />
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <div
          role="listbox"
          id={list}
          className={classes.list}
          aria-label={open ? 'Variables' : 'Suggestions'}
        >
          {options.map((option, index) => (
            // The keyboard is served by the field: focus stays there, as ARIA's combobox has it.
            <div
              key={option.text}
              id={optionId(index)}
              role="option"
              aria-selected={index === at}
              className={classes.option}
              data-marked={index === at || undefined}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => {
                if (index !== at) setMarked(index);
              }}
              onClick={() => take(option)}
            >
              <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                {option.text}
              </Text>
              {option.hint !== undefined && (
                <Text size="xs" c="dimmed">
                  {option.hint}
                </Text>
              )}
            </div>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
