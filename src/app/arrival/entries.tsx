import type { ComponentType } from "react";
import { ImagesEntry } from "../data/images-entry";
import { GalleryEntry } from "../gallery/gallery-entry";
import { GuidesEntry } from "../guides/guides-button";
import { TourOffer } from "../tour/tour-offer";

/** What else a visitor can open from the first screen, in this order. Each is an `Entry`, a part of its own, or nothing. */
const entries: readonly { readonly id: string; readonly Shown: ComponentType }[] = [
  { id: "gallery", Shown: GalleryEntry },
  { id: "images", Shown: ImagesEntry },
  { id: "guides", Shown: GuidesEntry },
  { id: "tour", Shown: TourOffer },
];

export function Entries() {
  return (
    <div className="arrival-entries">
      {entries.map(({ id, Shown }) => (
        <Shown key={id} />
      ))}
    </div>
  );
}
