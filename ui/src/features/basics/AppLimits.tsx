import { Button, Collapse, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';

import { commands } from '../../generated/api';
import type { AppLimits as Own, AppLimitsView, Limits } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { LimitFields } from '../../shared/limits/LimitFields';
import { FIELDS, entered, problem, summary, toLimits } from '../../shared/limits/limits';
import { useNavigation } from '../../shared/navigation';
import { notifyFailed } from '../../shared/notify';
import { keys, useAppLimits } from '../../shared/queries';
import classes from './AppLimits.module.css';

/** What calls of this app may use on this machine; folded until someone looks for it. */
export function AppLimits({ app }: { app: string }) {
  const { data, error } = useAppLimits(app);
  const { arrival } = useNavigation();
  const asked = arrival.tab === 'basics' && arrival.field === 'limits' ? arrival.serial : undefined;
  const [open, setOpen] = useState(false);
  const [answered, setAnswered] = useState<number>();
  // A link that leads here unfolds it, once.
  if (asked !== answered) {
    setAnswered(asked);
    if (asked !== undefined) setOpen(true);
  }
  const id = useId();
  const own = data ? summary(data.limits) : '';
  return (
    <div className={classes.panel} data-field="limits">
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen((now) => !now)}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} data-open={open || undefined} />
        <Text size="sm" fw={500} style={{ flexShrink: 0 }}>
          Limits for this app
        </Text>
        <Text size="sm" c="dimmed" truncate style={{ minWidth: 0 }} title={own}>
          {data && (own === '' ? 'as the program’s' : own)}
        </Text>
      </UnstyledButton>
      <Collapse expanded={open} id={id}>
        <Stack gap="sm" p={12} pt={4}>
          <Text size="sm" c="dimmed">
            What a call of one of its functions may use on this machine. They are not part of the app: nothing
            of them is published. An empty field follows the settings.
          </Text>
          {error && <ErrorAlert title="The limits could not be read" error={error} />}
          {!data && !error && <Skeleton height={120} aria-label="Reading the limits" />}
          {data && <OwnLimits app={app} view={data} />}
        </Stack>
      </Collapse>
    </div>
  );
}

/** The fields. They save by themselves: when a field is left, on Enter, and when the tab is. */
function OwnLimits({ app, view }: { app: string; view: AppLimitsView }) {
  const client = useQueryClient();
  const [values, setValues] = useState(() => entered(view.limits));
  /** What the program has, or is about to have. */
  const sent = useRef(view.limits);
  const save = useMutation({
    mutationFn: (limits: Own) => commands.setAppLimits({ app, limits }),
    // One after the other: the last that was entered is the one that stays.
    scope: { id: `app_limits ${app}` },
    onSuccess: (next) => client.setQueryData(keys.appLimits(app), next),
    onError: (error) => {
      // What was entered stays, and is sent again with the next field that is left.
      sent.current = view.limits;
      notifyFailed('The limits for this app could not be saved', error);
    },
  });
  const problems = new Map<keyof Limits, string>();
  for (const field of FIELDS) {
    const value = values[field.name];
    const found = value === '' ? undefined : problem(field, value);
    if (found !== undefined) problems.set(field.name, found);
  }
  const own = FIELDS.some(({ name }) => values[name] !== '');

  const commit = (next: typeof values) => {
    const wrong = FIELDS.some((field) => {
      const value = next[field.name];
      return value !== '' && problem(field, value) !== undefined;
    });
    if (wrong) return;
    const limits = toLimits(sent.current, next);
    if (FIELDS.every(({ name }) => limits[name] === sent.current[name])) return;
    sent.current = limits;
    save.mutate(limits);
  };
  const latest = useRef(() => commit(values));
  useEffect(() => {
    latest.current = () => commit(values);
  });
  useEffect(() => () => latest.current(), []);

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        commit(values);
      }}
      onBlur={() => commit(values)}
    >
      <Stack gap="sm">
        <LimitFields
          program={view.program}
          input={(name) => ({
            value: values[name],
            error: problems.get(name),
            onChange: (value) => setValues((now) => ({ ...now, [name]: value })),
          })}
        />
        <Group>
          {/* Without a button of this kind Enter would not submit a form of several fields. */}
          <Button
            type="submit"
            size="xs"
            variant="default"
            loading={save.isPending}
            disabled={problems.size > 0}
          >
            Save limits
          </Button>
          <Button
            size="xs"
            variant="subtle"
            disabled={!own}
            onClick={() => {
              const none = entered({});
              setValues(none);
              commit(none);
            }}
          >
            All back to the program’s
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
