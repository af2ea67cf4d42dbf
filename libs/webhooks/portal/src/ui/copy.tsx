import { useEffect, useState } from 'react';
import { VisuallyHidden } from 'react-aria-components';

import { useI18n } from '../i18n/i18n.js';
import { Button, IconButton } from './button.js';

const SHOWN_MS = 2_000;

interface Props {
  text: string;
  /** Beside a short text, an icon alone: what it copies. */
  label?: string;
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label }: Props) {
  const { t } = useI18n();
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const icon = isCopied ? 'check' : 'copy';
  const copy = () => void copied(text).then(setCopied);
  return (
    <>
      {label === undefined ? (
        <Button icon={icon} onPress={copy}>
          {isCopied ? t('ui.copied') : t('ui.copy')}
        </Button>
      ) : (
        <IconButton icon={icon} label={label} onPress={copy} />
      )}
      <VisuallyHidden elementType="span" role="status">
        {isCopied ? t('ui.copied') : ''}
      </VisuallyHidden>
    </>
  );
}

/** The clipboard's own interface is missing where the page is served without TLS. */
async function copied(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = document.createElement('textarea');
  area.value = text;
  // Within the dialog that is open, which holds the focus.
  (document.activeElement?.parentElement ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
