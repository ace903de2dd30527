import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import classes from './AuthorizationTab.module.css';

/** One of the steps in which an author sets an authorization up at a provider. */
export function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className={classes.step} aria-label={title}>
      <Title order={2} fz={15}>
        {title}
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        {text}
      </Text>
      {children}
    </li>
  );
}
