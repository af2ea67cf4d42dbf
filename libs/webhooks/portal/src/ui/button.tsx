import type { ComponentProps, ReactNode } from 'react';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Button as AriaButton, Link, ProgressBar, Tooltip, TooltipTrigger } from 'react-aria-components';

import { useI18n } from '../i18n/i18n.js';
import styles from './button.module.css';
import type { IconName } from './icon.js';
import { Icon } from './icon.js';

interface Look {
  /** One `primary` on a view. @default 'secondary' */
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  icon?: IconName;
  children?: ReactNode;
}

export type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style'> & Look;

/** While `isPending` it keeps its width and its focus, and cannot be pressed again. */
export function Button({ variant = 'secondary', icon, children, ...props }: ButtonProps) {
  const { t } = useI18n();
  return (
    <AriaButton {...props} className={styles.button} data-variant={variant}>
      {icon && <Icon name={icon} />}
      {children !== undefined && <span className={styles.text}>{children}</span>}
      {props.isPending && (
        <ProgressBar aria-label={t('ui.pending')} isIndeterminate className={styles.spinner} />
      )}
    </AriaButton>
  );
}

/** A button without text; its label is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  ...props
}: Omit<ButtonProps, 'children'> & { label: string; icon: IconName }) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton
        {...props}
        aria-label={label}
        className={styles.button}
        data-variant={props.variant ?? 'ghost'}
        data-square
      >
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className={styles.tooltip} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** Looks like a button and goes somewhere. */
export function ButtonLink({
  variant = 'secondary',
  icon,
  children,
  ...props
}: Omit<ComponentProps<typeof Link>, 'children' | 'className' | 'style'> & Look) {
  return (
    <Link {...props} className={styles.button} data-variant={variant}>
      {icon && <Icon name={icon} />}
      <span className={styles.text}>{children}</span>
    </Link>
  );
}

/** {@link ButtonLink} without text; its label is its name and its tooltip. */
export function IconLink({ label, icon, href }: { label: string; icon: IconName; href: string }) {
  return (
    <TooltipTrigger delay={500}>
      <Link href={href} aria-label={label} className={styles.button} data-variant="ghost" data-square>
        <Icon name={icon} />
      </Link>
      <Tooltip className={styles.tooltip} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
