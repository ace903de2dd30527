import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

import type { Theme } from '../../generated/api';
import { useTheme } from '../theme';

const CHOICES: readonly { theme: Theme; label: string; icon: typeof IconSun }[] = [
  { theme: 'system', label: 'As the system', icon: IconDeviceDesktop },
  { theme: 'light', label: 'Light', icon: IconSun },
  { theme: 'dark', label: 'Dark', icon: IconMoon },
];

/** The theme switch of the headers. */
export function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  const current = CHOICES.find((choice) => choice.theme === theme);
  const Icon = current?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label="Theme" position="bottom">
          <ActionIcon size="lg" aria-label={`Theme: ${current?.label ?? theme}`}>
            <Icon size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map((choice) => (
          <Menu.Item
            key={choice.theme}
            leftSection={<choice.icon size={16} aria-hidden />}
            rightSection={choice.theme === theme ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setTheme(choice.theme)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
