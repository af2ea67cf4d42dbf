import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

import styles from './tabs.module.css';

/** Several views of one thing, of which one is seen. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: { id: string; label: string; content: ReactNode }[];
}) {
  return (
    <AriaTabs className={styles.tabs}>
      <TabList aria-label={label} className={styles.list}>
        {tabs.map(({ id, label: name }) => (
          <Tab key={id} id={id} className={styles.tab}>
            {name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={styles.panel}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** On a narrow screen not all of them are seen. The same function at every rendering, so that it is called once. */
const show = (link: HTMLAnchorElement | null) =>
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** Views with addresses of their own, which look like tabs. */
export function TabLinks({
  label,
  links,
}: {
  label: string;
  links: { href: string; label: string; isHere: boolean }[];
}) {
  return (
    <nav aria-label={label} className={styles.list}>
      {links.map((link) => (
        <a
          key={link.href}
          ref={link.isHere ? show : undefined}
          href={link.href}
          aria-current={link.isHere ? 'page' : undefined}
          data-selected={link.isHere || undefined}
          className={styles.tab}
        >
          {link.label}
        </a>
      ))}
    </nav>
  );
}
