import { Button, Tag, TagGroup, TagList as AriaTagList } from 'react-aria-components';

import { Icon } from './icon.js';
import styles from './options.module.css';

interface Props {
  label: string;
  tags: readonly { value: string; label: string }[];
  onRemove: (value: string) => void;
}

/** What is chosen; Delete or the cross takes one away. Nothing at all when there is nothing. */
export function TagList({ label, tags, onRemove }: Props) {
  if (tags.length === 0) return null;
  return (
    <TagGroup aria-label={label} onRemove={(keys) => [...keys].forEach((key) => onRemove(String(key)))}>
      <AriaTagList className={styles.tags}>
        {tags.map((tag) => (
          <Tag key={tag.value} id={tag.value} textValue={tag.label} className={styles.tag}>
            <span dir="auto">{tag.label}</span>
            <Button slot="remove" className={styles.remove}>
              <Icon name="close" size={12} />
            </Button>
          </Tag>
        ))}
      </AriaTagList>
    </TagGroup>
  );
}
