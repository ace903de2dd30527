import {
  IconBolt,
  IconCornerUpLeft,
  IconFingerprint,
  IconForms,
  IconInfoCircle,
  IconLayoutList,
  IconShieldLock,
  IconWebhook,
} from '@tabler/icons-react';

import type { TabId } from '../shared/tabs';

const ICONS: Record<TabId, typeof IconBolt> = {
  basics: IconInfoCircle,
  actions: IconLayoutList,
  authorization: IconShieldLock,
  identity: IconFingerprint,
  build: IconForms,
  action: IconBolt,
  redirect: IconCornerUpLeft,
  webhook: IconWebhook,
};

/** The icon of a tab. Decoration: the label stands beside it. */
export function TabIcon({ tab }: { tab: TabId }) {
  const Icon = ICONS[tab];
  return <Icon size={17} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />;
}
