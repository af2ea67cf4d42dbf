import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Route, Router, Switch } from 'wouter';

import { newQueryClient } from '../api/query-client.js';
import { DevelopersView } from '../developers/developers-view.js';
import { AddView } from '../form/add-view.js';
import { EditView } from '../form/edit-view.js';
import type { Language } from '../i18n/i18n.js';
import { Internationalized } from '../i18n/i18n.js';
import { ListView } from '../list/list-view.js';
import { PreviewView } from '../preview/preview-view.js';
import { WebhookViews } from '../webhook/webhook-views.js';
import { FaultBoundary } from './fault-boundary.js';
import { useHashPath, useHashSearch } from './hash-location.js';
import { NotFoundView } from './not-found-view.js';
import { Shell } from './shell.js';

export function App({ language }: { language: Language }) {
  const [queries] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <Internationalized initial={language}>
        <Router hook={useHashPath} searchHook={useHashSearch} hrefs={(path) => `#${path}`}>
          <Shell>
            <FaultBoundary>
              <Views />
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
