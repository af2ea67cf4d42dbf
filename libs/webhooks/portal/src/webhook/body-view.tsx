import { useI18n } from '../i18n/i18n.js';
import { Code } from '../ui/code.js';
import { Tabs } from '../ui/tabs.js';

/** A body as it went over the wire, and easier to read when it is JSON. */
export function BodyView({ label, body }: { label: string; body: string }) {
  const { t } = useI18n();
  const formatted = formattedJson(body);
  if (formatted === undefined || formatted === body) return <Code label={label} code={body} isWrapped />;
  return (
    <Tabs
      label={label}
      tabs={[
        { id: 'formatted', label: t('body.formatted'), content: <Code label={label} code={formatted} /> },
        { id: 'raw', label: t('body.raw'), content: <Code label={label} code={body} isWrapped /> },
      ]}
    />
  );
}

function formattedJson(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}
