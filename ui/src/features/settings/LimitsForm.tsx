import { Button, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { Settings } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { notifyDone } from '../../shared/notify';
import { keys } from '../../shared/queries';
import { FIELDS, fromLimits, toLimits, type Shown } from './limits';

/** The limits in the units that people think in. */
export function LimitsForm({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const form = useForm<Shown>({
    initialValues: fromLimits(settings.limits),
    validate: Object.fromEntries(
      FIELDS.map(({ name, min, max }) => [
        name,
        (value: number | string) =>
          typeof value === 'number' && value >= min && value <= max ? null : `From ${min} to ${max}.`,
      ]),
    ),
  });
  const save = useMutation({
    mutationFn: (shown: Shown) =>
      commands.saveSettings({ ...settings, limits: toLimits(settings.limits, shown) }),
    onSuccess: (view) => {
      client.setQueryData(keys.settings, view);
      form.resetDirty();
      notifyDone('Limits saved');
    },
  });

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
          {FIELDS.map(({ name, label, unit, min, max }) => (
            <NumberInput
              key={name}
              label={label}
              suffix={unit === '' ? '' : ` ${unit}`}
              min={min}
              max={max}
              clampBehavior="none"
              allowDecimal={false}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        {save.error && <ErrorAlert title="The limits could not be saved" error={save.error} />}
        <Group>
          <Button
            type="submit"
            size="xs"
            variant="default"
            disabled={!form.isDirty()}
            loading={save.isPending}
          >
            Save limits
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
