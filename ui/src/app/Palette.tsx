import { Group, Kbd } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconCloudUpload,
  IconDeviceFloppy,
  IconLayoutList,
  IconLayoutSidebarRight,
  IconMoon,
  IconPlayerPlay,
  IconSearch,
  IconHistory,
  IconSettings,
} from '@tabler/icons-react';

import { useDefinition } from '../shared/draft/DraftContext';
import { useNavigation } from '../shared/navigation';
import { TABS } from '../shared/tabs';
import { useTheme } from '../shared/theme';
import classes from './Palette.module.css';
import { TabIcon } from './TabIcon';

interface PaletteProps {
  onSave: () => void;
  onRun: () => void;
  onPreview: () => void;
  onProblems: () => void;
  onHistory: () => void;
  onPublish: () => void;
  onSettings: () => void;
  onBack: () => void;
}

const icon = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;

/** The command palette (Ctrl+K, Ctrl+P): every tab, action and command by name. */
export function Palette({
  onSave,
  onRun,
  onPreview,
  onProblems,
  onHistory,
  onPublish,
  onSettings,
  onBack,
}: PaletteProps) {
  const { goTo } = useNavigation();
  const { setTheme } = useTheme();
  const { actions } = useDefinition();

  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Go to',
      actions: [
        ...TABS.map((tab, index) => ({
          id: `tab-${tab.id}`,
          label: tab.label,
          leftSection: <TabIcon tab={tab.id} />,
          rightSection: <Keys of={`Ctrl ${index + 1}`} />,
          onClick: () => goTo({ tab: tab.id }),
        })),
        ...actions.map((action, index) => ({
          id: `action-${index}`,
          label: action.title === '' ? action.key : action.title,
          description: `Action ${action.key}`,
          leftSection: <IconLayoutList {...icon} />,
          onClick: () => goTo({ tab: 'actions', field: `actions[${index}].title` }),
        })),
      ],
    },
    {
      group: 'Commands',
      actions: [
        {
          id: 'run',
          label: 'Run preview',
          rightSection: <Keys of="Ctrl Enter" />,
          leftSection: <IconPlayerPlay {...icon} />,
          onClick: onRun,
        },
        {
          id: 'preview',
          label: 'Show or hide the preview',
          leftSection: <IconLayoutSidebarRight {...icon} />,
          onClick: onPreview,
        },
        {
          id: 'save',
          label: 'Save now',
          rightSection: <Keys of="Ctrl S" />,
          leftSection: <IconDeviceFloppy {...icon} />,
          onClick: onSave,
        },
        {
          id: 'problems',
          label: 'Show problems',
          leftSection: <IconAlertTriangle {...icon} />,
          onClick: onProblems,
        },
        {
          id: 'history',
          label: 'History of flow runs',
          leftSection: <IconHistory {...icon} />,
          onClick: onHistory,
        },
        { id: 'publish', label: 'Publish…', leftSection: <IconCloudUpload {...icon} />, onClick: onPublish },
        { id: 'settings', label: 'Settings', leftSection: <IconSettings {...icon} />, onClick: onSettings },
        {
          id: 'light',
          label: 'Theme: light',
          leftSection: <IconMoon {...icon} />,
          onClick: () => setTheme('light'),
        },
        {
          id: 'dark',
          label: 'Theme: dark',
          leftSection: <IconMoon {...icon} />,
          onClick: () => setTheme('dark'),
        },
        {
          id: 'system',
          label: 'Theme: as the system',
          leftSection: <IconMoon {...icon} />,
          onClick: () => setTheme('system'),
        },
        { id: 'back', label: 'Back to start', leftSection: <IconArrowLeft {...icon} />, onClick: onBack },
      ],
    },
  ];

  return (
    <Spotlight
      actions={groups}
      shortcut={['mod + K', 'mod + P']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      attributes={{ content: { 'aria-label': 'Commands' } }}
      classNames={{ actionsGroup: classes.group ?? '' }}
      scrollable
      maxHeight={420}
      nothingFound="No command of that name"
      searchProps={{
        placeholder: 'Search commands and tabs',
        'aria-label': 'Search commands and tabs',
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  );
}

/** The shortcut of a command. */
function Keys({ of }: { of: string }) {
  return (
    <Group gap={4} wrap="nowrap" aria-hidden>
      {of.split(' ').map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  );
}
