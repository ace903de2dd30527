import { Group, Stack, Text, Title } from '@mantine/core';
import { useRef, type ReactNode } from 'react';

import { useArrival } from '../navigation';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** What the page is for, in a sentence. */
  text?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The content of a tab that is a page of forms. Puts the focus on the field that a link asked for. */
export function Page({ title, text, actions, children }: PageProps) {
  const root = useRef<HTMLDivElement>(null);
  useArrival(root);
  return (
    <div className={classes.scroll} ref={root}>
      <Stack className={classes.column} gap="lg">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md">
          <div>
            <Title order={1}>{title}</Title>
            {text !== undefined && (
              <Text c="dimmed" size="sm" mt={4} maw={620}>
                {text}
              </Text>
            )}
          </div>
          <div style={{ flexShrink: 0 }}>{actions}</div>
        </Group>
        {children}
      </Stack>
    </div>
  );
}

interface SectionProps {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page, with a heading of its own. */
export function Section({ title, text, actions, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md" mb="sm">
        <div>
          <Title order={2} fz="lg">
            {title}
          </Title>
          {text !== undefined && (
            <Text c="dimmed" size="sm" mt={2} maw={620}>
              {text}
            </Text>
          )}
        </div>
        <div style={{ flexShrink: 0 }}>{actions}</div>
      </Group>
      {children}
    </section>
  );
}
