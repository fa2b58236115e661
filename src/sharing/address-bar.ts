import type { Experiment } from "../protocol/experiment";
import type { Recording } from "../protocol/links/recording";
import {
  addressForOthers,
  addressOf,
  experimentLink,
  type OpenedLink,
  openLink,
  type Recorded,
  recordedLink,
} from "./link";
import { mendedAddress } from "./mended-address";

/** The experiment or preset that the address bar names. A link that was changed on its way is corrected where that is unambiguous. */
export function readAddressBar(): OpenedLink {
  const { href } = window.location;
  const mended = mendedAddress(href);
  if (mended !== href) window.history.replaceState(window.history.state, "", mended);
  return openLink(window.location.hash);
}

/**
 * A reload or a bookmark keeps the experiment, and the curves that came with a link. Adds no entry to the browser's
 * history.
 */
export function writeAddressBar(experiment: Experiment, recorded?: Recorded): void {
  const address = addressOf(experiment, window.location.href, recorded);
  if (address !== window.location.href) window.history.replaceState(window.history.state, "", address);
}

/** Called when a visitor pastes another link into the address bar. Returns the function that unsubscribes. */
export function watchAddressBar(onLink: (link: OpenedLink) => void): () => void {
  const listener = () => onLink(readAddressBar());
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** A link to this page for sharing, with the curves if there are any. */
export function linkForOthers(experiment: Experiment, recording?: Recording): string {
  const address = addressForOthers(window.location.href);
  return recording ? recordedLink(experiment, recording, address) : experimentLink(experiment, address);
}
