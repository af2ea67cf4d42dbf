import { useI18n } from '../i18n/i18n.js';
import { Code } from '../ui/code.js';
import { indented } from '../ui/readable-body.js';
import { Tabs } from '../ui/tabs.js';

/** A body as it went over the wire, and easier to read when it is JSON or XML. */
export function BodyView({ label, body }: { label: string; body: string }) {
  const { t } = useI18n();
  const formatted = indented(body);
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
