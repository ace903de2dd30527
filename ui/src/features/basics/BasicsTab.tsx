import { Select, Stack, Textarea, TextInput } from '@mantine/core';

import type { AppView, Category } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { Page, Section } from '../../shared/components/Page';
import { useDefinition, useEdit } from '../../shared/draft/DraftContext';
import { AppLimits } from './AppLimits';
import { LogoField } from './LogoField';

const CATEGORIES: readonly { value: Category; label: string }[] = [
  { value: 'APP_CATEGORY_E_SIGNATURE', label: 'E-Signature' },
  { value: 'APP_CATEGORY_FORM', label: 'Form' },
  { value: 'APP_CATEGORY_PAYMENT', label: 'Payment' },
  { value: 'APP_CATEGORY_TIME_BOOKING', label: 'Time Booking' },
  { value: 'APP_CATEGORY_TODO', label: 'To-do' },
  { value: 'APP_CATEGORY_ID_VERIFICATION', label: 'ID Verification' },
];

/** What people see of the app before they use it. */
export function BasicsTab({ view }: { view: AppView }) {
  const { name, description, category, app_id } = useDefinition();
  const edit = useEdit();
  return (
    <Page
      title="Basic Info"
      text="How the app introduces itself where people choose what to add to a workspace."
    >
      <Stack gap="md" maw={620}>
        <LogoField view={view} />
        <TextInput
          label="Name"
          withAsterisk
          data-field="name"
          value={name}
          error={name.trim() === '' ? 'An app needs a name.' : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget;
            edit((app) => ({ ...app, name: value }));
          }}
        />
        <Textarea
          label="Description"
          description="What the app is for, in a sentence or two."
          data-field="description"
          maxRows={6}
          value={description ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            edit((app) => ({ ...app, description: value }));
          }}
        />
        <Select
          label="Category"
          data-field="category"
          placeholder="Choose a category"
          data={CATEGORIES}
          value={category ?? null}
          onChange={(value) => {
            const chosen = CATEGORIES.find((one) => one.value === value);
            if (chosen) edit((app) => ({ ...app, category: chosen.value }));
          }}
        />
      </Stack>
      <Section title="Where it lives">
        <Stack gap="md" maw={620}>
          <CopyField
            label="App id"
            description="Given by the server on first publish."
            value={app_id ?? ''}
            placeholder="Not published yet"
          />
          <CopyField label="Folder" description="Open it in any other editor as well." value={view.path} />
        </Stack>
      </Section>
      <Section title="How it runs here">
        <div style={{ maxWidth: 620 }}>
          <AppLimits key={view.id} app={view.id} />
        </div>
      </Section>
    </Page>
  );
}
