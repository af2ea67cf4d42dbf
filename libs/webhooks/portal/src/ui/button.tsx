import type { ComponentProps, ReactNode } from 'react';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Button as AriaButton, Link, Tooltip, TooltipTrigger, VisuallyHidden } from 'react-aria-components';

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

/**
 * While `isPending` it keeps its width and its focus, and does nothing. React Aria's own pending state leaves an
 * announcement behind that names an element which may be gone by then.
 */
export function Button({ variant = 'secondary', icon, children, isPending, ...props }: ButtonProps) {
  const { t } = useI18n();
  const idle = isPending ? ({ type: 'button', onPress: undefined } as const) : {};
  return (
    <>
      <AriaButton {...props} {...idle} className={styles.button} data-variant={variant} data-busy={isPending}>
        {icon && <Icon name={icon} />}
        {children !== undefined && <span className={styles.text}>{children}</span>}
        {isPending && <span className={styles.spinner} />}
      </AriaButton>
      {isPending !== undefined && (
        <VisuallyHidden elementType="span" role="status">
          {isPending ? t('ui.pending') : ''}
        </VisuallyHidden>
      )}
    </>
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
