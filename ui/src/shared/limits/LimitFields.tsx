import { ActionIcon, NumberInput, SimpleGrid } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Limits } from '../../generated/api';
import { FIELDS, shown, suffix } from './limits';

interface LimitFieldsProps {
  /** What each input is given; with `error` where it is wrong. */
  input: (name: keyof Limits) => {
    value?: number | string;
    onChange: (value: number | string) => void;
    error?: ReactNode;
  };
  /** What holds where a field is empty; without it every field has to be filled. */
  program?: Limits;
}

/** The limits of a call in the units that people think in. */
export function LimitFields({ input, program }: LimitFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
      {FIELDS.map((field) => {
        const { name, label } = field;
        const { value = '', onChange, error } = input(name);
        const own = value !== '';
        const back = program && `${label}: back to the program’s ${shown(field, program[name])}`;
        return (
          <NumberInput
            key={name}
            label={label}
            suffix={suffix(field)}
            clampBehavior="none"
            allowNegative={false}
            decimalScale={field.scale === 1 ? 0 : 3}
            value={value}
            onChange={onChange}
            error={error}
            {...(program && {
              placeholder: shown(field, program[name]),
              hideControls: true,
              rightSection: own && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={back}
                  title={back}
                  onClick={() => onChange('')}
                >
                  <IconArrowBackUp size={15} aria-hidden />
                </ActionIcon>
              ),
            })}
          />
        );
      })}
    </SimpleGrid>
  );
}
