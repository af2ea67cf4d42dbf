import { useId } from 'react';
import {
  Autocomplete,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Text,
  useFilter,
} from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { Icon } from './icon.js';
import type { Option } from './option.js';
import styles from './options.module.css';
import { SearchField } from './search-field.js';
import { TagList } from './tag-list.js';

export interface OptionGroup {
  name: string;
  options: readonly Option[];
}

interface Props extends Pick<FieldTexts, 'label' | 'description' | 'error'> {
  name?: string;
  groups: readonly OptionGroup[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  searchLabel: string;
  emptyText: string;
}

/** Several of many values: what is chosen stands above a list that is searched by label, value and description. */
export function MultiSelect(props: Props) {
  const { label, description, error, name, groups, value, onChange, searchLabel, emptyText } = props;
  const id = useId();
  const { contains } = useFilter({ sensitivity: 'base' });
  const known = new Map(groups.flatMap(({ options }) => options.map((option) => [option.value, option])));
  return (
    <div
      role="group"
      aria-labelledby={id}
      aria-describedby={`${id}-notes`}
      className={field.field}
      data-field={name}
    >
      <span id={id} className={field.label}>
        {label}
      </span>
      <TagList
        label={label}
        tags={value.map((chosen) => ({ value: chosen, label: known.get(chosen)?.label ?? chosen }))}
        onRemove={(removed) => onChange(value.filter((chosen) => chosen !== removed))}
      />
      <div className={styles.box} data-invalid={error !== undefined || undefined}>
        <Autocomplete filter={contains}>
          <SearchField label={searchLabel} />
          <ListBox
            aria-label={label}
            className={styles.list}
            selectionMode="multiple"
            selectedKeys={value}
            onSelectionChange={(keys) => onChange(inOrder(value, keys === 'all' ? [...known.keys()] : keys))}
            renderEmptyState={() => <div className={styles.none}>{emptyText}</div>}
          >
            {groups.map((group) => (
              <ListBoxSection key={group.name} id={`group:${group.name}`} className={styles.section}>
                <Header className={styles.heading}>{group.name}</Header>
                {group.options.map((option) => (
                  <CheckOption key={option.value} option={option} />
                ))}
              </ListBoxSection>
            ))}
          </ListBox>
        </Autocomplete>
      </div>
      <div id={`${id}-notes`}>
        {description !== undefined && <div className={field.description}>{description}</div>}
        {error !== undefined && <div className={field.error}>{error}</div>}
      </div>
    </div>
  );
}

function CheckOption({ option: { value, label, description } }: { option: Option }) {
  return (
    <ListBoxItem id={value} textValue={[label, value, description].join(' ')} className={styles.option}>
      <span className={styles.mark}>
        <Icon name="check" size={12} />
      </span>
      <Text slot="label">
        {label} {label !== value && <code data-ltr>{value}</code>}
      </Text>
      {description && <Text slot="description">{description}</Text>}
    </ListBoxItem>
  );
}

/** Chosen ones keep their places, new ones come last. */
function inOrder(before: readonly string[], keys: Iterable<string | number>): string[] {
  const chosen = new Set([...keys].map(String));
  const kept = before.filter((value) => chosen.has(value));
  return [...kept, ...[...chosen].filter((value) => !before.includes(value))];
}
