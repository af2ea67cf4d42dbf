import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Router, Switch } from 'wouter';

import { newQueryClient } from '../api/query-client.js';
import type { Language } from '../i18n/i18n.js';
import { Internationalized } from '../i18n/i18n.js';
import { ListView } from '../list/list-view.js';
import { FaultBoundary } from './fault-boundary.js';
import { useHashPath, useHashSearch } from './hash-location.js';
import { NotFoundView } from './not-found-view.js';
import { Shell } from './shell.js';

// The list is what most come for; the other views are fetched when they are gone to.
const AddView = lazy(() => import('../form/add-view.js').then((file) => ({ default: file.AddView })));
const EditView = lazy(() => import('../form/edit-view.js').then((file) => ({ default: file.EditView })));
const PreviewView = lazy(() =>
  import('../preview/preview-view.js').then((file) => ({ default: file.PreviewView })),
);
const DevelopersView = lazy(() =>
  import('../developers/developers-view.js').then((file) => ({ default: file.DevelopersView })),
);
const WebhookViews = lazy(() =>
  import('../webhook/webhook-views.js').then((file) => ({ default: file.WebhookViews })),
);

export function App({ language }: { language: Language }) {
  const [queries] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <Internationalized initial={language}>
        <Router hook={useHashPath} searchHook={useHashSearch} hrefs={(path) => `#${path}`}>
          <Shell>
            <FaultBoundary>
              <Suspense>
                <Views />
              </Suspense>
            </FaultBoundary>
          </Shell>
        </Router>
      </Internationalized>
    </QueryClientProvider>
  );
}

function Views() {
  return (
    <Switch>
      <Route path="/" component={ListView} />
      <Route path="/new" component={AddView} />
      <Route path="/preview" component={PreviewView} />
      <Route path="/developers" component={DevelopersView} />
      <Route path="/webhooks/:id/edit">{({ id }) => <EditView key={id} id={id} />}</Route>
      <Route path="/webhooks/:id" nest>
        {({ id }) => <WebhookViews key={id} id={id} />}
      </Route>
      <Route component={NotFoundView} />
    </Switch>
  );
}
