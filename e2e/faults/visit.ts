import { DrivenPage } from "../driven-page/driven-page";
import type { HubServer } from "../hub/hub-server";
import { leadToHub } from "./image-hub";
import { type KillableBrowser, startBrowser } from "./killable-browser";

/** A browser with the page and the fake hub. After it is killed, this has the new one. */
export class Visit {
  private constructor(
    private readonly address: string,
    private readonly profile: string,
    private readonly hub: HubServer,
    private browser: KillableBrowser,
    private shown: DrivenPage,
  ) {}

  static async begin(address: string, profile: string, hub: HubServer): Promise<Visit> {
    const browser = await startBrowser(profile);
    return new Visit(address, profile, hub, browser, await opened(browser, address, hub));
  }

  get driven(): DrivenPage {
    return this.shown;
  }

  /** Kills the browser like an operating system would, and starts another one with the same profile. */
  async killed(): Promise<void> {
    await this.browser.kill();
    this.browser = await startBrowser(this.profile);
    this.shown = await opened(this.browser, this.address, this.hub);
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

async function opened({ page }: KillableBrowser, address: string, hub: HubServer): Promise<DrivenPage> {
  await leadToHub(page.context(), hub);
  const driven = new DrivenPage(page);
  await driven.open(address);
  return driven;
}
