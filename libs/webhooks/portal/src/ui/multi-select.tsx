import { useId, useState } from 'react';
import { Header, ListBox, ListBoxItem, ListBoxSection, useFilter } from 'react-aria-components';

import field from './field.module.css';
import type { FieldTexts } from './field-parts.js';
import { ApiWords } from './field-parts.js';
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
  const [search, setSearch] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const labels = new Map(groups.flatMap(({ options }) => options.map((each) => [each.value, each.label])));
  const found = groups
    .map((group) => ({ ...group, options: group.options.filter((each) => contains(textOf(each), search)) }))
    .filter(({ options }) => options.length > 0);
  const seen = new Set(found.flatMap(({ options }) => options.map((each) => each.value)));

  /** Chosen ones keep their places, those that the search hides included; new ones come last. */
  const choose = (keys: Iterable<string | number>) => {
    const chosen = new Set([...keys].map(String));
    const kept = value.filter((each) => chosen.has(each) || !seen.has(each));
    onChange([...kept, ...[...chosen].filter((each) => !value.includes(each))]);
  };
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
        tags={value.map((each) => ({ value: each, label: labels.get(each) ?? each }))}
        onRemove={(removed) => onChange(value.filter((each) => each !== removed))}
      />
      <div className={styles.box} data-invalid={error === undefined ? undefined : true}>
        <SearchField label={searchLabel} value={search} onChange={setSearch} />
        <ListBox
          aria-label={label}
          className={styles.list}
          items={found}
          selectionMode="multiple"
          selectedKeys={value}
          onSelectionChange={(keys) => choose(keys === 'all' ? seen : keys)}
          renderEmptyState={() => <div className={styles.none}>{emptyText}</div>}
        >
          {(group) => (
            <ListBoxSection id={`group:${group.name}`} className={styles.section}>
              <Header className={styles.heading}>{group.name}</Header>
              {group.options.map((option) => (
                <CheckOption key={option.value} option={option} />
              ))}
            </ListBoxSection>
          )}
        </ListBox>
      </div>
      <div id={`${id}-notes`}>
        {description !== undefined && <div className={field.description}>{description}</div>}
        {error !== undefined && (
          <div className={field.error}>
            <ApiWords>{error}</ApiWords>
          </div>
        )}
      </div>
    </div>
  );
}

function CheckOption({ option }: { option: Option }) {
  const { value, label, description } = option;
  return (
    <ListBoxItem id={value} textValue={label} className={styles.option}>
      <span className={styles.mark}>
        <Icon name="check" size={12} />
      </span>
      <span>
        <bdi>{label}</bdi> {label !== value && <code data-ltr>{value}</code>}
      </span>
      {description && <span className={styles.about}>{description}</span>}
    </ListBoxItem>
  );
}

function textOf({ label, value, description = '' }: Option): string {
  return [label, value, description].join(' ');
}
