import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { commands } from '../generated/api';
import type { SettingsView, Theme } from '../generated/api';
import { notifyFailed } from './notify';
import { keys, useSettings } from './queries';

/** The chosen theme, and the way to choose another. */
export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  const { data } = useSettings();
  const client = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const theme = data?.settings.theme ?? (colorScheme === 'auto' ? 'system' : colorScheme);

  const setTheme = (chosen: Theme) => {
    setColorScheme(chosen === 'system' ? 'auto' : chosen);
    if (!data) return;
    const settings = { ...data.settings, theme: chosen };
    client.setQueryData<SettingsView>(keys.settings, { ...data, settings });
    commands
      .saveSettings(settings)
      .catch((cause: unknown) => notifyFailed('The theme could not be saved', cause))
      .finally(() => void client.invalidateQueries({ queryKey: keys.settings }));
  };
  return { theme, setTheme };
}

/** Makes the window follow the chosen theme; used once, at the root. */
export function useFollowTheme(): void {
  const { data } = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  const theme = data?.settings.theme;
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme);
    // `setColorScheme` is a new function on every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [theme]);
}
