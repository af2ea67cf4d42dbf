import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

import { IconButton } from './button.js';
import type { IconName } from './icon.js';
import { Icon } from './icon.js';
import styles from './options.module.css';

interface Action {
  id: string;
  label: string;
  icon?: IconName;
  onPress?: () => void;
  href?: string;
  /** Beside a link: saved instead of opened. */
  download?: boolean;
  tone?: 'bad';
}

/** What else can be done, behind one button. */
export function Menu({
  label,
  icon = 'more',
  actions,
}: {
  label: string;
  icon?: IconName;
  actions: Action[];
}) {
  return (
    <MenuTrigger>
      <IconButton label={label} icon={icon} />
      <Popover className={styles.popover} offset={4}>
        <AriaMenu aria-label={label} className={styles.list}>
          {actions.map((action) => (
            <MenuItem
              key={action.id}
              id={action.id}
              href={action.href}
              download={action.download}
              onAction={action.onPress}
              className={styles.option}
              data-bare
              data-tone={action.tone}
            >
              {action.icon && <Icon name={action.icon} />}
              {action.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface Choices<Value extends string> {
  label: string;
  icon: IconName;
  options: readonly { value: Value; label: string; lang?: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few values, behind one button without text. */
export function ChoiceMenu<Value extends string>({ label, icon, options, value, onChange }: Choices<Value>) {
  return (
    <MenuTrigger>
      <IconButton label={label} icon={icon} />
      <Popover className={styles.popover} offset={4}>
        <AriaMenu
          aria-label={label}
          className={styles.list}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[value]}
          onSelectionChange={(keys) => [...keys].forEach((key) => onChange(key as Value))}
        >
          {options.map((option) => (
            <MenuItem key={option.value} id={option.value} textValue={option.label} className={styles.option}>
              {({ isSelected }) => (
                <>
                  {isSelected && <Icon name="check" />}
                  <span lang={option.lang}>{option.label}</span>
                </>
              )}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
