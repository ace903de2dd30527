import '@mantine/core/styles.css';

import { MantineProvider } from '@mantine/core';

export function Root() {
  return <MantineProvider defaultColorScheme="auto">Stepsmith</MantineProvider>;
}
