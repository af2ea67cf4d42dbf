import { Inject, Injectable } from '@nestjs/common';

import { MessageCatalog } from '../rendering/localization/message-catalog.js';
import { ProfileCatalog } from '../rendering/profile-catalog.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import { PORTAL_FOLDER, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { PortalAsset, PortalFiles } from './portal-folder.js';
import { readPortal } from './portal-folder.js';
import type { PortalPage } from './portal-page.js';
import { portalPage } from './portal-page.js';
import { portalPath } from './portal-path.js';
import { contractOf, portalSettings } from './portal-settings.js';

/** The page that partners' staff open, as it was built, with what it has to know about this host. */
@Injectable()
export class Portal {
  private readonly files: PortalFiles;
  private readonly settings: ReturnType<typeof portalSettings>;

  /** @throws WebhooksConfigurationError `PORTAL_NOT_BUILT` */
  constructor(
    @Inject(PORTAL_FOLDER) folder: string,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedWebhooksOptions,
    @Inject(ProfileCatalog) profiles: ProfileCatalog,
    @Inject(MessageCatalog) messages: MessageCatalog,
  ) {
    this.files = readPortal(folder);
    this.settings = portalSettings(options, portalPath(options) ?? '', profiles, messages);
  }

  page(scope: ContractScope): PortalPage {
    return portalPage(this.files, { ...this.settings, contractId: contractOf(scope) });
  }

  /** Undefined unless the page was built with a file of this name. */
  asset(name: string): PortalAsset | undefined {
    return this.files.assets.get(name);
  }
}
