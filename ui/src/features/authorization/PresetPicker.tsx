import { Alert, Modal, Skeleton, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';

import { commands } from '../../generated/api';
import type { Authentication, Preset } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { PresetDetails } from './PresetDetails';
import classes from './PresetPicker.module.css';
import { found } from './presets';

interface PresetPickerProps {
  opened: boolean;
  onClose: () => void;
  authentication: Authentication;
  onApply: (preset: Preset, next: Authentication) => void;
}

/** The well-known providers, to search and to choose from. */
export function PresetPicker({ opened, onClose, ...chooser }: PresetPickerProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Presets"
      size={820}
      closeButtonProps={{ 'aria-label': 'Close the presets' }}
    >
      <Chooser {...chooser} />
    </Modal>
  );
}

function Chooser({ authentication, onApply }: Pick<PresetPickerProps, 'authentication' | 'onApply'>) {
  const { data, error } = useQuery({
    queryKey: ['authentication_presets'],
    queryFn: () => commands.authenticationPresets(),
    staleTime: Infinity,
  });
  const list = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  if (error) return <ErrorAlert title="The presets could not be read" error={error} />;
  if (!data) return <Skeleton height={320} aria-label="Reading the presets" />;
  const fitting = found(data, typed);
  const preset = fitting.find(({ name }) => name === chosen) ?? fitting[0];
  const at = preset ? fitting.indexOf(preset) : -1;
  const optionId = (name: string) => `${list}-${name}`;

  const move = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = fitting[Math.min(fitting.length - 1, Math.max(0, at + by))];
    if (by === 0 || !next) return;
    event.preventDefault();
    setChosen(next.name);
    document.getElementById(optionId(next.name))?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <div className={classes.picker}>
      <div className={classes.left}>
        <TextInput
          data-autofocus
          role="combobox"
          aria-label="Search presets"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={preset ? optionId(preset.name) : undefined}
          placeholder={data.length === 1 ? 'Search' : `Search ${String(data.length)} providers`}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(undefined);
          }}
          onKeyDown={move}
        />
        <div className={classes.list} role="listbox" id={list} aria-label="Providers">
          {fitting.map((one) => (
            <div
              key={one.name}
              id={optionId(one.name)}
              role="option"
              aria-selected={one === preset}
              className={classes.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setChosen(one.name)}
            >
              <Text size="sm" truncate>
                {one.title}
              </Text>
              <Text size="xs" c="dimmed">
                {one.authentication.oauth1 ? 'OAuth1' : one.pkce ? 'OAuth2 · PKCE' : 'OAuth2'}
              </Text>
            </div>
          ))}
        </div>
      </div>
      <div className={classes.right}>
        {preset ? (
          <PresetDetails
            key={preset.name}
            preset={preset}
            authentication={authentication}
            onApply={(next) => onApply(preset, next)}
          />
        ) : (
          <Alert color="gray" title="No provider of that name" role="status">
            Close this and enter the provider’s endpoints by hand: its documentation names them.
          </Alert>
        )}
      </div>
    </div>
  );
}
