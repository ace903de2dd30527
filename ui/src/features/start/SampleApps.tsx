import { Loader, Text, UnstyledButton } from '@mantine/core';

import { commands } from '../../generated/api';
import type { AppView, SampleApp } from '../../generated/api';
import { AppLogo } from '../../shared/components/AppLogo';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import classes from './StartScreen.module.css';
import { useOpening } from './useOpening';

interface SampleAppsProps {
  samples: readonly SampleApp[];
  onOpen: (view: AppView) => void;
}

/** A card for each app that comes with Stepsmith. */
export function SampleApps({ samples, onOpen }: SampleAppsProps) {
  const opening = useOpening(commands.openSample, onOpen);
  if (samples.length === 0) {
    return (
      <Text c="dimmed" size="sm">
        No samples came with this build: its folder sample-apps is missing.
      </Text>
    );
  }
  return (
    <>
      {samples.map((sample) => (
        <UnstyledButton
          key={sample.name}
          className={classes.card}
          aria-label={`Open the sample ${sample.title}`}
          aria-describedby={`sample-${sample.name}`}
          disabled={opening.isPending}
          onClick={() => opening.mutate({ name: sample.name })}
        >
          <AppLogo name={sample.title} src={sample.logo} size={40} />
          <div className={classes.names}>
            <Text fw={600} truncate title={sample.title}>
              {sample.title}
            </Text>
            <Text id={`sample-${sample.name}`} c="dimmed" size="sm" mt={2}>
              {sample.description}
            </Text>
          </div>
          {opening.isPending && opening.variables.name === sample.name && <Loader size="xs" />}
        </UnstyledButton>
      ))}
      {opening.error && <ErrorAlert title="The sample could not be opened" error={opening.error} />}
    </>
  );
}
